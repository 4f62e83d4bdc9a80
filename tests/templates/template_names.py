"""Which fields a Word template uses, read from its Jinja syntax tree: names as the table of fields writes them."""

import io
import zipfile

from docxtpl import DocxTemplate
from jinja2 import Environment, nodes

PARTS = ("word/document.xml", "word/header1.xml", "word/header2.xml", "word/footer1.xml", "word/footer2.xml")
LOOPS = {"parties": "party", "commitments": "commitment"}
"""What the table calls an entry of a list."""


def part_texts(template: bytes) -> dict[str, str]:
    """The parts that are rendered, with core properties, as they stand in the file."""
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        return {name: package.read(name).decode() for name in (*PARTS, "docProps/core.xml")}


def used_names(template: bytes) -> set[str]:
    """All fields a template uses; what a loop goes through is followed to the entries of the list."""
    reader = DocxTemplate(io.BytesIO(template))
    found: set[str] = set()
    for text in part_texts(template).values():
        _walk(Environment(autoescape=True).parse(reader.patch_xml(text)), {}, found)
    return found


def _walk(node: nodes.Node, loops: dict[str, str], found: set[str]) -> None:
    if isinstance(node, nodes.For):
        source = _name_of(node.iter, loops)
        assert source
        found.add(source)
        loops = loops | {"loop": "", node.target.name: LOOPS.get(source, "")}
        for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
            _walk(child, loops, found)
        return
    name = _name_of(node, loops)
    if name is not None:
        found.update({name} if name else ())
        return
    for child in node.iter_child_nodes():
        _walk(child, loops, found)


def _name_of(node: nodes.Node, loops: dict[str, str]) -> str | None:
    """The dotted name a node stands for; "" for an entry of a list of texts, None for anything else."""
    if isinstance(node, nodes.Name):
        return loops.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        above = _name_of(node.node, loops)
        return above and f"{above}.{node.attr}"
    return None
