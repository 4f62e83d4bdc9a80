"""No false alarm: what nothing is wrong with is passed, and what is passed renders with every value asked for."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from filled_documents import VALUES, by_rendering, is_whole, text_of
from sound_templates import SHIPPED, sound

from elca_docs.authoring.asking import asked_fields
from elca_docs.authoring.checking import check_template
from elca_docs.authoring.reading import read_template

SOUND = sound()
NAMED = {"ids": lambda each: each.name}


def loud(data: bytes) -> list[tuple[str, str, str]]:
    """Return the errors and warnings of a template."""
    flaws = check_template(data, name="t.docx")
    return [(flaw.code, str(flaw.spot), flaw.message) for flaw in flaws if flaw.severity != "hint"]


def value_at(path: tuple[str, ...]) -> list[object]:
    """Return what the example values hold at a path."""
    values: list[object] = [VALUES]
    for step in path:
        values = [each for value in values for each in (value if step == "[]" else [value[step]])]
    return values


@pytest.mark.parametrize("each", SOUND, **NAMED)
def test_a_sound_template_gives_no_error_and_no_warning(each):
    """Whatever Word, LibreOffice or an author has made of it."""
    assert loud(each.data) == []


@pytest.mark.parametrize("each", SOUND, **NAMED)
def test_what_is_passed_renders_with_what_was_asked_for(each):
    """Whole, with the texts wanted, and with every value that it prints in some way."""
    made = by_rendering(each.data, {})
    text = text_of(made)
    assert is_whole(made)
    assert [wanted for wanted in each.wanted if wanted not in text] == []
    printed = {asked.steps for asked in asked_fields(read_template(each.data, name="t.docx"))
               if asked.use == "printed" and asked.direct}  # fmt: skip
    absent = [path for path in printed for value in value_at(path) if str(value) not in text]
    assert absent == []


def test_there_are_enough_of_them():
    """Fifteen and more."""
    assert len(SOUND) > 15


@pytest.mark.needs("libreoffice")
def test_what_libreoffice_has_saved_gives_no_false_alarm(tmp_path):
    """Ours and one of each kind, opened and saved by LibreOffice: nothing becomes an error or a warning."""
    chosen = {f"shipped {name}": data for name, data in SHIPPED.items()}
    chosen |= {each.name: each.data for each in SOUND if each.name in {"python-docx", "rows in a loop", "footnotes"}}
    chosen |= {each.name: each.data for each in SOUND if each.name.startswith("loops and conditions in")}
    for number, data in enumerate(chosen.values()):
        (tmp_path / f"t{number}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [shutil.which("soffice"), profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"]
    files = [str(tmp_path / f"t{number}.docx") for number in range(len(chosen))]
    subprocess.run([*command, str(tmp_path / "saved"), *files], check=True, capture_output=True, timeout=180)
    saved = {name: (tmp_path / "saved" / f"t{n}.docx").read_bytes() for n, name in enumerate(chosen)}
    assert {name: loud(data) for name, data in saved.items()} == {name: [] for name in chosen}
    assert [name for name, data in saved.items() if not is_whole(by_rendering(data, {}))] == []
