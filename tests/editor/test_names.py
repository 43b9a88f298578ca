"""Which names are offered, in which order: what is left out at once is never among the first."""

from __future__ import annotations

from heapq import nsmallest

from hypothesis import given
from hypothesis import strategies as st

from vaultdots.editor.name_match import Name, Table, ranked, sought_in, tier_of
from vaultdots.text.names import name_key

_PARTS = st.sampled_from(("도커", "docker", "메모", "go", "기록 ", "ㄷ", "골", " ", "memo", "-"))
_SPELLED = st.lists(_PARTS, min_size=1, max_size=4).map("".join).filter(str.strip)
_VIAS = st.sampled_from(("name", "alias", "title", "placeholder", "attachment"))
_NAMES = st.lists(
    st.builds(
        lambda spelled, folder, via, weight: Name(
            spelled, name_key(spelled), f"{folder}/{spelled}.md", via, "note", weight
        ),
        _SPELLED,
        st.sampled_from("abc"),
        _VIAS,
        st.sampled_from((0.0, 0.7, 2.5)),
    ),
    max_size=40,
)
_ORDER = {"name": 0, "alias": 0, "title": 0, "placeholder": 1, "attachment": 2}


@given(
    disk=_NAMES,
    opened=_NAMES,
    typed=st.sampled_from(("도ㅋ", "ㄷ", "do", "메모", "go", "골", "기록", "memo go", "o", "돜")),
    limit=st.integers(1, 12),
    via=st.sampled_from((None, frozenset(("name", "title")))),
)
def test_the_first_names_are_those_of_a_full_look(
    disk: list[Name], opened: list[Name], typed: str, limit: int, via: frozenset[str] | None
) -> None:
    tables = Table(disk), Table(opened)
    tables[0].hidden = frozenset(name.path for name in opened)
    sought = sought_in(typed)
    every = [
        (tier, _ORDER[name.via], -name.weight, len(name.key), name)
        for table in tables
        for number, name in enumerate(table.names)
        if (via is None or name.via in via)
        and table.shows(name)
        and (tier := tier_of(table, number, sought)) is not None
    ]
    assert ranked(tables, typed, limit, via) == [row[-1] for row in nsmallest(limit, every)]


def test_thousands_that_hold_what_is_typed_are_not_all_looked_at() -> None:
    names = [
        Name(f"회의 메모 {n}", f"회의 메모 {n}", f"{n}.md", "name", "note", n) for n in range(3000)
    ]
    table = Table(names)
    found = table.fitting(sought_in("메모"), 50, None)
    assert len(found) == 50
    assert ranked([table], "메모", 50, None) == names[:-51:-1]
