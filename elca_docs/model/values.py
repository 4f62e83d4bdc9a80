"""Value types that read themselves from a record's text: Day, Expected, Country, Language, Identifier.

All scalars of a record arrive as text (`0042` keeps its zeros, `NO` stays Norway); each type here owns its parser.
`parse` raises ValueError with one sentence that also says what to write instead.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*(?: [0-9]+)?")
_IDENTIFIER_LENGTH = 64


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ISO 3166-1 alpha-2, officially assigned codes.
_COUNTRIES = _codes(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)

# What EU forms write for two countries, and ISO 3166-1 does not.
_ISO_FOR = {"EL": "GR", "UK": "GB"}

# ISO 639-1, without the codes that were withdrawn.
_LANGUAGES = _codes(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja "
    "jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb "
    "nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq "
    "sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)

COUNTRIES: tuple[str, ...] = tuple(sorted(_COUNTRIES))
"""The codes that `Country` accepts, for a drop-down."""
LANGUAGES: tuple[str, ...] = tuple(sorted(_LANGUAGES))
"""The codes that `Language` accepts, for a drop-down."""

# Names that Windows keeps for devices, whatever the ending of the file.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


class TextValue:
    """A value that is read from text; a validator finds its parser through the hook below, without being imported."""

    __slots__ = ()
    schema_pattern: ClassVar[str | None] = None
    schema_hint: ClassVar[str] = ""
    schema_examples: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def parse(cls, text: object) -> Self:
        """Return the value that the text means; ValueError says what to write instead."""
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> dict[str, Any]:  # noqa: ANN401 - pydantic's signature
        """Tell pydantic, where it is used, to call `parse`."""
        return {"type": "function-plain", "function": {"type": "no-info", "function": cls.parse}}


class Day(date, TextValue):
    """A calendar day, written YYYY-MM-DD and in no other way: `03.09.21` may be read month-first."""

    __slots__ = ()
    schema_pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    schema_hint = "A day, written YYYY-MM-DD."
    schema_examples = ("2021-10-25", "2022-01-31")

    @classmethod
    def parse(cls, text: object) -> Self:
        """Return the day that an ISO text names."""
        if isinstance(text, date):
            return cls(text.year, text.month, text.day)
        if isinstance(text, str) and _ISO_DAY.fullmatch(text):
            try:
                return cls.fromisoformat(text)
            except ValueError as error:
                message = f"'{text}' is not a day of the calendar"
                raise ValueError(message) from error
        message = f"'{text}' is not a day; write it as 2021-10-25"
        raise ValueError(message)


@dataclass(frozen=True, slots=True, order=True)
class Expected(TextValue):
    """A planned date in the precision in which it was planned: a month (2021-10) or a day (2021-10-25).

    `day` is 0 when only the month is known. What falls due on it is overdue from the day after `last_day`
    (DESIGN.md: end of month when only the month is known).
    """

    schema_pattern: ClassVar[str | None] = "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"
    schema_hint: ClassVar[str] = "A month (YYYY-MM) or a day (YYYY-MM-DD)."
    schema_examples: ClassVar[tuple[str, ...]] = ("2021-10", "2021-10-25")

    year: int
    month: int
    day: int = 0

    @classmethod
    def parse(cls, text: object) -> Self:
        """Return the planned date that `2021-10` or `2021-10-25` means."""
        if isinstance(text, cls):
            return text
        month = _ISO_MONTH.fullmatch(text) if isinstance(text, str) else None
        if month and 1 <= int(month[2]) <= 12 and int(month[1]) > 0:  # noqa: PLR2004 - months of a year
            return cls(int(month[1]), int(month[2]))
        if isinstance(text, str) and _ISO_DAY.fullmatch(text):
            day = Day.parse(text)
            return cls(day.year, day.month, day.day)
        message = f"'{text}' is not a planned date; write a month as 2021-10 or a day as 2021-10-25"
        raise ValueError(message)

    @property
    def first_day(self) -> date:
        """The first day that the planned date can mean."""
        return date(self.year, self.month, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day that the planned date can mean."""
        return date(self.year, self.month, self.day or calendar.monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        """Return the ISO form in the precision that is known."""
        return f"{self.year:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


class Country(str, TextValue):
    """A country as ISO 3166-1 alpha-2 code."""

    __slots__ = ()
    schema_pattern = "^[A-Z]{2}$"
    schema_hint = "A country as two capital letters (ISO 3166-1): DE, ES, US."
    schema_examples = ("DE", "ES")

    @classmethod
    def parse(cls, text: object) -> Self:
        """Return the country that a two-letter code names."""
        if isinstance(text, str) and text in _COUNTRIES:
            return cls(text)
        example = _ISO_FOR.get(str(text), "DE or NO")
        message = f"'{text}' is not a country code; write two capital letters (ISO 3166-1), such as {example}"
        raise ValueError(message)


class Language(str, TextValue):
    """A language as ISO 639-1 code, two small letters."""

    __slots__ = ()
    schema_pattern = "^[a-z]{2}$"
    schema_hint = "A language as two small letters (ISO 639-1): en, es, de."
    schema_examples = ("en", "es")

    @classmethod
    def parse(cls, text: object) -> Self:
        """Return the language that a two-letter code names."""
        if isinstance(text, str) and text in _LANGUAGES:
            return cls(text)
        message = f"'{text}' is not a language code; write two small letters (ISO 639-1), such as en or es"
        raise ValueError(message)


class Identifier(str, TextValue):
    """The id of a record: letters, digits and . _ + -, so that it is safe in a file name, a flag and a formula.

    One trailing number behind a space is allowed, for indicators ("KPI 2").
    """

    __slots__ = ()
    schema_pattern = "^[A-Za-z0-9][A-Za-z0-9._+-]*( [0-9]+)?$"
    schema_hint = "An id: letters, digits and . _ + - without spaces; it never changes once used."

    @classmethod
    def parse(cls, text: object) -> Self:
        """Return the identifier that the text spells."""
        if not (isinstance(text, str) and len(text) <= _IDENTIFIER_LENGTH and _IDENTIFIER.fullmatch(text)):
            message = f"'{text}' is not an id; use letters, digits and . _ + -, at most {_IDENTIFIER_LENGTH} of them"
            raise ValueError(message)
        if text.endswith(".") or text.split(".")[0].casefold() in _DEVICES:
            example = f"id-{text.rstrip('.')}"
            message = f"'{text}' is not an id: Windows allows no file of that name; write for example '{example}'"
            raise ValueError(message)
        return cls(text)
