"""Queries that no one means well: an answer or a one-line error, soon, and never a traceback."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.conftest import SmallVault
from vaultdots.errors import QueryError
from vaultdots.search.index_sync import EngineName
from vaultdots.search.patterns import TIME_LIMIT
from vaultdots.search.searcher import Answer, Searcher, SearchOptions

SLOW = "(?:a|aa)+$"
"""Exponential even for the `regex` package, which sees through (a+)+$."""

HOSTILE = [
    "/(a+)+$/",
    "가" * 10_000,
    "a" * 10_000,
    "a" * 9_999 + "(",
    "((((((((((",
    "회고 " * 64,
    "-" * 500 + "a",
    "(" * 40 + "a" + ")" * 40,
    '"' * 99,
    "\0",
    "회\0고",
    "\ud800",
    "회고\udfff",
    "file:\ud800",
    "🎉👨‍👩‍👧",
    "%%",
    "* ? ~ ^ NEAR(a b) rowid:1",
    "name:x {name} : y",
    "'; DROP TABLE notes; --",
    "[" * 300,
    "[a:[b:[c:d]]]",
    "/(/",
    "/[/",
    "/\\/",
    "/(?R)/",
    "/(?P<a>x)(?P<a>y)/",
    "path:/(/",
    "tag:/(a+)+$/",
    "year:99999999999999999999",
    "year:0..9999999",
    "created:last 9999 years",
    "created:0000-00-00",
    "modified:>9999-12-31",
    "links-to:[[]]",
    "\u202e회고",
    "ﷺ" * 50,
    "İ" * 50,
    "e\u0301" * 3000,
]

NOTES = {"회고.md", "글.md"}


@pytest.fixture(params=["whoosh", "sqlite"])
def searcher(
    make_vault: Callable[[str, EngineName], SmallVault], request: pytest.FixtureRequest
) -> Searcher:
    small = make_vault("hostile", request.param)
    small.write(
        {"회고.md": "# 회고\n\n" + "a" * 400 + "! 회고\n", "글.md": "---\ntags: [aaa]\n---\n글\n"}
    )
    small.ask("회고")
    assert small.searcher
    return small.searcher


def asked(searcher: Searcher, query: str) -> Answer | None:
    try:
        return searcher.ask(query, SearchOptions())
    except QueryError as error:
        assert "\n" not in error.one_line()
        return None


@pytest.mark.timeout(60)
@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: repr(query[:12]))
def test_an_answer_or_one_line(searcher: Searcher, query: str) -> None:
    asked(searcher, query)
    assert [hit.path for hit in searcher.ask("회고").hits] == ["회고.md"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("query", [f"/{SLOW}/", f"line:/{SLOW}/", f"글 OR /{SLOW}/"])
def test_a_regex_runs_out_of_time_and_not_of_patience(searcher: Searcher, query: str) -> None:
    with pytest.raises(QueryError, match=f"longer than {TIME_LIMIT} s") as caught:
        searcher.ask(query)
    assert caught.value.offset == query.index("/")


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(query=st.text(max_size=30))
def test_any_text_is_a_query_or_an_error(searcher: Searcher, query: str) -> None:
    answer = asked(searcher, query)
    assert answer is None or {hit.path for hit in answer.hits} <= NOTES


# Each is a letter, digit or sign by itself and nothing once it is folded.
FOLDED_AWAY = "\u115f\u1160\u17b4\u17b5\u3164\uffa0\u0640\ufe70"


@pytest.mark.parametrize("form", ["{}", "#{}", '"{}"', "title:{}", "-{} a", "[{}:1]", "{} OR a"])
def test_letters_that_fold_to_nothing_are_no_words(searcher: Searcher, form: str) -> None:
    for char in FOLDED_AWAY:
        answer = asked(searcher, form.format(char))
        assert answer is None or {hit.path for hit in answer.hits} <= NOTES
