"""The recount agrees with the report whatever the records and the log say, and shows where one of the two is wrong."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from test_tracking_laws import LIGHT, days, logs, portfolios, report
from tracking_cases import Log, agreement, digest, portfolio

from elca_docs.tracking.audit import figures, recounted


@LIGHT
@given(portfolios(), logs(), days)
def test_two_ways_of_counting_agree(records, written, as_of):
    """Each figure of the report is what the recount gives, as of any day."""
    found = report(records, written, as_of)
    recount = recounted(records, written.view(), as_of=as_of, evidence_whole=lambda _: True)
    assert {each.id: each.counted for each in found.figures} == recount


@LIGHT
@given(portfolios(), logs(), days)
def test_without_evidence_nothing_is_counted_again_either(records, written, as_of):
    """Where every file is gone the recount is nought."""
    recount = recounted(records, written.view(), as_of=as_of, evidence_whole=lambda _: False)
    assert set(recount.values()) <= {0}


def test_a_figure_that_was_changed_is_found():
    """One more than the log gives is an error that names both numbers."""
    records, written = portfolio(agreement("A-1")), Log()
    written.sign("A-1", "copy", NORD="2021-10-05", alpha="2021-10-06")
    written.register("A-1")
    found = report(records, written)
    whole = {"evidence_whole": lambda sha256: sha256 == digest("copy")}
    assert figures(found, records, written.view(), **whole).findings == ()
    figure = found.figures[1]
    assert figure.counted == 1
    wrong = replace(found, figures=(replace(figure, counted=2),))
    check = figures(wrong, records, written.view(), **whole)
    assert [(each.code, each.ids) for each in check.findings] == [("figure-differs", ("KPI 2",))]
    assert "counts 2, and a recount from the log gives 1" in check.findings[0].message
