"""Word files and stand-ins for LibreOffice that the tests of the office use."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"""
_PICTURE = """<w:p><w:r><w:drawing><wp:inline
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
<wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="picture"/>
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:nvPicPr><pic:cNvPr id="0" name="picture"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:link="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""


def word_file(*paragraphs: str, picture: str = "", body: str | None = None) -> bytes:
    """Return a Word file of these paragraphs, with a linked picture of this address; or of any body at all."""
    texts = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>' for text in paragraphs)
    inner = texts + (_PICTURE if picture else "") if body is None else body
    link = f'<Relationship Id="rId1" Type="{_R}/image" Target={quoteattr(picture)} TargetMode="External"/>'
    main = f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS.format(main))
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{inner}</w:body></w:document>'
        )
        package.writestr("word/_rels/document.xml.rels", _RELATIONS.format(link if picture else ""))
    return stream.getvalue()


_STAND_IN = '''#!{python}
"""A stand-in for LibreOffice: what it makes of a source is what the source says, in the comment of its archive."""
import os, subprocess, sys, time, zipfile
from pathlib import Path

words = sys.argv[1:]
place = words.index("--outdir")
made, sources = Path(words[place + 1]), words[place + 2 :]
log = Path({log!r})
with log.open("a") as stream:
    print(*(Path(source).name for source in sources), file=stream)
for source in sources:
    order = zipfile.ZipFile(source).comment.decode()
    product = made / (Path(source).stem + ".pdf")
    if order == "hang":
        subprocess.Popen(["sleep", {sleep!r}])
        subprocess.Popen(["sleep", {sleep!r}], start_new_session=True)
        time.sleep(600)
    elif order == "wait":
        time.sleep(600)
    elif order == "crash":
        os._exit(139)
    elif order == "crash in company" and len(sources) > 1:
        os._exit(139)
    elif order == "garbage":
        product.write_bytes(b"%PDF-1.7 garbage")
    elif order == "straggler":
        subprocess.Popen(["sleep", {sleep!r}])
        product.write_bytes(Path({pdf!r}).read_bytes())
    elif order == "slow":
        time.sleep(0.4)
        product.write_bytes(Path({pdf!r}).read_bytes())
    elif order != "nothing":
        product.write_bytes(Path({pdf!r}).read_bytes())
'''


def stand_in(folder: Path, pdf: bytes, *, sleep: str) -> tuple[Path, Path]:
    """Write the stand-in; return its path and that of its log, one line per run with the names of its sources."""
    program, log, product = folder / "soffice", folder / "runs.txt", folder / "product.pdf"
    product.write_bytes(pdf)
    text = _STAND_IN.format(python=sys.executable, log=str(log), sleep=sleep, pdf=str(product))
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    return program, log


def order(what: str) -> bytes:
    """Return a Word file that tells the stand-in what to do."""
    stream = io.BytesIO(word_file("x"))
    with zipfile.ZipFile(stream, "a") as package:
        package.comment = what.encode()
    return stream.getvalue()
