#!/bin/sh
# Opens the menu of weekly tasks. The first start makes .venv and installs what the program needs (a few minutes).
cd "$(dirname "$0")" || exit 1
export PYTHONUTF8=1
python=.venv/bin/python
if [ ! -x "$python" ]; then
  echo "First start: preparing the program. This takes a few minutes and needs the network once."
  if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || ! python3 -m venv .venv; then
    echo "Python 3.11 or newer with venv was not found. Install it from python.org, then start this file again."
    exit 1
  fi
fi
if ! cmp -s requirements.txt .venv/installed.txt; then
  if ! "$python" -m pip install --disable-pip-version-check -q -r requirements.txt; then
    echo "Installing failed: see above. Start this file again when the network is there."
    exit 1
  fi
  cp requirements.txt .venv/installed.txt
fi
"$python" -m invoke menu
