"""What must hold across records: one broken rule per example, with code, place, and what to do."""

from __future__ import annotations

import pytest
from project_texts import AGREEMENTS, ORGANISATIONS, PARTNERS, PROJECT, briefly, only_problem, problems_of

from elca_docs.records.rules import RULES


def test_the_example_keeps_every_rule():
    """The project that the other tests change has no problem, and all rules are told apart by name."""
    assert problems_of() == ()
    assert len({rule.__name__ for rule in RULES}) == len(RULES)
    assert all(rule.__doc__ for rule in RULES)


@pytest.mark.parametrize(
    ("texts", "place", "message"),
    [
        ({"partners": PARTNERS + "- {id: ABC, name: Again}\n"}, "partners.yaml:3:8",
         "the partner 'ABC' is already there, in line 1"),
        ({"agreements__more": "- {id: A-1, class: MU, responsible: [ABC], counterparts: [bolt]}\n"},
         "agreements/more.yaml:1:8", "the agreement 'A-1' is already there, in records/agreements.yaml, line 1"),
        ({"project": PROJECT + "  - {id: MU, title: x, template: y}\n"}, "project.yaml:14:10",
         "the agreement class 'MU' is already there, in line 12"),
        ({"timeline": "months: [{month: 3}, {month: 3}]\n"}, "timeline.yaml:1:30",
         "the timeline month '3' is already there, in line 1"),
        ({"organisations": ORGANISATIONS + "- {id: ABC, name: Same id}\n"}, "organisations.yaml:4:8",
         "the id 'ABC' is used by an organisation and by a partner"),
        ({"events": "- {id: A-1, kind: fair, responsible: [ABC]}\n"}, "events.yaml:1:8",
         "the id 'A-1' is used by an event and by an agreement"),
        ({"indicators": "- {id: A-1, title: x, target: 1, rule: {counts: agreements}}\n"}, "agreements.yaml:1:8",
         "the id 'A-1' is used by an agreement and by an indicator"),
        ({"timeline": "duties: [{id: d, what: x}]\n"
          "months:\n- {month: 1, activities: [{id: d, what: y, done_by: record}]}\n"},
         "timeline.yaml:3:32", "the id 'd' is used by a timeline activity and by a duty"),
    ],
)  # fmt: skip
def test_an_id_is_given_once(texts: dict[str, str], place: str, message: str):
    """A second record with an id is told where the first one is, across files and kinds."""
    problem = only_problem(**texts)
    assert (problem.code, f"records/{place}", problem.message) == ("duplicate-id", str(problem.location), message)
    assert problem.fix


def test_ids_differ_by_more_than_case():
    """On Windows, Abc.xlsx and ABC.xlsx are one file."""
    problem = only_problem(partners=PARTNERS + "- {id: Abc, name: Third}\n")
    assert (problem.code, str(problem.location)) == ("id-case-conflict", "records/partners.yaml:3:8")
    assert problem.message == "the partner 'Abc' differs from 'ABC' by capitals only"


A = "- {{id: A-1, class: MU, responsible: [ABC], counterparts: [acme], {more}}}\n"
STATEMENT = "- {{id: s, place: x, what: y, {more}}}\n"


