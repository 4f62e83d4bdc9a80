"""A value that a document needs and the records do not have: named so that a person can fill it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A field without a value. It is false in a condition, so a template can guard it.

    `label` is what a reader sees in a draft ("address of RAILGRUP"); `field` the name a template uses
    ("parties[1].address"); `record` and `key` where to write it ("organisations/railgrup", "legal.address");
    `owner` the partner to ask; `mandatory` whether a final document may not do without it.
    """

    label: str
    field: str
    record: str
    key: str
    owner: str
    mandatory: bool = True

    def __bool__(self) -> bool:
        """A missing value is false."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingField:
    """A missing mandatory field as a row of a partner's sheet, with all agreements that wait for it."""

    missing: Missing
    agreements: tuple[str, ...]
