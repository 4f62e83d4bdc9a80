"""Makes docs/images/draft.png for the README: page 1 of the demo's first draft, as LibreOffice prints it.

Run it from the project folder after a change of the templates: python scripts/build_pictures.py. It needs LibreOffice
(soffice) and poppler (pdftoppm); nothing else in this project needs them for this picture.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from elca_docs.workflows.demonstrating import demo  # noqa: E402 - the project folder comes first

TARGET = ROOT / "docs" / "images" / "draft.png"
LIMIT = 150_000
_DOTS_PER_INCH = 84


def picture(draft: Path, scratch: Path) -> bytes:
    """Return page 1 of a Word file as PNG."""
    profile = (scratch / "profile").as_uri()
    to_pdf = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    _run([*to_pdf, str(scratch), str(draft)])
    page = scratch / "page"
    to_png = ["pdftoppm", "-png", "-singlefile", "-f", "1", "-r", str(_DOTS_PER_INCH)]
    _run([*to_png, str(scratch / f"{draft.stem}.pdf"), str(page)])
    return page.with_suffix(".png").read_bytes()


def _run(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        sys.exit(f"needs {command[0]}, which is not installed here")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words and paths, no shell


def main() -> None:
    """Play the demo in a scratch folder and keep the picture of its first draft."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        demo(str(scratch))
        drafts = sorted((scratch / "output" / "demo" / "output" / "agreements").rglob("*-CA-*-001_*.docx"))
        data = picture(drafts[0], scratch)
    if len(data) > LIMIT:
        sys.exit(f"the picture has {len(data)} bytes; {LIMIT} are allowed")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(data)
    print(f"wrote {TARGET.relative_to(ROOT).as_posix()} ({len(data)} bytes)")


if __name__ == "__main__":
    main()