@pytest.mark.parametrize(
    ("texts", "place", "message", "fix"),
    [
        ({"agreements": AGREEMENTS.replace("[ABC]", "[ABD]")}, "agreements.yaml:1:38",
         "agreement A-1 names 'ABD', which is none of the partners", "did you mean 'ABC'?"),
        ({"agreements": AGREEMENTS.replace("[acme]", "[Acme]")}, "agreements.yaml:1:59",
         "agreement A-1 names 'Acme', which is none of the organisations", "did you mean 'acme'?"),
        ({"agreements": AGREEMENTS.replace("MU", "QQ")}, "agreements.yaml:1:20",
         "agreement A-1 names 'QQ', which is none of the agreement classes", "known are MU, BB"),
        ({"agreements": A.format(more="mission: moon")}, "agreements.yaml:1:75",
         "agreement A-1 names 'moon', which is none of the missions",
         "none are written yet; add it to records/missions.yaml"),
        ({"agreements": A.format(more="mission: null")}, "agreements.yaml:1:75",
         "agreement A-1 names 'null', which is none of the missions",
         "to say that nothing is known, leave the place behind the colon empty"),
        ({"agreements": A.format(more="replaces: A-0")}, "agreements.yaml:1:76",
         "agreement A-1 names 'A-0', which is none of the agreements", "did you mean 'A-1'?"),
        ({"agreements": A.format(more="steps: [{by: [ABC, QQ]}]")}, "agreements.yaml:1:85",
         "agreement A-1 names 'QQ', which is none of the partners", "known are ABC, XYZ"),
        ({"people": "- {id: p, of: nobody, name: x}\n"}, "people.yaml:1:15",
         "person p names 'nobody', which is none of the partners and organisations",
         "known are ABC, XYZ, acme, bolt, cog"),
        ({"project": PROJECT.replace("leader: ABC", "leader: ABD")}, "project.yaml:10:66",
         "the project names 'ABD', which is none of the partners", "did you mean 'ABC'?"),
        ({"timeline": "duties: [{id: d, what: x, task: T1.2}]\n"}, "timeline.yaml:1:33",
         "the timeline names 'T1.2', which is none of the tasks", "did you mean 'T1.1'?"),
        ({"indicators": "- {id: K, title: x, target: 1, rule: {counts: agreements}, per_partner: {ABD: 1}}\n"},
         "indicators.yaml:1:74", "indicator K names 'ABD', which is none of the partners", "did you mean 'ABC'?"),
        ({"timeline": "months: [{month: 1, activities: [{id: a, what: x, done_by: events, kinds: [fair]}]}]\n"},
         "timeline.yaml:1:76", "the timeline names 'fair', which is none of the kinds of event",
         "none are written yet; add it to records/events.yaml"),
        ({"statements": STATEMENT.format(more="rule: partner, value: 1")}, "statements.yaml:1:36",
         "statement s names the rule 'partner', which does not exist", "did you mean 'partners'?"),
        ({"statements": STATEMENT.format(more="rule: sum-of-targets, value: 1, of: [KPI 1]")},
         "statements.yaml:1:67", "statement s names 'KPI 1', which is none of the indicators",
         "none are written yet; add it to records/indicators.yaml"),
    ],
)  # fmt: skip
def test_an_id_that_nothing_has_is_told(texts: dict[str, str], place: str, message: str, fix: str):
    """A link that leads nowhere is a problem at the link, with the id that was meant, most likely."""
    problem = only_problem(**texts)
    assert (problem.code, str(problem.location)) == ("unknown-id", f"records/{place}")
    assert (problem.message, problem.fix) == (message, fix)


def test_an_odd_id_cannot_break_the_fix():
    """An id that is no id is still known, and stands in a fix as one short printable line."""
    odd = PARTNERS + f'- {{id: "x{chr(92)}u202e{"y" * 300}", name: x}}\n'
    problems = problems_of(partners=odd, agreements=AGREEMENTS.replace("[ABC]", "[Q]"))
    (fix,) = [each.fix for each in problems if each.code == "unknown-id"]
    assert fix.startswith(f"known are ABC, XYZ, x{chr(92)}u202eyyy")
    assert len(fix) < 120
    assert fix.isprintable()


def test_guessing_what_was_meant_ends():
    """Hundreds of wrong words, all close to hundreds of known ones, cost seconds at most; the first are guessed."""
    from time import process_time

    from elca_docs.records.near import Vocabulary

    known = Vocabulary(f"{'ab' * 40}{number:03}" for number in range(400))
    begun = process_time()
    guesses = [known.nearest(f"{'ab' * 30}c{number:03}") for number in range(400)]
    assert process_time() - begun < 5
    assert guesses[0]
    assert guesses[-1] is None


def test_no_partner_has_the_name_of_the_leads_workbook():
    """sheets/lead.xlsx is the lead's; on Windows a partner Lead would have the same file."""
    problem = only_problem(partners=PARTNERS + "- {id: Lead, name: x}\n")
    assert (problem.code, str(problem.location)) == ("unsafe-name", "records/partners.yaml:3:4")
    assert problem.message == "the partner 'Lead' would have a workbook of the lead's name, lead.xlsx"


def test_many_known_ids_are_not_all_listed():
    """The fix stays readable however many ids there are."""
    many = ORGANISATIONS + "".join(f"- {{id: o{number}, name: x}}\n" for number in range(30))
    problem = only_problem(organisations=many, agreements=AGREEMENTS.replace("[acme]", "[zzzzz]"))
    assert problem.fix == "known are acme, bolt, cog, o0, o1, o2, o3, o4, o5, o6, o7, o8 and 21 more"


