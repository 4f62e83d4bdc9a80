"""One compiled template for a batch: same bytes in any thread and after pickling; documents share nothing else."""

from __future__ import annotations

import hashlib
import pickle
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from word_specimens import body_xml, changed, contents, everywhere, paragraphs, texts, tree, word_file

from elca_docs.errors import TemplateError
from elca_docs.model.missing import Missing
from elca_docs.rendering import CompiledTemplate, compile_template

DATA = everywhere("{{ name }} {% for x in range(n) %}{{ x }}{% endfor %}")


def test_same_template_same_context_same_bytes():
    """Compiled twice, rendered twice, in another order of names: the same file, dated 1980."""
    first, second = (compile_template(DATA, name="t.docx") for _ in range(2))
    made = first.render({"name": "x", "n": 3})
    assert first.render({"n": 3, "name": "x"}) == second.render({"name": "x", "n": 3}) == made
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}


def test_a_template_travels_as_bytes():
    """Pickled and back: the same documents, the same settings."""
    template = compile_template(DATA, name="t.docx", filters=["check"])
    copy = pickle.loads(pickle.dumps(template))  # noqa: S301 - our own bytes
    assert isinstance(copy, CompiledTemplate)
    assert (copy.name, copy.sha256) == (template.name, template.sha256)
    assert copy.render({"name": "x", "n": 3}) == template.render({"name": "x", "n": 3})
    with pytest.raises(TemplateError):
        compile_template(paragraphs("{{ 1|unbroken }}"), name="t.docx", filters=copy._filters)


def test_threads_share_a_template():
    """Each document has its own missing values, its own budget and its own text."""
    template = compile_template(everywhere("{{ name }} {{ gap }}"), name="t.docx")
    contexts = [
        {"name": f"n{number}", "gap": Missing(label=f"gap {number}", field="gap", record="r", key="k", owner="")}
        for number in range(40)
    ]
    alone = [template.render_listed(context) for context in contexts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(template.render_listed, contexts))
    assert together == alone
    assert [made.missing[0].label for made in together] == [f"gap {number}" for number in range(40)]


def test_a_failed_document_does_not_touch_the_next():
    """One bad document never stops the batch."""
    template = compile_template(everywhere("{{ 6 // n }} {{ name }}"), name="t.docx")
    good = template.render({"name": "x", "n": 3})
    for bad in ({"name": "x", "n": 0}, {"n": 3}, {"name": object(), "n": 3}):
        with pytest.raises(TemplateError):
            template.render(bad)
        assert template.render({"name": "x", "n": 3}) == good


def test_the_template_is_named_and_hashed():
    """sha256 is that of the bytes that came in."""
    template = compile_template(DATA, name="templates/t.docx")
    assert (template.name, template.sha256) == ("templates/t.docx", hashlib.sha256(DATA).hexdigest())


def test_the_core_properties_stay_single():
    """A LibreOffice file calls its relationship otherwise; the part that is there is filled in, none is added."""
    data = everywhere("{{ name }}")
    rels = (
        contents(data)["_rels/.rels"]
        .decode()
        .replace("/relationships/metadata/core-properties", "/officedocument/relationships/metadata/core-properties")
    )

    data = changed(data, {"_rels/.rels": rels.encode()})
    made = compile_template(data, name="t.docx").render({"name": "A & B"})
    assert [name for name in contents(made) if "core" in name] == ["docProps/core.xml"]
    assert tree(made, "docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}title") == "A & B"


def test_several_properties_and_a_long_one():
    """Keywords and category too, and no limit of 255 characters."""

    def build(document):
        for name in ("author", "category", "comments", "keywords", "subject", "title"):
            setattr(document.core_properties, name, "{{ name }}")

    made = compile_template(word_file(build), name="t.docx").render({"name": "ß" * 300})
    printed = [element.text for element in tree(made, "docProps/core.xml") if element.text == "ß" * 300]
    assert len(printed) == 6


def test_drawings_keep_numbers_of_their_own():
    """A picture in a loop has another number each time, from 1001 on, as docxtpl numbers them."""
    png = BytesIO()
    from PIL import Image

    Image.new("RGB", (2, 2)).save(png, "PNG")

    def build(document):
        document.add_paragraph("{%p for x in range(n) %}")
        document.add_picture(png)
        document.add_paragraph("{%p endfor %}")
        document.add_picture(png)

    data = word_file(build)
    template = compile_template(data, name="t.docx")
    for times in (0, 1, 3):
        ids = tree(template.render({"n": times})).xpath("//@id", namespaces={})
        assert [number for number in ids if int(number) > 1000] == [str(1001 + number) for number in range(times + 1)]


def test_a_table_without_a_grid_is_given_one():
    """docxtpl fails on it; Word files from other programs have such tables."""

    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(
        f"<w:tr>{cell.format(text)}</w:tr>" for text in ("{%tr for x in range(2) %}", "{{ x }}", "{%tr endfor %}")
    )
    data = body_xml(paragraphs("x"), f"<w:tbl><w:tblPr/>{rows}</w:tbl><w:tbl>{rows}</w:tbl>")
    assert texts(compile_template(data, name="t.docx").render({})) == ["0", "1", "0", "1"]


@pytest.mark.needs("libreoffice")
@pytest.mark.slow
def test_libreoffice_opens_what_we_make(tmp_path):
    """A draft with placeholders, a table and notes becomes a PDF with all its text."""
    import subprocess

    from pypdf import PdfReader

    gap = Missing(label="address of X", field="a", record="r", key="k", owner="")
    made = compile_template(everywhere("{{ name }} {{ gap }}"), name="t.docx").render({"name": "A & B", "gap": gap})
    (tmp_path / "made.docx").write_bytes(made)
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "made.docx",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "made.pdf").pages)
    assert text.count("A & B [address of X]") >= 3
