"""Something else in one place of an answer: every reader of a forge must refuse it by its name."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from qms_docs.words.errors import QmsError

Told = dict[str, object]


def planted(*keys: str | int, value: object) -> Callable[[Told], None]:
    """Return what puts a value into a place of an answer."""

    def change(told: Told) -> None:
        inner: Any = told
        for key in keys[:-1]:
            inner = inner[key]
        inner[keys[-1]] = value

    return change


def assert_refused(
    read: Callable[[Told], object], whole: Told, change: Callable[[Told], None], field: str
) -> None:
    """Change a whole answer: it must be refused, and the field named."""
    told = copy.deepcopy(whole)
    change(told)
    with pytest.raises(QmsError) as raised:
        read(told)
    assert (raised.value.key, raised.value.values["field"]) == ("forge-field", field)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def places(value: Any, before: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return where anything stands in an event."""
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [before, *(place for key, each in inside for place in places(each, (*before, key)))]
