"""What the comments of a Word file say and stand at: read from its XML, and from what LibreOffice makes of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree
from template_bits import DOCUMENT, W, contents

_TEXTS = {f"{{{W}}}{name}" for name in ("t", "delText", "instrText")}
_SIGNS = {f"{{{W}}}tab": "\t", f"{{{W}}}br": "\n"}
_RANGES = ("commentRangeStart", "commentRangeEnd")
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

Comment = tuple[str, str]
"""What a comment says, its paragraphs with a line break between, and the text it stands at."""


def said(data: bytes, member: str = "word/comments.xml") -> dict[str, str]:
    """Return the comments of a file by number."""
    parts = contents(data)
    if member not in parts:
        return {}
    comments = etree.fromstring(parts[member]).iter(f"{{{W}}}comment")
    return {
        each.get(f"{{{W}}}id", ""): "\n".join("".join(p.itertext()) for p in each.iter(f"{{{W}}}p"))
        for each in comments
    }


def commented(data: bytes, member: str = "word/comments.xml") -> list[Comment]:
    """Return the comments that begin and end, in the order of beginning, each with what stands between."""
    texts: dict[str, str] = {}
    waiting: set[str] = set()
    for each in etree.fromstring(contents(data)[DOCUMENT]).iter(etree.Element):
        name, number = etree.QName(each).localname, each.get(f"{{{W}}}id", "")
        if name == _RANGES[0]:
            waiting.add(number)
            texts[number] = ""
        elif name == _RANGES[1]:
            waiting.remove(number)
        for number in waiting:
            texts[number] += (each.text or "") if each.tag in _TEXTS else _SIGNS.get(each.tag, "")
    words = said(data, member)
    return [(words[number], text) for number, text in texts.items() if number not in waiting]


def without_comments(content: bytes) -> etree._Element:
    """Return a body without anything of comments."""
    tree = etree.fromstring(content)
    for each in list(tree.iter(*(f"{{{W}}}{name}" for name in (*_RANGES, "commentReference")))):
        run = each.getparent()
        gone = run if run.tag == f"{{{W}}}r" else each
        gone.getparent().remove(gone)
    return tree


def letters(tree: etree._Element) -> list[list[tuple[str, ...]]]:
    """Return each paragraph as its letters and signs, each with its formatting and all that is around it."""
    return [
        [entry for run in paragraph.iter(f"{{{W}}}r") if _paragraph(run) is paragraph for entry in _of_run(run)]
        for paragraph in tree.iter(f"{{{W}}}p")
    ]


def _paragraph(run: etree._Element) -> etree._Element:
    return next(run.iterancestors(f"{{{W}}}p"))


def _of_run(run: etree._Element) -> Iterator[tuple[str, ...]]:
    look = run.find(f"{{{W}}}rPr")
    around = ("" if look is None else etree.tostring(look, with_tail=False).decode(), str(sorted(run.attrib.items())))
    around += tuple(str(each.tag) for each in run.iterancestors())
    for child in run:
        name = etree.QName(child).localname
        if child.tag in _TEXTS:
            yield from ((name, letter, *around) for letter in child.text or "")
        elif name != "rPr":
            yield (name, "", *around)


def in_office(documents: Mapping[str, bytes], folder: Path) -> dict[str, list[Comment]]:
    """Return the comments of each document as LibreOffice has understood them."""
    files = {}
    for number, (name, data) in enumerate(documents.items()):
        files[name] = folder / f"d{number}.docx"
        files[name].write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(shutil.which("soffice")), profile, "--headless", "--convert-to", "fodt", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files.values())], check=True, capture_output=True, timeout=240)
    return {name: list(_annotations(file.with_suffix(".fodt"))) for name, file in files.items()}


def _annotations(file: Path) -> Iterator[Comment]:
    body = etree.parse(file, etree.XMLParser(huge_tree=True)).getroot().find(f"{_OFFICE}body")
    found: dict[str, list[str]] = {}
    waiting: set[str] = set()
    _walk(body, found, waiting)
    yield from ((words, text) for words, text in found.values())


def _walk(element: etree._Element, found: dict[str, list[str]], waiting: set[str]) -> None:
    name = element.get(f"{_OFFICE}name", "")
    if element.tag == f"{_OFFICE}annotation":
        words = "\n".join("".join(each.itertext()) for each in element.iter(f"{_TEXT}p"))
        found[name or f"point {len(found)}"] = [words, ""]
        waiting.update([name] if name else [])
    elif element.tag == f"{_OFFICE}annotation-end":
        waiting.discard(name)
    elif element.tag != f"{_TEXT}tracked-changes":
        _add(_shown(element), found, waiting)
        for child in element.iterchildren(etree.Element):
            _walk(child, found, waiting)
    _add(element.tail or "", found, waiting)


def _shown(element: etree._Element) -> str:
    blanks = {f"{_TEXT}s": " " * int(element.get(f"{_TEXT}c", "1")), f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
    return blanks.get(element.tag, "") + (element.text or "")


def _add(text: str, found: dict[str, list[str]], waiting: set[str]) -> None:
    for name in waiting:
        found[name][1] += text
