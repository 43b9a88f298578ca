"""What is asked of properties: comparisons, ranges, several of them, nothing at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.conftest import SmallVault
from vaultdots.errors import QueryError
from vaultdots.search.comparisons import compares, read_bound
from vaultdots.search.searcher import SearchOptions

TODAY = date(2025, 3, 12)
VALUES = {
    "deadline": ["2025-01-15", "2025-06-01", "2024-12", "2024", "2024-12-30 10:00", "미정", "5"],
    "rating": ["1", "3", "4.0", "5", "-3", "[1, 5]", "n/a", "3점"],
    "version": ["2.9.1", "2.13.0", "v2.10", "2.13.0-rc1", "'2.13'", "latest"],
    "status": ["", "Draft", "Done", "'null'"],
    "author": ["한강", "이미예"],
}


@pytest.fixture
def valued(vault: SmallVault) -> SmallVault:
    vault.write(
        {
            f"{key}/{number}.md": f"---\n{key}: {value}\n---\n# {key}\n"
            for key, values in VALUES.items()
            for number, value in enumerate(values)
        }
    )
    return vault


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("[deadline:<=2025]", "2025-01-15|2025-06-01|2024-12|2024|2024-12-30 10:00|5"),
        ("[deadline:<=2024]", "2024-12|2024|2024-12-30 10:00|5"),
        ("[deadline:<=2025-01]", "2025-01-15|2024-12|2024|2024-12-30 10:00"),
        ("[deadline:<=2025-06]", "2025-01-15|2025-06-01|2024-12|2024|2024-12-30 10:00"),
        ("[deadline:>2024]", "2025-01-15|2025-06-01"),
        ("[deadline:>=2024-12]", "2025-01-15|2025-06-01|2024-12|2024-12-30 10:00"),
        ("[deadline:<2024-12]", "2024"),
        ("[deadline:<올해]", "2024-12|2024|2024-12-30 10:00"),
        ("[deadline:<last-year]", ""),
        ("[deadline:<=last year]", "2024-12|2024|2024-12-30 10:00"),
        ('[deadline:>"this month"]', "2025-06-01"),
        ("[deadline:<9]", "5"),
        ("[deadline:2025-01..2025-12]", "2025-01-15|2025-06-01"),
        ("[deadline:2023..2024]", "2024-12|2024|2024-12-30 10:00"),
        ("[deadline:작년..2025-01]", "2025-01-15|2024-12|2024|2024-12-30 10:00"),
        ("[deadline:2025-02..]", "2025-06-01"),
        ("[deadline:>=2024-12-30T09:30]", "2025-01-15|2025-06-01|2024-12-30 10:00"),
        ("[rating:<2 OR >4]", "1|5|-3|[1, 5]"),
        ("[rating:3..4]", "3|4.0"),
        ("[rating:..1]", "1|-3|[1, 5]"),
        ("[rating:-3]", "-3"),
        ("[rating:-3 OR 5]", "-3|5|[1, 5]"),
        ("[rating:-3..1]", "1|-3|[1, 5]"),
        ("[rating:-n/a]", "1|3|4.0|5|-3|[1, 5]|3점"),
        ("[version:>2.9]", "2.9.1|2.13.0|v2.10|2.13.0-rc1"),
        ("[version:>=v2.13]", "2.13.0|'2.13'"),
        ("[version:>2.9.1]", "2.13.0|v2.10|2.13.0-rc1|'2.13'"),
        ("[version:<2.13.0]", "2.9.1|v2.10|2.13.0-rc1"),
        ("[version:v2.9..v2.10]", "2.9.1|v2.10"),
        ("[status:null]", ""),
        ("[status:NULL OR Draft]", "|Draft"),
        ("[status:-null]", "Draft|Done|'null'"),
        ('[status:"null"]', "'null'"),
        ("[author:>이]", "한강|이미예"),
        ("[author:<한]", "이미예"),
    ],
)
def test_found(valued: SmallVault, query: str, wanted: str) -> None:
    key = query[1:].partition(":")[0]
    hits = valued.ask(query, SearchOptions(limit=None, today=TODAY))
    found = {VALUES[key][int(hit.path.partition("/")[2].removesuffix(".md"))] for hit in hits}
    nothing = set() if not hits else {""}
    assert found == (set(wanted.split("|")) if wanted else nothing)


def test_an_empty_value_is_null(valued: SmallVault) -> None:
    assert [hit.path for hit in valued.ask("[status:Null]")] == ["status/0.md"]


@pytest.mark.parametrize(
    ("query", "offset", "message"),
    [
        ("[deadline:<2025-02-30]", 10, "no such date"),
        ("[rating:4..3]", 8, "ends before it begins"),
        ("[deadline:올해..2024]", 10, "ends before it begins"),
        ("[deadline:3..2024-05]", 10, "between two"),
        ("[rating:3..many]", 8, "between two"),
        ("created:2024..2022", 8, "ends before it begins"),
        ("year:2024..2022", 5, "ends before it begins"),
        ("year:2023-05", 5, "no year"),
        ("year:(2022 OR 2023-05)", 14, "no year"),
        ("kind:(review OR novel)", 16, "no kind of note"),
    ],
)
def test_what_cannot_be_read(valued: SmallVault, query: str, offset: int, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        valued.ask(query, SearchOptions(today=TODAY))
    assert caught.value.offset == offset


VALUE = st.one_of(
    st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none(),
    st.text(max_size=8), st.dates().map(str), st.just(10**400),
    st.from_regex(r"v?\d+(\.\d+)*(-rc\d)?", fullmatch=True),
)  # fmt: skip


@given(VALUE, VALUE.map(str))
def test_a_value_lies_on_one_side_at_most(value: object, text: str) -> None:
    bound = read_bound(text, TODAY)
    if bound is None:
        return
    below, above = compares(value, "<", bound), compares(value, ">", bound)
    assert not (below and above)
    if bound.days is None or bound.number is not None:
        assert not (below and not compares(value, "<=", bound))
