"""What Word wants of a file, beyond what any one writer looks at: parts, relationships, ids, references, fields, cells.

`faults` reads the finished bytes with nothing of ours, and names each fault in a line. It is no schema check.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
XML = "{http://www.w3.org/XML/1998/namespace}"
_TYPES, _RELS = "[Content_Types].xml", "_rels/.rels"
_TAGS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_ADDRESS = re.compile(r"(https?://|mailto:)")
_LONGEST = 40
"""Letters of a bookmark's name that Word takes."""
_USED = {"hyperlink", "image", "chart"}
_REFERENCE = re.compile(r"\s*(?:PAGEREF|REF|NOTEREF)\s+(\S+)")


@dataclass
class Package:
    """The members of a file, and its XML parts read once."""

    members: dict[str, bytes]
    trees: dict[str, etree._Element]

    def relations(self, part: str) -> dict[str, etree._Element]:
        folder, name = posixpath.split(part)
        rels = self.trees.get(f"{folder}/_rels/{name}.rels".lstrip("/") if part else _RELS)
        return {each.get("Id"): each for each in rels} if rels is not None else {}

    def target(self, part: str, relation: etree._Element) -> str:
        target = relation.get("Target")
        return (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(f"{posixpath.dirname(part)}/{target}").lstrip("/")
        )

    def stories(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield the parts that hold paragraphs."""
        for name, tree in self.trees.items():
            if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml", name):
                yield name, tree

    @property
    def document(self) -> etree._Element:
        return self.trees["word/document.xml"]


def faults(data: bytes) -> list[str]:
    """Return everything that is wrong with a Word file, a line each, sorted; nothing where it is sound."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        twice = [f"the member '{name}' is there {count} times" for name, count in Counter(names).items() if count > 1]
        torn = archive.testzip()
        members = {name: archive.read(name) for name in names}
    trees, broken = {}, [f"the member '{torn}' is damaged"] if torn else []
    for name, content in members.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                broken.append(f"{name} is no XML: {error.msg}")
    if broken or "word/document.xml" not in trees or _TYPES not in trees:
        return sorted([*twice, *broken] or ["it is no Word file"])
    package = Package(members, trees)
    checks = (
        _types,
        _targets,
        _relations,
        _texts,
        _drawings,
        _marks,
        _notes,
        _styles,
        _lists,
        _tables,
        _fields,
        _sections,
    )
    return sorted([*twice, *(fault for check in checks for fault in check(package))])


def _repeated(values: Iterable[str | None], what: str) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{what} '{value}' is given {count} times"


def _types(package: Package) -> Iterator[str]:
    """Every part has a content type, and every content type a part."""
    declared = package.trees[_TYPES]
    defaults = {each.get("Extension").lower() for each in declared if each.tag.endswith("}Default")}
    overrides = [each.get("PartName").lstrip("/") for each in declared if each.tag.endswith("}Override")]
    yield from _repeated(overrides, "the content type of")
    for name in package.members:
        ending = name.rpartition(".")[2].lower()
        if name != _TYPES and name not in overrides and ending not in defaults:
            yield f"{name} has no content type"
        if ending == "xml" and name != _TYPES and name not in overrides and not name.startswith("customXml/"):
            yield f"{name} has the content type of any XML"
    yield from (
        f"a content type is declared for {each}, which is not there"
        for each in overrides
        if each not in package.members
    )


def _targets(package: Package) -> Iterator[str]:
    """Every relationship leads somewhere, and every part can be reached from the package itself."""
    reached, waiting = set(), [""]
    while waiting:
        part = waiting.pop()
        reached.add(part)
        for identifier, relation in package.relations(part).items():
            place, target = f"{identifier} of {part or 'the package'}", package.target(part, relation)
            if relation.get("TargetMode") == "External":
                if not _ADDRESS.match(relation.get("Target")):
                    yield f"{place} leads outside, to {relation.get('Target')}"
            elif target not in package.members:
                yield f"{place} leads to {target}, which is not there"
            elif target not in reached:
                waiting.append(target)
    for name in package.members:
        if name not in reached and not name.endswith(".rels") and name != _TYPES:
            yield f"nothing leads to {name}"


def _relations(package: Package) -> Iterator[str]:
    """Relationships belong to a part, which uses each one that is there to be used and no other."""
    for name, tree in package.trees.items():
        if name.endswith(".rels"):
            folder, own = posixpath.split(name)
            owner = posixpath.join(posixpath.dirname(folder), own.removesuffix(".rels"))
            if owner and owner not in package.members:
                yield f"{name} belongs to no part"
            yield from _repeated((each.get("Id") for each in tree), f"in {name} the relationship")
    for name, tree in package.trees.items():
        known = package.relations(name)
        used = {value for each in tree.iter(etree.Element) for key, value in each.attrib.items() if key.startswith(R)}
        yield from (f"{name} uses {each}, which it does not relate to" for each in used - known.keys())
        shown = {key for key, each in known.items() if each.get("Type").rpartition("/")[2] in _USED}
        yield from (f"{name} relates to {each} and does not use it" for each in shown - used)


def _texts(package: Package) -> Iterator[str]:
    """No tag of a template is left, and no blank at the edge of a text would be lost."""
    for name, tree in package.stories():
        for paragraph in tree.iter(f"{W}p"):
            text = "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
            if _TAGS.search(text):
                yield f"{name} has a tag left: {text[:60]}"
        for each in tree.iter(f"{W}t"):
            text = each.text or ""
            if text != text.strip(" ") and each.get(f"{XML}space") != "preserve":
                yield f"{name} loses the blank of '{text[:40]}'"
    core = package.trees.get("docProps/core.xml")
    if core is not None and _TAGS.search("".join(core.itertext())):
        yield "the properties have a tag left"


def _drawings(package: Package) -> Iterator[str]:
    """Every drawing has a number of its own and says what it shows."""
    every = [each for _, tree in package.stories() for each in tree.iter(f"{WP}docPr")]
    yield from _repeated((each.get("id") for each in every), "the drawing number")
    yield from (f"drawing {each.get('id')} has no name" for each in every if not each.get("name"))


def _marks(package: Package) -> Iterator[str]:
    """Bookmarks have numbers and names of their own, begin once and end once, and every anchor is one."""
    begun = [each for _, tree in package.stories() for each in tree.iter(f"{W}bookmarkStart")]
    ended = [each.get(f"{W}id") for _, tree in package.stories() for each in tree.iter(f"{W}bookmarkEnd")]
    yield from _repeated((each.get(f"{W}id") for each in begun), "the bookmark number")
    yield from _repeated((each.get(f"{W}name").lower() for each in begun), "the bookmark name")
    yield from _repeated(ended, "the end of the bookmark")
    for each in {each.get(f"{W}id") for each in begun} ^ set(ended):
        yield f"bookmark {each} does not begin and end"
    yield from (
        f"the bookmark name '{each.get(f'{W}name')}' is longer than Word takes"
        for each in begun
        if len(each.get(f"{W}name")) > _LONGEST
    )
    names = {each.get(f"{W}name") for each in begun}
    for part, tree in package.stories():
        for link in tree.iter(f"{W}hyperlink"):
            anchor = link.get(f"{W}anchor")
            if anchor and anchor not in names:
                yield f"a link in {part} leads to the bookmark '{anchor}', which is not there"
        for field in _instructions(tree):
            found = _REFERENCE.match(field)
            if found and found[1] not in names:
                yield f"the field '{field.strip()}' in {part} refers to nothing"


def _instructions(tree: etree._Element) -> Iterator[str]:
    yield from (each.text or "" for each in tree.iter(f"{W}instrText"))
    yield from (each.get(f"{W}instr", "") for each in tree.iter(f"{W}fldSimple"))


def _notes(package: Package) -> Iterator[str]:
    """Every footnote is referred to once, and every reference has its footnote."""
    notes = package.trees.get("word/footnotes.xml")
    used = [each.get(f"{W}id") for each in package.document.iter(f"{W}footnoteReference")]
    given = [each for each in notes if each.tag == f"{W}footnote"] if notes is not None else []
    yield from _repeated((each.get(f"{W}id") for each in given), "the footnote number")
    plain = {each.get(f"{W}id") for each in given if each.get(f"{W}type") in {None, "normal"}}
    yield from _repeated(used, "a reference to the footnote")
    yield from (f"footnote {each} is not both there and referred to" for each in plain ^ set(used))
    yield from (f"footnote {each.get(f'{W}id')} has no paragraph" for each in given if each.find(f"{W}p") is None)


def _styles(package: Package) -> Iterator[str]:
    """Every style that is used is there, of its kind, and has an id of its own."""
    every = [each for each in package.trees["word/styles.xml"] if each.tag == f"{W}style"]
    yield from _repeated((each.get(f"{W}styleId") for each in every), "the style")
    kinds = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
    known = {(each.get(f"{W}type"), each.get(f"{W}styleId")) for each in every}
    for part, tree in package.trees.items():
        for tag, kind in kinds.items():
            used = {each.get(f"{W}val") for each in tree.iter(f"{W}{tag}")}
            yield from (
                f"{part} uses the {kind} style '{each}', which is not there"
                for each in used
                if (kind, each) not in known
            )


def _lists(package: Package) -> Iterator[str]:
    """Every list that is used is there, and each number leads to a pattern."""
    numbering = package.trees.get("word/numbering.xml")
    every = [each for each in numbering if each.tag == f"{W}num"] if numbering is not None else []
    patterns = [
        each.get(f"{W}abstractNumId")
        for each in (numbering if numbering is not None else ())
        if each.tag == f"{W}abstractNum"
    ]
    numbers = [each.get(f"{W}numId") for each in every]
    yield from _repeated(numbers, "the list")
    yield from _repeated(patterns, "the pattern of lists")
    for each in every:
        if each.find(f"{W}abstractNumId").get(f"{W}val") not in patterns:
            yield f"list {each.get(f'{W}numId')} has no pattern"
    for part, tree in package.trees.items():
        used = {each.get(f"{W}val") for each in tree.iter(f"{W}numId")} if part != "word/numbering.xml" else set()
        yield from (f"{part} uses list {each}, which is not there" for each in used - {*numbers, "0"})


def _tables(package: Package) -> Iterator[str]:
    """Every table has rows, every row the cells of its grid, and every cell ends in a paragraph."""
    for part, tree in package.stories():
        for number, table in enumerate(tree.iter(f"{W}tbl"), start=1):
            rows = table.findall(f"{W}tr")
            columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
            if not rows:
                yield f"table {number} of {part} has no rows"
            for row in rows:
                cells = row.findall(f"{W}tc")
                spans = (each.find(f"{W}tcPr/{W}gridSpan") for each in cells)
                width = sum(int(each.get(f"{W}val")) if each is not None else 1 for each in spans)
                if width != columns:
                    yield f"a row of table {number} of {part} has {width} cells and the table {columns} columns"
                if any(not len(each) or each[-1].tag != f"{W}p" for each in cells):
                    yield f"a cell of table {number} of {part} does not end in a paragraph"
        for holder in (*tree.iter(f"{W}body"), *tree.iter(f"{W}hdr"), *tree.iter(f"{W}ftr")):
            last = [each.tag for each in holder if each.tag != f"{W}sectPr"][-1:]
            if last == [f"{W}tbl"]:
                yield f"{part} ends in a table"


def _fields(package: Package) -> Iterator[str]:
    """Every field that begins ends, one within the other."""
    for part, tree in package.stories():
        depth = 0
        for each in tree.iter(f"{W}fldChar"):
            kind = each.get(f"{W}fldCharType")
            depth += (kind == "begin") - (kind == "end")
            if depth < 0:
                yield f"a field of {part} ends that did not begin"
        if depth > 0:
            yield f"{depth} fields of {part} do not end"


def _sections(package: Package) -> Iterator[str]:
    """The body ends in a section, and each section says how large its page is."""
    body = package.document.find(f"{W}body")
    if body is None or not len(body) or body[-1].tag != f"{W}sectPr":
        yield "the body does not end in a section"
    for each in package.document.iter(f"{W}sectPr"):
        if each.find(f"{W}pgSz") is None:
            yield "a section does not say how large its page is"
