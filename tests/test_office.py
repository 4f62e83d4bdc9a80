"""LibreOffice: what it is given and told, that it ends whole, and that only a right product counts."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from office_specimens import order, stand_in, word_file
from pypdf import PdfReader, PdfWriter

from elca_docs.errors import WorkspaceError
from elca_docs.exchange import signed_specimen
from elca_docs.office import Office, converting, find_office, finding, office_or_problem, product, profile, running

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = "SAMPLE-XX-NORTH-001"
RANDOM = hashlib.shake_256(b"seed").digest(5000)
posix_only = pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a script")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
libreoffice = pytest.mark.needs("libreoffice")
_SLEEPS = count(1)


def pdf_of(*lines):
    return signed_specimen(title="Specimen", reference="", lines=list(lines), signatures=[])


def codes(found):
    return {name: "" if isinstance(each, bytes) else each.code for name, each in found.items()}


def text_of(data):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def pictures_in(data):
    return sum(len(page.images) for page in PdfReader(io.BytesIO(data)).pages)


# --- finding ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """A computer without LibreOffice."""
    monkeypatch.delenv("DOCS_SOFFICE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(finding, "usual_places", list)
    return tmp_path


def program(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.usefixtures("nowhere")
def test_without_libreoffice_one_sentence_says_what_to_do():
    """No program, no setting: the message says what is missing, where to get it, and how to do without."""
    assert find_office() is None
    with pytest.raises(WorkspaceError) as caught:
        office_or_problem()
    (problem,) = caught.value.problems
    assert problem.code == "office-missing"
    assert "DOCS_SOFFICE" in problem.fix
    assert "--pdf" in problem.fix


@posix_only
def test_the_path_of_programs_is_searched(nowhere):
    """Under both names that systems give it."""
    libre = program(nowhere / "libreoffice")
    assert find_office() == libre
    assert find_office() == office_or_problem().program
    assert find_office() != program(nowhere / "soffice")
    assert find_office() == nowhere / "soffice"


@posix_only
@pytest.mark.usefixtures("nowhere")
def test_a_confined_libreoffice_is_passed_over(monkeypatch):
    """A snap cannot see the files that it is given."""
    monkeypatch.setattr(shutil, "which", lambda name: f"/snap/bin/{name}")
    assert find_office() is None


@posix_only
@pytest.mark.parametrize("inside", ["soffice", "program/soffice", "Contents/MacOS/soffice", "program/soffice.exe"])
def test_the_setting_names_program_or_folder(nowhere, monkeypatch, inside):
    """Given or in the environment; it is asked before anything else."""
    program(nowhere / "soffice")
    place = program(nowhere / "my office" / inside)
    named = place if inside == "soffice" else nowhere / "my office"
    assert find_office(str(named)) == place
    monkeypatch.setenv("DOCS_SOFFICE", str(named))
    assert office_or_problem().program == place


@pytest.mark.parametrize("setting", ["no-such-program", "empty folder", "plain.txt"])
def test_a_wrong_setting_is_noticed(nowhere, monkeypatch, setting):
    """It is never passed over for a LibreOffice that lies elsewhere."""
    program(nowhere / "soffice")
    (nowhere / "empty folder").mkdir()
    (nowhere / "plain.txt").write_text("x", encoding="utf-8")
    monkeypatch.setenv("DOCS_SOFFICE", str(nowhere / setting))
    with pytest.raises(WorkspaceError, match=f"office-missing: DOCS_SOFFICE is .*{setting}"):
        office_or_problem()


def test_the_usual_places_of_each_system(monkeypatch, tmp_path):
    """Where the installers put it: the newest version first."""
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    monkeypatch.setenv("ProgramW6432", "")
    monkeypatch.delenv("ProgramFiles(x86)", raising=False)
    for name in ("LibreOffice", "LibreOffice 24", "LibreOffice 7"):
        (tmp_path / name / "program").mkdir(parents=True)
        program(tmp_path / name / "program" / "soffice.com")
    monkeypatch.setattr(finding.sys, "platform", "win32")
    assert [place.name for place in finding.usual_places()] == ["LibreOffice 24", "LibreOffice 7", "LibreOffice"]
    monkeypatch.delenv("DOCS_SOFFICE", raising=False)
    monkeypatch.setenv("PATH", "")
    assert find_office() == tmp_path / "LibreOffice 24" / "program" / "soffice.com"
    monkeypatch.setattr(finding.sys, "platform", "darwin")
    assert [str(place) for place in finding.usual_places()][:1] == [str(Path("/Applications/LibreOffice.app"))]
    monkeypatch.setattr(finding.sys, "platform", "linux")
    assert all(place.name.startswith("libreoffice") for place in finding.usual_places())


# --- what it is told --------------------------------------------------------------------------------------------------


def test_the_profile_forbids_what_could_harm():
    """Well-formed, and nothing runs, is fetched or is asked."""
    tree = ET.fromstring(profile.registry().encode())  # noqa: S314 - our own text
    said = {each[0].attrib[f"{{{tree_space()}}}name"]: each[0][0].text for each in tree}
    wanted = {"DisableMacrosExecution": "true", "MacroSecurityLevel": "3", "BlockUntrustedRefererLinks": "true"}
    assert wanted.items() <= said.items()
    assert said["Link"] == "2"
    assert said["ooSetupInstCompleted"] == "true"


def tree_space():
    return "http://openoffice.org/2001/registry"


def test_the_surroundings_lead_nowhere(tmp_path, monkeypatch):
    """Every proxy is a dead port, what it writes lies in its own folder, and the user's fonts stay in reach."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    monkeypatch.setenv("HOME", "/home/somebody")
    said = running.surroundings(tmp_path)
    assert {said[name] for name in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY", "ftp_proxy")} == {"http://127.0.0.1:9"}
    assert (said["no_proxy"], said["TMPDIR"], said["HOME"]) == ("", str(tmp_path), "/home/somebody")


def test_the_fence_is_what_the_system_offers(monkeypatch):
    """The first that works is taken; where none does, or on other systems, there is none."""
    tried = []

    def run(command, **_):
        tried.append(command)
        return subprocess.CompletedProcess(command, 0 if len(tried) > 1 else 1)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(running.sys, "platform", "linux")
    bare = running.fence.__wrapped__
    assert bare() == ("unshare", "--map-root-user", "--net")
    monkeypatch.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1))
    assert bare() == ()
    monkeypatch.setattr(running.sys, "platform", "darwin")
    assert bare() == ()


