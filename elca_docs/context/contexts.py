"""One agreement as the plain values that its template sees, exactly the fields of the table.

Nothing here knows a template, and nothing is printed blank: what the records do not have is a `Missing`, which says
what it is, where to write it and whom to ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elca_docs.context.parties import party_values, short_name
from elca_docs.context.project import mission_values, project_values
from elca_docs.context.scene import Scene
from elca_docs.context.words import Words
from elca_docs.model.missing import Missing
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class AgreementContext:
    """What a template sees, and what is missing of it.

    `values` follows the table of fields. `missing` holds the mandatory fields without a value, whatever the template
    prints, in the order of the parties and of the table, worded in the project's language for the officers who fill
    them; the placeholders in `values` are worded in the document's.
    """

    values: Values
    missing: tuple[Missing, ...]


def context_of(  # noqa: PLR0913 - keywords only: what the register and the task say about one document
    portfolio: Portfolio,
    agreement: Agreement,
    *,
    reference: str,
    version: int,
    as_of: date,
    language: str | None = None,
    draft: bool = True,
) -> AgreementContext:
    """Return the values of one document of an agreement.

    The language is the one asked for, else the agreement's, else the project's. Funding texts and people are those of
    `as_of`. The ids that the agreement names must be in the portfolio, as reading the records makes sure.
    """
    chosen = str(language or agreement.language or portfolio.project.language)
    scene = Scene(portfolio, agreement, as_of, Words(chosen))
    values: Values = {
        "reference": reference,
        "version": version,
        "is_draft": draft,
        "status_label": scene.words.mark("draft" if draft else "final"),
        "language": chosen,
        "agreement": _agreement(scene),
        "project": project_values(scene),
        "mission": mission_values(scene),
        **_parties(scene),
        **_substance(scene),
        "terms": _terms(scene),
    }
    return AgreementContext(values=values, missing=tuple(scene.wanted))


def _agreement(scene: Scene) -> Values:
    agreement, class_ = scene.agreement, scene.portfolio.class_by_id[scene.agreement.class_]
    titles = {str(language): title for language, title in class_.titles.items()}
    expected = agreement.expected
    return {
        "id": str(agreement.id),
        "class": str(class_.id),
        "title": titles.get(scene.words.language) or class_.title,
        "plural": class_.plural or scene.missing("agreement.plural", scene.in_project("classes")),
        "expected": scene.words.planned(expected)
        if expected
        else scene.missing("agreement.expected", scene.in_agreement("expected")),
        "confidential": agreement.confidential,
    }


def _parties(scene: Scene) -> Values:
    """Return the parties in the order of signing, and the shortcuts to the first partner and counterpart."""
    portfolio, agreement = scene.portfolio, scene.agreement
    signing = portfolio.parties_of(agreement)
    parties = {
        str(party.id): party_values(scene, party, number=number) for number, party in enumerate(signing, start=1)
    }

    def first(ids: tuple[str, ...], name: str, key: str) -> object:
        if not ids:
            return scene.missing(name, scene.in_agreement(key))
        return parties.get(str(ids[0])) or party_values(scene, portfolio.party(ids[0]))

    def joined(ids: tuple[str, ...], name: str, key: str) -> object:
        names = [portfolio.party(each).name for each in ids]
        return scene.words.joined(names) if names else scene.missing(name, scene.in_agreement(key))

    return {
        "parties": list(parties.values()),
        "partner": first(agreement.responsible, "partner", "responsible"),
        "partners": joined(agreement.responsible, "partners", "responsible"),
        "counterpart": first(agreement.counterparts, "counterpart", "counterparts"),
        "counterparts": joined(agreement.counterparts, "counterparts", "counterparts"),
    }


def _substance(scene: Scene) -> Values:
    """Return what the parties do together; only annexes may rightly be none."""
    agreement = scene.agreement
    commitments = [
        {"party": short_name(scene.portfolio.party(each.party)), "what": each.what} for each in agreement.commitments
    ]
    return {
        "areas": list(agreement.areas) or scene.missing("areas", scene.in_agreement("areas")),
        "commitments": commitments or scene.missing("commitments", scene.in_agreement("commitments")),
        "annexes": list(agreement.annexes),
    }


def _terms(scene: Scene) -> Values:
    """Return what the agreement says beyond the template; each is missing, and false, where it says nothing."""
    terms = scene.agreement.terms
    prevailing = terms.prevailing_language
    given: dict[str, str | int | None] = {
        "starts": terms.starts,
        "duration_months": terms.duration_months,
        "renewal": terms.renewal,
        "notice_days": terms.notice_days,
        "confidentiality_years": terms.confidentiality_years,
        "law": terms.law,
        "venue": terms.venue,
        "originals": terms.originals,
        "prevailing_language": scene.words.language_name(prevailing) if prevailing else None,
        "subject": terms.subject,
    }
    return {
        name: value or scene.missing(f"terms.{name}", scene.in_agreement(f"terms.{name}"))
        for name, value in given.items()
    }
