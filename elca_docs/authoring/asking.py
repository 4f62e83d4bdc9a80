"""Which fields a template asks for, followed through loops, aliases, filters and guards. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from elca_docs.authoring.asks import Use
from elca_docs.authoring.paragraphs import PartReading, Reading, Tag
from elca_docs.authoring.schema import EACH, Path, dotted
from elca_docs.authoring.sources import Source, source_of
from elca_docs.authoring.spots import Spot
from elca_docs.authoring.statements import Walker


@dataclass(frozen=True, slots=True)
class Asked:
    """One use of a field. `path` as `parties.[].name`, through whatever loop variable or alias it was written.

    `use`: printed, tested in a condition, looped over, or used for something else (an argument, a calculation).
    `guarded`: an `if` around it, or `default`, makes sure that nothing is asked of what is not there. `forgiven`: it
    stands in `is defined` or `default` itself, or behind such a guard, so that even an unknown name does no harm.
    `direct`: it is printed or looped over as it is, through no filter.
    """

    steps: Path
    written: str
    use: Use
    guarded: bool
    forgiven: bool
    direct: bool
    part: PartReading
    tag: Tag

    @property
    def path(self) -> str:
        """Return the field's full name."""
        return dotted(self.steps)

    @property
    def spot(self) -> Spot:
        """Return where it is asked for."""
        return self.tag.spot()

    @property
    def looped(self) -> bool:
        """Whether it is asked of each entry of a list."""
        return EACH in self.steps


def asked_fields(reading: Reading) -> tuple[Asked, ...]:
    """Return every use of a field in the parts that are filled in, in document order.

    A tag that cannot be read asks for nothing; names that the template itself sets are followed to what they stand for.
    """
    return tuple(found for part in reading.parts if part.filled for found in asked_in(source_of(part)))


def asked_in(source: Source) -> Iterator[Asked]:
    """Yield every use of a field in a part; RecursionError where it is nested too deeply."""
    if source.tree is None:
        return
    walker = Walker()
    walker.walk(source.tree)
    for ask in walker.asks:
        tag = source.tag_at(ask.line)
        if tag is not None:
            yield Asked(ask.path, ask.written, ask.use, ask.guarded, ask.forgiven, ask.direct, source.part, tag)
