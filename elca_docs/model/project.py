"""The project itself: its grant, months, work packages and agreement classes, and texts with validity dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from elca_docs.model.masks import Mask
from elca_docs.model.record import Record
from elca_docs.model.values import Country, Day, Expected, Identifier, Language

MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPackage(Record):
    """A work package with its months, counted from the project's first month."""

    id: Annotated[Identifier, "Number of the work package: WP3."]
    title: Annotated[str, "Title."] = ""
    leader: Annotated[Identifier | None, "The partner that leads it."] = None
    first_month: Annotated[int | None, "First month (1 = the project's first month)."] = None
    last_month: Annotated[int | None, "Last month."] = None
    linked_to: Annotated[dict[str, str], "Other work packages it builds on, and with what."] = field(
        default_factory=dict
    )
    objectives: Annotated[tuple[str, ...], "Project objectives it serves, by their printed number."] = ()
    initiatives: Annotated[tuple[str, ...], "Initiatives it links with."] = ()
    themes: Annotated[tuple[str, ...], "Themes of those initiatives, as printed."] = ()
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """A task of a work package."""

    id: Annotated[Identifier, "Number of the task: T3.1."]
    work_package: Annotated[Identifier, "The work package it belongs to."]
    title: Annotated[str, "Title, where it is known."] = ""
    leader: Annotated[Identifier | None, "The partner that leads it."] = None
    participants: Annotated[tuple[Identifier, ...], "The partners that take part, besides the leader."] = ()
    first_month: Annotated[int | None, "First month."] = None
    last_month: Annotated[int | None, "Last month."] = None
    inputs: Annotated[tuple[str, ...], "What it builds on."] = ()
    stakeholders: Annotated[tuple[str, ...], "Whom it addresses."] = ()
    contacts: Annotated[tuple[str, ...], "Contacts it starts from."] = ()
    example_sectors: Annotated[tuple[str, ...], "Sectors named as examples."] = ()
    remark: Annotated[str, "What is uncertain about it; never printed."] = ""
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingPeriod(Record):
    """A period that is reported on."""

    id: Annotated[Identifier, "Short id: P1."]
    first_day: Annotated[Day, "First day."]
    last_day: Annotated[Day, "Last day."]
    report_within_days: Annotated[int | None, "Days after the period within which the report is due."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementClass(Record):
    """A kind of agreement: its title on paper, its template, and who its parties are."""

    id: Annotated[Identifier, "The code that stands in references: CA."]
    title: Annotated[str, "Title on paper."]
    plural: Annotated[str, "Plural, for tables."] = ""
    titles: Annotated[dict[Language, str], "Title on paper in other languages."] = field(default_factory=dict)
    template: Annotated[str, "Name of the Word template without folder and ending: cooperation."]
    parties: Annotated[
        Literal["partners and counterparts", "counterparts"],
        "Who signs: the responsible partners with the counterparts, or the counterparts among themselves.",
    ] = "partners and counterparts"
    folder: Annotated[str, "Name of its folder below output/agreements; the code where empty."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedText(Record):
    """A text that is right only between two days: a disclaimer, the name of an agency."""

    text: Annotated[str, "The text."]
    short: Annotated[str, "Its short form."] = ""
    translations: Annotated[dict[Language, str], "The text in other languages."] = field(default_factory=dict)
    valid_from: Annotated[Day | None, "First day of validity."] = None
    valid_until: Annotated[Day | None, "Last day of validity."] = None
    source: Annotated[str, "Where it comes from."] = ""

    def valid_on(self, day: date) -> bool:
        """Whether the text is right on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector(Record):
    """A sector of industry."""

    id: Annotated[Identifier, "Short id."]
    name: Annotated[str, "Name."]
    detail: Annotated[tuple[str, ...], "Examples or parts."] = ()
    beyond_mobility: Annotated[bool, "Whether it lies outside the project's home sectors."] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Record):
    """The project: what stands in project.yaml."""

    title: Annotated[str, "Full title."]
    acronym: Annotated[str, "Acronym; it stands in references."]
    programme: Annotated[str, "Funding programme."] = ""
    call: Annotated[str, "Call or action type, in words."] = ""
    grant_number: Annotated[str, "Number of the grant agreement: the one name that is unique."]
    start: Annotated[Day, "First day of the project."]
    duration_months: Annotated[int, "Duration in months."]
    language: Annotated[Language, "Language of documents, unless a record says otherwise."] = Language("en")  # noqa: RUF009 - immutable
    time_zone: Annotated[str, "Time zone in which a day ends (IANA name)."] = "UTC"
    country_names: Annotated[dict[Country, str], "Names of countries that should be printed differently."] = field(
        default_factory=dict
    )
    reference_mask: Annotated[Mask, "Pattern of references."] = Mask("{acronym}-{class}-{partner}-{seq:03}")  # noqa: RUF009
    register_mask: Annotated[Mask, "Pattern of register numbers."] = Mask("R-{year}-{seq:03}")  # noqa: RUF009 - immutable
    counting_from: Annotated[Day | None, "First day that counts; the project's first day where empty."] = None
    counting_until: Annotated[Day | None, "Last day that counts; the project's last day where empty."] = None
    work_packages: Annotated[tuple[WorkPackage, ...], "Work packages."] = ()
    tasks: Annotated[tuple[Task, ...], "Tasks."] = ()
    reporting_periods: Annotated[tuple[ReportingPeriod, ...], "Reporting periods."] = ()
    classes: Annotated[tuple[AgreementClass, ...], "Agreement classes."] = ()
    agencies: Annotated[tuple[DatedText, ...], "Official names of the funding agency, each with its validity."] = ()
    disclaimers: Annotated[tuple[DatedText, ...], "Disclaimers; {agency} is replaced by the agency of the day."] = ()
    funding_statements: Annotated[tuple[DatedText, ...], "Funding lines; {programme}, {grant} are replaced."] = ()
    approved_templates_only: Annotated[
        bool, "Whether what is made from a template goes out only if somebody approved it; a text at hand is not asked."
    ] = False
    retention_years: Annotated[int | None, "Years for which records are kept after the final payment."] = None
    balance_paid_on: Annotated[Day | None, "Day of the final payment, once known."] = None
    sectors: Annotated[tuple[Sector, ...], "Sectors, home ones and those beyond."] = ()
    markets: Annotated[tuple[str, ...], "Target markets."] = ()
    homonyms: Annotated[tuple[str, ...], "Others that bear the same acronym."] = ()
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)

    @property
    def end(self) -> date:
        """The last day of the project: the end of its last month."""
        return month_end(self.start, self.duration_months)

    @property
    def window(self) -> tuple[date, date]:
        """The first and the last day that count toward indicators (default: the grant period)."""
        return (self.counting_from or self.start, self.counting_until or self.end)


def project_month(start: date, index: int) -> Expected:
    """Return the calendar month that is project month `index`, counted from 1 (M1 holds the project's first day)."""
    year, month = divmod(start.year * MONTHS_OF_YEAR + start.month - 1 + index - 1, MONTHS_OF_YEAR)
    return Expected(year, month + 1)


def month_end(start: date, index: int) -> date:
    """Return the last day of project month `index` (EU convention: a due month means its end)."""
    return project_month(start, index).last_day


def month_index(start: date, day: date) -> int:
    """Return the project month that a day falls into, counted from 1; days before the start give 0 or less."""
    return (day.year - start.year) * MONTHS_OF_YEAR + day.month - start.month + 1


def text_on(texts: tuple[DatedText, ...], day: date) -> DatedText | None:
    """Return the text that is valid on a day: of several the one that began last, then the one that ends first."""
    valid = [text for text in texts if text.valid_on(day)]
    return min(valid, key=_narrowness, default=None)


def _narrowness(text: DatedText) -> tuple[int, int, str]:
    """Return the sort key that puts the narrowest validity first; of equal ones the wording decides, not the order."""
    begins, ends = text.valid_from or date.min, text.valid_until or date.max
    return (-begins.toordinal(), ends.toordinal(), text.text)