@linux_only
def test_behind_the_fence_there_is_no_network():
    """Where the system gives one, a program in it reaches no address; without it, it would be refused or answered."""
    if not running.fence():
        pytest.skip("needs name spaces, which this system does not give")
    code = "import socket; print(socket.socket().connect_ex(('127.0.0.1', 9)))"
    said = subprocess.run([*running.fence(), sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert os.strerror(int(said.stdout)) == "Network is unreachable"


# --- what came out ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", RANDOM, word_file("x")[:300], b"PK\x05\x06" + bytes(18)],
    ids=["empty", "text", "random", "cut", "empty zip"],
)
def test_what_is_no_word_file_never_reaches_libreoffice(data, tmp_path):
    """Random bytes and an empty file, which LibreOffice itself would make a PDF of."""
    found = Office(tmp_path / "never started").pdfs({"a.docx": data})
    assert codes(found) == {"a.docx": "office-not-word"}
    assert str(found["a.docx"].location) == "a.docx"


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        (["Agreement ELCA-CA-AMZ-001"], "ELCA-CA-AMZ-001"),
        (["ELCA-CA-", "AMZ-001"], "ELCA-CA-AMZ-001"),
        (["ELCA-CA", "-AMZ-001"], "ELCA-CA-AMZ-001"),
        (["one two", "three"], "one two three"),
        (["anything"], ""),
    ],
)
def test_a_text_is_found_across_a_line_break(printed, wanted):
    """Where the text stands, also broken, the product is right."""
    assert product.product_problem(pdf_of(*printed), name="a.docx", carrying=wanted) is None


def test_letters_that_a_font_changes_are_the_same():
    """Ligatures, other dashes and invisible hyphens are ways to print the same text."""
    assert product._letters("ﬁne\u00ad ELCA\u2011CA\u2010AMZ") == "fineELCA-CA-AMZ"


