"""The language of a template: Jinja in its immutable sandbox, with named filters, and nothing else within reach.

docxtpl's language is plain Jinja; what is left out of it here is what could run code, read files, give another result
on another day or print a value unescaped. Two environments share every compiled template: one for our drafts and final
documents (a name the context does not have is an error), one for docxtpl's own behaviour (it prints nothing).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import Undefined
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup

from elca_docs.rendering import budget
from elca_docs.rendering.standins import Standin, UnknownName
from elca_docs.rendering.values import Formatted

# Jinja's filters but `attr` (reaches attributes by name), `safe`, `tojson`, `urlize` and `xmlattr` (print unescaped),
# `pprint` (prints Python) and `random` (another result each time).
JINJA_FILTERS = frozenset(FILTERS) - {"attr", "pprint", "random", "safe", "tojson", "urlize", "xmlattr"}
_KEEPS_STANDINS = frozenset({"default", "d"})


def check(value: object) -> str:
    """Return a ticked or an empty box."""
    return "\u2612" if value else "\u2610"


def unbroken(value: object) -> str:
    """Return the text with spaces and hyphens at which Word breaks no line."""
    return str(value).replace(" ", "\u00a0").replace("-", "\u2011")


_PLAIN_KINDS = frozenset({str, int, float, bool, type(None), Markup, Formatted})


def printed(value: object) -> object:
    """Return what a tag prints; TypeError for what has no text but Python's own, which names a place in memory."""
    if type(value) in _PLAIN_KINDS or isinstance(value, Undefined):
        return value
    if callable(value) or hasattr(value, "__next__"):
        message = "it prints a method or an unfinished list; call it with (), or end the tag with |list or |join(', ')"
        raise TypeError(message)
    return value


OWN_FILTERS: dict[str, Callable[..., Any]] = {"check": check, "unbroken": unbroken}
# Put into templates by `parts`; a template cannot spell them, for their names hold a space.
COUNTED, MEASURED = "counted loop", "measured value"

_METHODS: tuple[tuple[type, frozenset[str]], ...] = tuple(
    (kind, frozenset(names.split()))
    for kind, names in (
        (
            str,
            (
                "capitalize casefold center count endswith find format index isalnum isalpha isascii isdecimal isdigit "
                "islower isnumeric isspace istitle isupper join ljust lower lstrip partition removeprefix removesuffix "
                "replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title "
                "upper zfill"
            ),
        ),
        (dict, "get items keys values"),
        (list, "count index"),
        (tuple, "count grouper index list"),
        (date, "day isoformat isoweekday month strftime weekday year"),
        (int, "denominator imag numerator real"),
        (float, "is_integer"),
        (Decimal, ""),
    )
)
_OPEN_KINDS = (LoopContext, Namespace, Cycler, Joiner, Macro, TemplateReference, BlockReference)
_DICT_NAMES = frozenset(dir(dict))


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox over plain values: methods by a list, growth within a budget, unsafe access always an error."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    concat = staticmethod(budget.joined)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's signature
        """Return a field; a dict is asked for it without the detour over Python's attributes."""
        if type(obj) is dict and attribute not in _DICT_NAMES:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - Jinja's signature
        """Return whether a template may reach the attribute."""
        if not super().is_safe_attribute(obj, attr, value):
            return False
        for kind, names in _METHODS:
            if isinstance(obj, kind):
                return attr in names
        return isinstance(obj, (*_OPEN_KINDS, Undefined))

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:  # noqa: ANN401, ARG002 - Jinja's signature
        """Refuse at once, so that no test or filter can look past it."""
        message = f"'{attribute}' is out of a template's reach"
        raise SecurityError(message)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Jinja's signature
        """Call within the budget."""
        if isinstance(obj, Standin):
            return obj()
        arguments = budget.bounded_call(obj, args)
        made = super().call(context, obj, *arguments, **kwargs)
        return budget.measured(made) if isinstance(made, str) else made

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401, ARG002 - Jinja's signature
        """Reckon within the budget."""
        return budget.operated(operator, left, right, self.binop_table[operator])

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:  # noqa: ANN401 - Jinja's signature
        """Return Jinja's guarded `format`, for narrow formats only."""
        guarded = super().wrap_str_format(value)
        if guarded is None:
            return None
        budget.narrow(value.__self__)
        return guarded


def _environment(undefined: type[Undefined]) -> TemplateEnvironment:
    environment = TemplateEnvironment(autoescape=True, undefined=undefined, finalize=printed, cache_size=0)
    filters: dict[str, Callable[..., Any]] = {name: FILTERS[name] for name in sorted(JINJA_FILTERS)} | OWN_FILTERS
    environment.filters = {
        name: function if name in _KEEPS_STANDINS else budget.bounded_filter(name, function)
        for name, function in filters.items()
    } | {COUNTED: budget.counted, MEASURED: budget.measured}
    environment.globals = {
        "range": budget.bounded_range,
        "dict": budget.bounded_dict,
        "cycler": Cycler,
        "joiner": Joiner,
        "namespace": Namespace,
    }
    return environment


STRICT = _environment(UnknownName)
LENIENT = _environment(Undefined)


def filter_names(own: Iterable[str] | None) -> frozenset[str]:
    """Return the names of all filters a template may use, with all or only the named ones of our own."""
    chosen = frozenset(OWN_FILTERS if own is None else own)
    if chosen - OWN_FILTERS.keys():
        message = f"no filter is called {min(chosen - OWN_FILTERS.keys())!r}; there are {sorted(OWN_FILTERS)}"
        raise ValueError(message)
    return JINJA_FILTERS | chosen
