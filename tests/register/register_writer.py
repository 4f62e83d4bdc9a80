"""A writer in a process of its own: gives references until it is done or killed, and says so after each.

python register_writer.py FOLDER NAME COUNT [no-links]
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from register_doubles import referencing, register_on

from elca_docs.register import FolderStore


def refuse(*_names):
    raise OSError(errno.EPERM, "this drive has no links")


folder, name, count = sys.argv[1:4]
if "no-links" in sys.argv:
    os.link = refuse
register = register_on(FolderStore(Path(folder), patience=0.5), actor=name)
for n in range(int(count)):
    done = register.append(referencing(f"{name}-{n}"))
    print(done.events[0].reference, flush=True)  # noqa: T201 - the parent counts what was acknowledged