def test_a_text_on_a_later_page_is_found():
    """Each page is looked at until it is found."""
    writer = PdfWriter()
    for line in ("first", "ELCA-CA-AMZ-001"):
        writer.append(io.BytesIO(pdf_of(line)))
    stream = io.BytesIO()
    writer.write(stream)
    assert product.product_problem(stream.getvalue(), name="a.docx", carrying="ELCA-CA-AMZ-001") is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (pdf_of("ELCA-CA-AMZ-002"), "does not carry the text 'ELCA-CA-AMZ-001'"),
        (b"", "does not open (EmptyFileError)"),
        (b"%PDF-1.7 garbage", "does not open (PdfStreamError)"),
    ],
)
def test_a_wrong_product_is_refused(data, sentence):
    """The wrong text, or no PDF at all."""
    problem = product.product_problem(data, name="a.docx", carrying="ELCA-CA-AMZ-001")
    assert problem.code == "office-wrong-product"
    assert problem.message.endswith(sentence)


def test_a_product_without_pages_is_refused():
    """A PDF may be whole and empty."""
    stream = io.BytesIO()
    PdfWriter().write(stream)
    problem = product.product_problem(stream.getvalue(), name="a.docx", carrying="")
    assert problem.message.endswith("has no page")


def libre_pdf(*, date, number, text=b"text"):
    """The end of a PDF as LibreOffice 7.4 writes it."""
    return (
        b"%PDF-1.6\nstream\n" + text + b"\nendstream\n<</Producer<FEFF>\n/CreationDate(D:" + date + b"Z')>>\nendobj\n"
        b"trailer\n<</Size 2/Root 1 0 R\n/ID [ <"
        + number
        + b">\n<"
        + number
        + b"> ]\n/DocChecksum /"
        + number
        + b"\n>>\n"
        b"startxref\n9\n%%EOF\n"
    )


def test_the_moment_of_making_leaves_no_trace():
    """Two runs give the same bytes, of the same length; another text gives another identifier."""
    first = libre_pdf(date=b"20261123203924", number=b"8BDE4B35DDE25A8B691E3123299E268B")
    second = libre_pdf(date=b"20270101000000", number=b"F35D26AF0FB7E07B22955B8E1797FFAF")
    other = libre_pdf(date=b"20270101000000", number=b"F35D26AF0FB7E07B22955B8E1797FFAF", text=b"TEXT")
    assert product.settled(first) == product.settled(second)
    assert len(product.settled(first)) == len(first)
    assert product.settled(other)[-120:] != product.settled(first)[-120:]
    assert b"8BDE4B35" not in product.settled(first)


def test_a_layout_that_is_not_known_stays():
    """A later version may write its end otherwise; nothing in the middle of a file is taken for it."""
    data = b"%PDF-1.7\n<8BDE4B35DDE25A8B691E3123299E268B>\nstartxref\n9\n%%EOF\n"
    assert product.settled(data) == data


# --- runs, with a stand-in for LibreOffice ----------------------------------------------------------------------------


