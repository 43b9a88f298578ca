"""Our `NamedTuple` is that of `typing`, but for the annotations, which stay as written."""

from __future__ import annotations

import pickle
from typing import NamedTuple as Typed

import pytest

from vaultdots.text.tuples import NamedTuple


class Place(NamedTuple):
    """Where something stands."""

    path: str
    line: int = 1
    ranges: tuple[tuple[int, int], ...] = ()

    @property
    def shown(self) -> str:
        """As an editor writes it."""
        return f"{self.path}:{self.line}"

    def below(self, lines: int) -> Place:
        """Further down."""
        return self._replace(line=self.line + lines)


class Meant(Typed):
    """What `typing` makes of the same fields."""

    path: str
    line: int = 1
    ranges: tuple[tuple[int, int], ...] = ()


def test_it_has_the_fields_and_defaults_of_typing() -> None:
    assert Place._fields == Meant._fields
    assert Place._field_defaults == Meant._field_defaults
    assert Place.__match_args__ == Meant.__match_args__
    assert tuple(Place("a.md")) == tuple(Meant("a.md")) == ("a.md", 1, ())
    assert Place("a.md", ranges=((1, 2),))._asdict() == {
        "path": "a.md",
        "line": 1,
        "ranges": ((1, 2),),
    }


def test_it_has_the_methods_and_the_words_of_its_class() -> None:
    assert Place("a.md", 3).below(4).shown == "a.md:7"
    assert Place.__doc__ == "Where something stands."
    assert (Place.__module__, Place.__qualname__) == (__name__, "Place")
    assert repr(Place("a.md")) == "Place(path='a.md', line=1, ranges=())"


def test_it_goes_to_another_process_and_comes_back() -> None:
    back = pickle.loads(pickle.dumps(Place("a.md", 2)))
    assert back == Place("a.md", 2)
    assert type(back) is Place


def test_its_annotations_are_those_that_were_written() -> None:
    assert Place.__annotations__ == {
        "path": "str",
        "line": "int",
        "ranges": "tuple[tuple[int, int], ...]",
    }


def test_a_field_without_a_default_cannot_follow_one_that_has_one() -> None:
    wrong = "class Wrong(NamedTuple):\n    a: int = 1\n    b: int\n"
    with pytest.raises(TypeError, match="Wrong: a field without a default"):
        exec(wrong, {"NamedTuple": NamedTuple, "__name__": __name__})


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(TypeError):
        Place("a.md", column=3)  # type: ignore[call-arg]