@pytest.mark.parametrize(
    ("more", "code", "message"),
    [
        ("rule: partners", "missing-field", "statement s has the rule partners, and no number that could be compared"),
        ("rule: partners, value: 2, of: [ABC]", "bad-value",
         "the rule partners wants nothing in 'of', and statement s names 1"),
        ("rule: sum-of-targets, value: 2", "bad-value",
         "the rule sum-of-targets wants one or more of the indicators in 'of', and statement s names 0"),
        ("rule: month-within, value: 2, of: [WP1, WP1]", "bad-value",
         "the rule month-within wants one of the work packages in 'of', and statement s names 2"),
    ],
)  # fmt: skip
def test_a_statement_fits_its_rule(more: str, code: str, message: str):
    """A rule has a number to compare, and as many ids as it can look at."""
    problem = only_problem(statements=STATEMENT.format(more=more))
    assert (problem.code, problem.message) == (code, message)


def test_a_statement_without_a_rule_may_name_anything():
    """A statement that is only a quotation is compared with nothing."""
    assert problems_of(statements=STATEMENT.format(more="text: z, of: [nowhere]")) == ()


@pytest.mark.parametrize(
    ("record", "code", "place"),
    [
        ("{id: x, class: MU, responsible: [ABC]}", "no-counterpart", "3:3"),
        ("{id: x, class: MU, responsible: [ABC], counterparts: [acme], slots: 2}", "slot-with-counterparts", "3:64"),
        ("{id: x, class: MU, responsible: [], counterparts: [acme]}", "too-few-parties", "3:22"),
        ("{id: x, class: BB, responsible: [ABC], counterparts: [acme]}", "too-few-parties", "3:42"),
        ("{id: x, class: MU, responsible: [ABC, ABC], counterparts: [acme]}", "duplicate-party", "3:22"),
        ("{id: x, class: BB, responsible: [ABC], counterparts: [acme, acme]}", "duplicate-party", "3:42"),
        ("{id: x, class: MU, responsible: [ABC], slots: 1001}", "bad-value", "3:42"),
        ("{id: x, class: MU, responsible: [ABC], counterparts: [acme], commitments: [{party: bolt, what: y}]}",
         "no-party", "3:79"),
        ("{id: x, class: MU, responsible: [ABC], counterparts: [acme], fills: A-1}", "fills-no-slot", "3:64"),
        ("{id: x, class: MU, responsible: [ABC], counterparts: [acme], replaces: x}", "replaces-itself", "3:64"),
    ],
)  # fmt: skip
def test_an_agreement_knows_who_signs(record: str, code: str, place: str):
    """Parties, slots and replacements of one agreement fit together."""
    problem = only_problem(agreements=AGREEMENTS + f"- {record}\n")
    assert (problem.code, str(problem.location)) == (code, f"records/agreements.yaml:{place}")
    assert problem.fix


def test_a_business_agreement_of_two_is_in_order():
    """Counterparts alone may sign where the class says so; a slot of such a class names nobody."""
    slot = "- {id: x, class: BB, responsible: [ABC], slots: 3}\n"
    commitment = (
        "- {id: y, class: MU, responsible: [ABC], counterparts: [acme], commitments: [{party: ABC, what: z}]}\n"
    )
    assert problems_of(agreements=AGREEMENTS + slot + commitment) == ()


SLOT = "- {id: S, class: MU, responsible: [ABC], slots: 2}\n"
FILLS = "- {{id: {id}, class: {class_}, responsible: [ABC], counterparts: [acme, bolt], fills: S}}\n"


def test_a_slot_is_filled_by_its_own_class_and_never_over_the_brim():
    """As many agreements as there are places fill a slot, of its class, and no slot fills a slot."""
    two = SLOT + FILLS.format(id="F1", class_="MU") + FILLS.format(id="F2", class_="MU")
    assert problems_of(agreements=two) == ()
    three = only_problem(agreements=two + FILLS.format(id="F3", class_="MU"))
    assert (three.code, three.message) == ("slot-overfilled", "S has 2 slots, and agreement F3 is one more")
    other = only_problem(agreements=SLOT + FILLS.format(id="F1", class_="BB"))
    assert (other.code, other.message) == (
        "slot-of-other-class", "agreement F1 is of the class BB and fills S, which is of the class MU",
    )  # fmt: skip
    slot = only_problem(agreements=SLOT + "- {id: T, class: MU, responsible: [ABC], slots: 1, fills: S}\n")
    assert (slot.code, slot.message) == ("fills-no-slot", "agreement T fills S, and T is a slot record itself")


def test_events_fill_slots_like_agreements():
    """The same rules hold for events, by kind."""
    slot = "- {id: S, kind: fair, responsible: [ABC], slots: 1}\n"
    event = "- {id: E, kind: talk, responsible: [ABC], organisations: [acme, acme], fills: S}\n"
    assert briefly(problems_of(events=slot + event)) == [
        ("duplicate-party", "events.yaml:2:43"), ("slot-of-other-class", "events.yaml:2:72"),
    ]  # fmt: skip