class Played:
    """An office whose LibreOffice is a script; documents are orders to it."""

    def __init__(self, folder, **more):
        self.sleep = f"600.{os.getpid()}{next(_SLEEPS):04}"  # found again among all programs of the system
        self.program, self.log = stand_in(folder, pdf_of("ELCA-CA-AMZ-001"), sleep=self.sleep)
        self.office = dataclasses.replace(Office(self.program, starting=20, each=10), **more)

    def pdfs(self, *orders):
        documents = {f"{number} {what}": order(what) for number, what in enumerate(orders, start=1)}
        return list(codes(self.office.pdfs(documents)).values())

    def runs(self):
        lines = self.log.read_text(encoding="utf-8").split("\n")[:-1]
        return [[int(name[9:13]) for name in line.split()] for line in lines]

    def left(self, expected=0):
        """Programs that a run started and that are there for longer than the system takes to end what is killed."""
        end = time.monotonic() + 5
        while len(found := self.seen()) > expected and time.monotonic() < end:
            time.sleep(0.02)
        return found

    def seen(self):
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = path.read_bytes().split(b"\0")
            except OSError:
                continue
            if self.sleep.encode() in words or str(self.program).encode() in words:
                found.append(int(path.parent.name))
        return found


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    """The temporary folder of the runs, which is empty at the end of every test."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(running.tempfile, "tempdir", str(folder))
    monkeypatch.setattr(converting, "_together", lambda: 1)
    yield folder
    assert [path.name for path in folder.iterdir()] == []


@pytest.fixture
def bare(monkeypatch):
    """A system without name spaces: nothing but the group of programs can be ended."""
    monkeypatch.setattr(running, "fence", tuple)


@posix_only
def test_documents_go_in_batches_under_names_of_ours(tmp_path):
    """No more than the limit in one run, in order; the answers bear the names they came with."""
    played = Played(tmp_path, batch=3)
    found = played.office.pdfs({f"../{number}\n.docx": order("") for number in range(7)})
    assert list(found) == [f"../{number}\n.docx" for number in range(7)]
    assert set(codes(found).values()) == {""}
    assert played.runs() == [[1, 2, 3], [4, 5, 6], [7]]
    assert played.office.pdfs({}) == {}


@posix_only
def test_runs_share_the_cores(tmp_path, monkeypatch):
    """Few documents are spread, so that every core has some."""
    monkeypatch.setattr(converting, "_together", lambda: 2)
    played = Played(tmp_path)
    assert played.pdfs("slow", "slow", "slow", "slow") == [""] * 4
    assert sorted(played.runs()) == [[1, 2], [3, 4]]


@posix_only
@pytest.mark.parametrize(
    ("orders", "answers", "runs"),
    [
        (["", "nothing", "", ""], ["", "office-failed", "", ""], [[1, 2, 3, 4], [2]]),
        (["nothing"], ["office-failed"], [[1]]),
        (["", "garbage", ""], ["", "office-wrong-product", ""], [[1, 2, 3], [2]]),
        (["", "crash", "", ""], ["", "office-failed", "", ""], [[1, 2, 3, 4], [2], [3, 4]]),
        (["crash", "nothing", "crash", ""], ["office-failed"] * 3 + [""], [[1, 2, 3, 4], [1], [2, 3, 4], [2], [3, 4]]),
        (["crash in company", "", ""], ["", "", ""], [[1, 2, 3], [1], [2, 3]]),
    ],
)
def test_one_bad_document_costs_nobody_elses_pdf(tmp_path, orders, answers, runs):
    """What failed is tried once more alone; what never had its turn is tried in company."""
    played = Played(tmp_path)
    assert played.pdfs(*orders) == answers
    assert played.runs()[: len(runs)] == runs


@posix_only
def test_each_product_must_carry_its_own_text(tmp_path):
    """The text is looked for by document; a document for which none is given needs none."""
    played = Played(tmp_path)
    documents = {name: order("") for name in ("a", "b", "c")}
    found = played.office.pdfs(documents, carrying={"a": "ELCA-CA-AMZ-001", "b": "ELCA-CA-AMZ-002"})
    assert codes(found) == {"a": "", "b": "office-wrong-product", "c": ""}


@linux_only
@pytest.mark.parametrize("fenced", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_a_document_without_end_is_ended_whole(tmp_path, monkeypatch, fenced):
    """It costs its own time, nothing that it started is left, and the documents behind it are made."""
    if not fenced:
        monkeypatch.setattr(running, "fence", tuple)
    played = Played(tmp_path, starting=1.2, each=0.3)
    begun = time.monotonic()
    assert played.pdfs("", "hang", "") == ["", "office-timeout", ""]
    assert time.monotonic() - begun < 10
    assert played.runs() == [[1, 2, 3], [2], [3]]
    # Without name spaces, a program that left the group is out of reach; LibreOffice starts none.
    out_of_reach = 0 if fenced and running.fence() else 2
    left = played.left(out_of_reach)
    for number in left:
        os.kill(number, signal.SIGKILL)
    assert len(left) == out_of_reach


@posix_only
@pytest.mark.slow
def test_time_is_counted_from_the_last_product(tmp_path):
    """Many documents may take long, as long as each is made in its time."""
    played = Played(tmp_path, starting=0.2, each=1.0)
    assert played.pdfs(*["slow"] * 4) == [""] * 4
    assert played.runs() == [[1, 2, 3, 4]]


@linux_only
@pytest.mark.usefixtures("bare")
def test_nothing_stays_after_a_good_end(tmp_path):
    """What the program left running is ended too."""
    played = Played(tmp_path)
    assert played.pdfs("straggler") == [""]
    assert played.left() == []


@linux_only
def test_an_interruption_leaves_nothing(tmp_path, monkeypatch):
    """Ctrl-C in the middle ends all runs and removes their folders."""
    monkeypatch.setattr(converting, "_together", lambda: 2)
    monkeypatch.setattr(running, "fence", tuple)
    played = Played(tmp_path)

    def interrupted(_run, _seconds):
        end = time.monotonic() + 10
        while len(played.seen()) < 2 and time.monotonic() < end:
            time.sleep(0.01)
        raise KeyboardInterrupt

    monkeypatch.setattr(running.Run, "ended", interrupted)
    with pytest.raises(KeyboardInterrupt):
        played.pdfs("wait", "wait")
    assert played.left() == []


@posix_only
@pytest.mark.usefixtures("bare")
def test_a_program_that_does_not_start_is_said(tmp_path):
    """It is there and cannot be run: one sentence with the reason of the system, and nothing is left."""
    broken = tmp_path / "soffice"
    broken.write_text("no program", encoding="utf-8")
    with pytest.raises(WorkspaceError) as caught:
        Office(broken).pdfs({"a": order("")})
    (problem,) = caught.value.problems
    assert problem.code == "office-not-started"
    assert problem.message.endswith("could not be started: Permission denied")


def test_a_computer_without_room_for_files_is_said(tmp_path, monkeypatch):
    """No temporary folder can be made: the same sentence, with the reason of the system."""
    monkeypatch.setattr(running.tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(WorkspaceError, match=r"office-not-started: .* No such file or directory"):
        Office(tmp_path).pdfs({"a": order("")})


@linux_only
@pytest.mark.slow
def test_a_killed_program_of_ours_leaves_none_at_work(tmp_path):
    """Not even SIGKILL in the middle leaves a LibreOffice behind, where the system can see to that."""
    if "--kill-child=KILL" not in running.fence():
        pytest.skip("needs name spaces, which this system does not give")
    played = Played(tmp_path)
    (tmp_path / "a.docx").write_bytes(order("hang"))
    code = (
        "from pathlib import Path\nfrom elca_docs.office import Office\n"
        "Office(Path('soffice').absolute()).pdfs({'a': Path('a.docx').read_bytes()})"
    )
    around = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    process = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, env=around)
    end = time.monotonic() + 30
    while len(played.seen()) < 4 and time.monotonic() < end:
        time.sleep(0.02)
    assert len(played.seen()) >= 4
    process.kill()
    process.wait()
    assert played.left() == []


@posix_only
def test_what_killed_runs_left_is_removed_after_a_day(tmp_path, scratch):
    """Only folders of ours, and only old ones."""
    old, young, foreign = (scratch / f"{name}" for name in ("elca-docs-office-old", "elca-docs-office-new", "other"))
    for folder in (old, young, foreign):
        (folder / "in").mkdir(parents=True)
        os.utime(folder, (0, 0) if folder != young else None)
    Office(tmp_path).pdfs({})
    assert sorted(scratch.iterdir()) == [young, foreign]
    for folder in (young, foreign):
        shutil.rmtree(folder)


# --- runs of LibreOffice ----------------------------------------------------------------------------------------------


def agreement():
    """A draft of the shipped agreement template, of the fictitious parties of the context tests."""
    folder = str(ROOT / "tests" / "context")
    if folder not in sys.path:
        sys.path.append(folder)
    from agreement_specimens import AS_OF, FULL, RICH

    from elca_docs.context import context_of
    from elca_docs.rendering import compile_template

    name = "templates/agreements/cooperation.docx"
    context = context_of(FULL, RICH, reference=REFERENCE, version=1, as_of=AS_OF)
    return compile_template((ROOT / name).read_bytes(), name=name).render(context.values)


@libreoffice
def test_an_agreement_becomes_a_pdf():
    """With its reference on every page, tagged, without fields, and with a date that says nothing."""
    documents = {"agreement.docx": agreement()}
    made = office_or_problem().pdfs(documents, carrying={"agreement.docx": REFERENCE})["agreement.docx"]
    reader = PdfReader(io.BytesIO(made))
    assert 3 <= len(reader.pages) <= 8
    assert all(REFERENCE in page.extract_text() for page in reader.pages)
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "/AcroForm" not in reader.root_object
    assert reader.metadata.creation_date == datetime(1980, 1, 1, tzinfo=UTC)


@libreoffice
@pytest.mark.slow
def test_the_same_document_gives_the_same_bytes():
    """Whatever else is in the batch, and whenever it is made."""
    office, wanted = office_or_problem(), {"a": agreement()}
    alone = office.pdfs(wanted)
    time.sleep(1.1)
    company = office.pdfs({"b": word_file("first"), "a": wanted["a"], "c": word_file("last")})
    assert alone["a"] == company["a"]


@libreoffice
@pytest.mark.slow
def test_a_batch_of_good_and_bad_documents():
    """Twenty documents, some of them no Word file, broken inside, or of the wrong text: the others are made."""
    carrying = {f"{number}.docx": f"ELCA-CA-AMZ-{number:03}" for number in range(20)}
    documents = {name: word_file("Agreement", reference) for name, reference in carrying.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    documents["7.docx"] = RANDOM
    documents["9.docx"] = stream.getvalue()
    documents["10.docx"] = word_file(body="<w:p><w:r><w:t>never closed")
    documents["12.docx"] = word_file("another agreement")
    found = codes(office_or_problem().pdfs(documents, carrying=carrying))
    bad = {name: code for name, code in found.items() if code}
    assert bad == {
        "7.docx": "office-not-word",
        "9.docx": "office-failed",
        "10.docx": bad.get("10.docx"),  # LibreOffice repairs what it can: its product then lacks the reference
        "12.docx": "office-wrong-product",
    }
    assert bad["10.docx"] in {"office-failed", "office-wrong-product"}


SERVER = """
import http.server, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print(self.command, self.path, flush=True)
        self.send_error(404)
    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET
    def log_message(self, *_):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
