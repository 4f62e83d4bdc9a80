"""Stand-ins for what is not there: a value the records lack, and a name the context does not have.

Both are undefined for Jinja, so `is defined` and `default` treat them as every template author expects; neither ever
raises, so that one rendering meets all of them. They write what they met into the current `Run` and decide nothing.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Self

from jinja2 import Undefined

from elca_docs.model.missing import Missing
from elca_docs.rendering.run import CLOSE, OPEN, RUN, Spot, UnknownUse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class Standin(Undefined):
    """What stands where a value is not there: undefined for Jinja, passed through by filters, printed in its own way.

    It never raises, so that one rendering meets every one of them; `_met` says what meeting it means. (Jinja declares
    that an undefined value's operators never return, hence the ignored types.)
    """

    __slots__ = ()

    def _met(self) -> Self:
        """Note that the template has used it, and return it."""
        return self

    def _chained(self, step: str) -> Standin:
        """Return what stands for a field or an entry of it."""
        raise NotImplementedError

    def __getattr__(self, name: str) -> Standin:
        """Return the stand-in of a field; Python's own names do not exist."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self._chained(f".{name}")

    def __getitem__(self, key: object) -> Standin:  # type: ignore[override]
        """Return the stand-in of an entry."""
        return self._chained(f".{key}" if isinstance(key, str) else f"[{key}]")

    def __call__(self, *_args: object, **_kwargs: object) -> Self:  # type: ignore[override]
        """A call of it prints as it does itself."""
        return self._met()

    def __iter__(self) -> Iterator[Self]:
        """A loop over it runs once, over itself, so that what is missing shows."""
        yield self._met()

    def __len__(self) -> int:
        """Return the number of turns a loop over it takes."""
        return 1

    def __bool__(self) -> bool:
        """It is false."""
        self._met()
        return False

    def __contains__(self, _entry: object) -> bool:
        """It holds nothing."""
        self._met()
        return False

    def __eq__(self, other: object) -> bool:
        """It equals nothing but itself."""
        self._met()
        return self is other

    def __ne__(self, other: object) -> bool:
        """It differs from everything but itself."""
        return not self == other

    def __hash__(self) -> int:
        """Return a number of its own."""
        return id(self)

    def __repr__(self) -> str:
        """In the print of a list it prints as it prints everywhere."""
        return str(self)

    def __format__(self, _form: str) -> str:
        """A format prints it as it prints everywhere."""
        return str(self)

    def _less(self, _other: object) -> bool:
        self._met()
        return False

    def _reckoned(self, *_other: object) -> Self:
        return self._met()

    def __add__(self, other: object) -> object:  # type: ignore[override]
        """With text, it is text with its print; with anything else, itself."""
        return str(self) + other if isinstance(other, str) else self._met()

    def __radd__(self, other: object) -> object:  # type: ignore[override]
        """As `__add__`, from the other side."""
        return other + str(self) if isinstance(other, str) else self._met()

    __lt__ = __le__ = __gt__ = __ge__ = _less  # type: ignore[assignment]
    __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _reckoned  # type: ignore[assignment]
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = _reckoned  # type: ignore[assignment]
    __neg__ = __pos__ = _reckoned  # type: ignore[assignment]


class MissingValue(Standin):
    """Stands for a value the records do not have yet; printing it shows `[label]`, marked, and lists it."""

    __slots__ = ("missing",)
    missing: Missing

    @classmethod
    def of(cls, missing: Missing) -> MissingValue:
        """Return the stand-in of a missing value."""
        value = cls(name=missing.field)
        value.missing = missing
        return value

    def _chained(self, step: str) -> MissingValue:  # noqa: ARG002 - every field of it is missing alike
        return self

    def __str__(self) -> str:
        """Return the readable placeholder between its marks, and list the missing value as printed."""
        met = RUN.get().missing
        if self.missing not in met:
            met[self.missing] = current_spot()
        return f"{OPEN}[{' '.join(self.missing.label.split())}]{CLOSE}"


class UnknownName(Standin):
    """Stands for a name the context does not have; any use but `is defined` and `default` is noted, once a line."""

    __slots__ = ("trail",)
    trail: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Jinja's signature
        super().__init__(*args, **kwargs)
        self.trail = ""

    def _chained(self, step: str) -> UnknownName:
        longer = UnknownName(obj=self._undefined_obj, name=self._undefined_name)
        longer.trail = self.trail + step
        return longer

    def _met(self) -> Self:
        spot = current_spot()
        use = UnknownUse(self._undefined_obj, self._undefined_name, self.trail, spot)
        RUN.get().unknown.setdefault((spot, self._undefined_name, self.trail), use)
        return self

    def __str__(self) -> str:
        """Return nothing: the document is refused."""
        self._met()
        return ""


def current_spot() -> Spot:
    """Return where the template that is running is; stand-ins are only ever met inside one."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - Jinja tells nobody where it is; the frame is the only way
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return Spot(template, frame.f_lineno)
        frame = frame.f_back
    message = "a stand-in was printed outside a template"
    raise RuntimeError(message)
