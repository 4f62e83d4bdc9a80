"""Several offices open one inbox at the same time: nothing is lost, doubled or skipped, and no number given twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from desks import ROOT, desk
from posts import SIGNED_AT, Post

from elca_docs.durable import sha256_of
from elca_docs.model.log_events import Received
from elca_docs.model.masks import numbered
from elca_docs.workflows.verifying import verify

RUN = """
import os, sys
from datetime import datetime
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one child that reads is enough for each
from elca_docs.workflows.desk import open_desk
from elca_docs.workflows.receiving import receive
moment = datetime.fromisoformat(sys.argv[2])
receive(open_desk(sys.argv[1], actor="tester", now=lambda: moment))
"""
PROCESSES = 8


@pytest.mark.slow
def test_eight_processes_on_one_inbox_of_two_hundred_files_twice(tmp_path: Path, sent_once: Path, pens) -> None:
    """Every file is registered once or refused beside its reason; the same post again changes nothing."""
    shutil.copytree(sent_once, tmp_path / "p")
    post = Post(folder=tmp_path / "p", pens=pens)
    files = two_hundred(post)
    said = []
    for times in (1, 2):
        post.put(files)
        together(post)
        assert post.inbox() == []
        assert list((post.folder / "register/inbox/.claims").iterdir()) == []
        said.append((kept(post), [entry.event for entry in post.view().entries], post.numbers()))
        check(post, files, times)
    assert said[0] == said[1]


def two_hundred(post: Post) -> dict[str, bytes]:
    """Return an inbox: copies signed at different times by all or by one side, unsigned ones, letters, and doubles."""
    files: dict[str, bytes] = {}
    for number in range(15):
        at = SIGNED_AT + timedelta(minutes=number)
        files[f"all {number}.pdf"] = post.signed("CA-01", at=at)
        for place, party in enumerate(post.parties("CA-02")):
            files[f"side {place} {number}.pdf"] = post.signed("CA-02", party, at=at)
        files[f"coordinator {number}.pdf"] = post.signed("CA-03", post.parties("CA-03")[0], at=at)
    for number in range(20):
        files[f"unsigned {number}.pdf"] = post.issued("CA-03") + b"\n%%EOF\n" * (number + 1)
    files |= {f"double {place}.pdf": data for place, data in enumerate(list(files.values())[:60])}
    return files | {f"letter {number}.pdf": f"letter {number}".encode() for number in range(200 - len(files))}


def together(post: Post) -> None:
    """Open the inbox in eight processes at once; none of them fails."""
    command = [sys.executable, "-c", RUN, str(post.folder), post.moment.isoformat()]
    runs = [
        subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})
        for _ in range(PROCESSES)
    ]
    troubles = [run.communicate()[1].decode() for run in runs]
    assert troubles == [""] * PROCESSES
    assert [run.returncode for run in runs] == [0] * PROCESSES


def check(post: Post, files: dict[str, bytes], times: int) -> None:
    """Every file is in exactly one place; who signed has signed once; the numbers have no gap; the proof is whole."""
    taken = kept(post)
    assert len(taken) == len(set(taken))
    every = Counter(sha256_of(data) for data in files.values())
    assert refused(post) == {digest: count * times for digest, count in every.items() if digest not in taken}
    for agreement in ("CA-01", "CA-02"):
        signers = Counter(each.party for each in post.history(agreement).signatures)
        assert signers == dict.fromkeys(post.parties(agreement), 1)
    assert [each.party for each in post.history("CA-03").signatures] == post.parties("CA-03")[:1]
    mask = desk(post.folder).portfolio.project.register_mask.series(year=str(post.moment.year))
    assert sorted(post.numbers()) == [numbered(mask, number) for number in (1, 2)]
    answer = verify(str(post.folder), read_data=True, now=lambda: post.moment)
    assert isinstance(answer.json, dict)
    assert answer.json["findings"] == []


def kept(post: Post) -> list[str]:
    """Return the digests of the files that were received, as often as the log says so; each is there."""
    found = [entry.event.sha256 for entry in post.view().entries if isinstance(entry.event, Received)]
    assert all(desk(post.folder).proof.whole(each) for each in found)
    return found


def refused(post: Post) -> dict[str, int]:
    """Return the digests of the refused files, and how often each was refused; each has its reason beside it."""
    folder = post.folder / "register/inbox/refused"
    found = {path.name: sha256_of(path.read_bytes()) for path in sorted(folder.glob("*.pdf"))}
    assert all(post.reason(name)["sha256"] == digest for name, digest in found.items())
    return Counter(found.values())