print(server.server_port, flush=True)
server.serve_forever()
"""


@pytest.fixture
def listener(tmp_path):
    """A web server in a program of its own: its port, and what was asked of it."""
    log = tmp_path / "asked.txt"
    with log.open("w", encoding="utf-8") as stream:
        server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=stream)
    end = time.monotonic() + 20
    while not log.read_text(encoding="utf-8") and time.monotonic() < end:
        time.sleep(0.05)
    yield int(log.read_text(encoding="utf-8").split()[0]), lambda: log.read_text(encoding="utf-8").split("\n")[1:-1]
    server.kill()
    server.wait()


@libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("guard", ["all", "profile", "surroundings", "fence", "none"])
def test_nothing_is_fetched_and_nothing_of_this_computer_embedded(listener, monkeypatch, tmp_path, guard):
    """Each guard alone stops requests; the profile stops pictures of this computer, too; without them both happen."""
    from PIL import Image

    port, asked = listener
    picture = tmp_path / "secret.png"
    Image.new("RGB", (40, 40), "red").save(picture)
    if guard not in {"all", "fence"}:
        monkeypatch.setattr(running, "fence", tuple)
    if guard not in {"all", "profile"}:
        text = profile.registry().replace("BlockUntrustedRefererLinks", "Unknown")
        monkeypatch.setattr(running, "registry", lambda: text)
    if guard not in {"all", "surroundings"}:
        monkeypatch.setattr(running, "surroundings", lambda _: dict(os.environ))
    documents = {
        "web": word_file("x", picture=f"http://127.0.0.1:{port}/picture.png"),
        "file": word_file("x", picture=picture.as_uri()),
    }
    found = office_or_problem().pdfs(documents)
    assert set(codes(found).values()) == {""}
    if guard == "fence" and not running.fence():
        pytest.skip("needs name spaces, which this system does not give")
    assert bool(asked()) == (guard == "none")
    assert pictures_in(found["file"]) == (0 if guard in {"all", "profile"} else 1)