def test_replacements_lead_to_an_end():
    """Nothing replaces itself around a corner, and nothing is replaced twice."""
    ring = "".join(A.format(more=f"replaces: A-{(i + 1) % 3}").replace("A-1,", f"A-{i},") for i in range(3))
    problem = only_problem(agreements=ring)
    assert (problem.code, problem.message) == ("replaces-itself", "agreement A-0 replaces itself, through A-1")
    twice = AGREEMENTS + "".join(
        f"- {{id: {name}, class: MU, responsible: [ABC], counterparts: [acme], replaces: A-1}}\n" for name in "xy"
    )
    problem = only_problem(agreements=twice)
    assert (problem.code, problem.message) == ("replaced-twice", "A-1 is replaced by x and by y")


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("2030-01-01", "1023-01-01", "bad-value", "4:1"),
        ("duration_months: 24", "duration_months: 0", "bad-value", "5:1"),
        ("duration_months: 24", "duration_months: 241", "bad-value", "5:1"),
        ("Europe/Brussels", "Europe/Brussel", "bad-value", "6:1"),
        ("Europe/Brussels", "Europe", "bad-value", "6:1"),
        ("Europe/Brussels", "../../etc/passwd", "bad-value", "6:1"),
        ("time_zone", "counting_from: 2033-01-01\ntime_zone", "wrong-order", "6:1"),
        ("time_zone", "counting_until: 2029-01-01\ntime_zone", "wrong-order", "6:1"),
        ("first_month: 1, last_month: 12}\ntasks", "first_month: 13, last_month: 12}\ntasks", "wrong-order", "8:30"),
        ("first_month: 1, last_month: 12}\ntasks", "first_month: 0, last_month: 12}\ntasks", "bad-value", "8:30"),
        ("leader: ABC, first_month: 1", "leader: ABC, first_month: 500", "bad-value", None),
        ("tasks", "reporting_periods: [{id: P1, first_day: 2030-02-01, last_day: 2030-01-01}]\ntasks", "wrong-order",
         "9:30"),
        ("tasks", "agencies: [{text: x, valid_from: 2030-02-01, valid_until: 2030-01-01}]\ntasks", "wrong-order",
         "9:22"),
        ("template: memo", "template: memo.docx", "unsafe-name", "12:33"),
        ("template: memo", "template: ../memo", "unsafe-name", "12:33"),
        ("template: memo", "template: CON", "unsafe-name", "12:33"),
        ("template: memo", "template: memo, folder: a/b", "unsafe-name", "12:49"),
        ("template: memo", "template: memo, folder: 'x.'", "unsafe-name", "12:49"),
        ("acronym: MOON", "acronym: M/N", "unsafe-name", "2:1"),
        ("grant_number: 000042", "grant_number: 'No. 42/7'\nreference_mask: '{grant}-{seq}'", "unsafe-name", "3:1"),
        ("time_zone", "reference_mask: X-{seq}\nregister_mask: X-{seq}\ntime_zone", "same-masks", "7:1"),
    ],
)  # fmt: skip
def test_the_project_makes_sense(old: str, new: str, code: str, place: str | None):
    """Days, months, names and masks of the project are such that documents and numbers can be made of them."""
    problems = problems_of(project=PROJECT.replace(old, new))
    assert [each.code for each in problems][:1] == [code]
    assert place is None or briefly(problems) == [(code, f"project.yaml:{place}")]
    assert all(each.fix for each in problems)


@pytest.mark.parametrize(
    ("mask", "message"),
    [
        ("{acronym}-{class}-{partner}-{year}-{seq:05}", "have 22 characters; at most 20 fit into a page's code"),
        ("{grant}.{grant}.{year}.{seq}", "have 22 characters; at most 20 fit into a page's code"),
        ("{class}_{partner}-{seq}", "hold '_', which a page's code cannot carry"),
    ],
)
def test_references_fit_the_code_on_each_page(mask: str, message: str):
    """The code on each page has room for 20 characters of a reference, all of them from the small set of a QR code."""
    problem = only_problem(project=PROJECT + f"reference_mask: '{mask}'\n")
    assert (problem.code, str(problem.location)) == ("reference-not-codable", "records/project.yaml:14:1")
    assert problem.message.endswith(message)
    assert problem.fix


def test_a_reference_of_twenty_characters_fits():
    """The longest that is taken; small letters are printed as capitals."""
    mask = "{acronym}-{class}-{partner}-x{year}{seq}"
    assert problems_of(project=PROJECT + f"reference_mask: '{mask}'\n") == ()


def test_a_short_class_with_an_odd_sign_is_found_beside_longer_ones():
    """Each class and each partner is looked at, not the longest only."""
    problem = only_problem(
        project=PROJECT + "  - {id: A_B, title: x, template: y}\n  - {id: LONG, title: x, template: y}\n"
    )
    assert problem.code == "reference-not-codable"
    assert "MOON-A_B-ABC-999" in problem.message


def test_an_id_that_stands_in_numbers_has_no_space():
    """Ids may end in a number behind a space (KPI 2); those of classes and partners stand in references."""
    problem = only_problem(project=PROJECT + "  - {id: MU 2, title: x, template: y}\n")
    assert (problem.code, str(problem.location)) == ("unsafe-name", "records/project.yaml:14:6")


def test_an_acronym_may_be_free_where_no_number_holds_it():
    """Only what stands in a number has to be safe in a file name."""
    masks = "acronym: M/N\nreference_mask: X-{class}-{seq}"
    assert problems_of(project=PROJECT.replace("acronym: MOON", masks)) == ()


@pytest.mark.parametrize(("month", "codes"), [("0", ["bad-value"]), ("241", ["bad-value"]), ("240", [])])
def test_a_month_is_one_a_project_can_have(month: str, codes: list[str]):
    """Months of the timeline and of deliverables are counted from 1."""
    timeline = f"months: [{{month: {month}}}]\n"
    cover = f"id: D1\nkind: plan\ntitle: x\ntemplate: plan\ncover: {{due_month: {month}}}\n"
    assert [each.code for each in problems_of(timeline=timeline)] == codes
    assert [each.code for each in problems_of(deliverables__D1=cover)] == codes


def test_an_acronym_is_valid_forward():
    """Validity ends after it begins."""
    more = "- {id: QRS, name: x, acronyms: [{name: A, valid_from: 2030-02-01, valid_until: 2030-01-01}]}\n"
    problem = only_problem(partners=PARTNERS + more)
    assert (problem.code, str(problem.location)) == ("wrong-order", "records/partners.yaml:3:43")


DELIVERABLE = (
    "id: D1\nkind: plan\ntitle: x\ntemplate: plan\nsections:\n  - {heading: h, level: 2, narrative: aims.md}\n"
)


def test_a_section_finds_its_narrative():
    """A narrative that a section names is there; the fix says where it belongs."""
    missing = only_problem(deliverables__D1=DELIVERABLE)
    assert (missing.code, str(missing.location)) == ("missing-narrative", "records/deliverables/D1.yaml:6:28")
    assert missing.fix == "write it as records/deliverables/D1/aims.md"


@pytest.mark.parametrize("level", ["0", "4"])
def test_a_heading_has_a_level(level: str):
    """Word templates style three levels."""
    text = DELIVERABLE.replace("level: 2, narrative: aims.md", f"level: {level}")
    problem = only_problem(deliverables__D1=text)
    assert (problem.code, str(problem.location)) == ("bad-value", "records/deliverables/D1.yaml:6:18")


def test_a_deliverable_is_named_as_its_file():
    """Two files cannot claim one id unseen."""
    problem = only_problem(deliverables__D2=DELIVERABLE.replace(", narrative: aims.md", ""))
    assert (problem.code, problem.message) == (
        "file-name-differs",
        "the file is named D2.yaml, and the id in it is 'D1'",
    )


@pytest.mark.parametrize(
    ("fields", "code", "at"),
    [
        ("first_day: 2029-12-31", "period-outside-project", 7),
        ("last_day: 2032-01-01", "period-outside-project", 7),
        ("period: P9", "unknown-id", 7),
        ("period: P2", "period-outside-project", 7),
        ("first_day: 2031-06-01\nlast_day: 2031-05-01", "wrong-order", 7),
    ],
)
def test_a_report_is_about_days_of_the_project(fields: str, code: str, at: int):
    """What lies outside the project, or ends before it begins, is told where the deliverable says so."""
    periods = "reporting_periods: [{id: P1, first_day: 2030-01-01, last_day: 2030-12-31},\n"
    periods += "  {id: P2, first_day: 2031-12-01, last_day: 2032-05-31}]\n"
    report = "id: D1\nkind: progress\ntitle: x\ntemplate: plan\nsections:\n  - {heading: A}\n"
    assert problems_of(project=PROJECT + periods, deliverables__D1=f"{report}period: P1\n") == ()
    problem = only_problem(project=PROJECT + periods, deliverables__D1=f"{report}{fields}\n")
    assert (problem.code, problem.location and problem.location.line) == (code, at)
    assert problem.fix
