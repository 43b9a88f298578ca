"""What a query says: text in, tree out; or the place where it cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultdots.errors import QueryError
from vaultdots.search.operators import operator_meant
from vaultdots.search.parse import parse_query
from vaultdots.search.query import (
    And,
    Case,
    Fact,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Property,
    Within,
    Word,
)


def shown(node: Node) -> str:
    """A tree on one line."""
    match node:
        case Word(text):
            return text
        case Phrase(text):
            return f'"{text}"'
        case Pattern(source):
            return f"/{source}/"
        case And(parts):
            return "(" + " & ".join(map(shown, parts)) + ")"
        case Or(parts):
            return "(" + " | ".join(map(shown, parts)) + ")"
        case Not(part):
            return "!" + shown(part)
        case Within(scope, part):
            return f"{scope}:{shown(part)}"
        case Case(sensitive, part):
            return ("Aa:" if sensitive else "aa:") + shown(part)
        case Fact(name, value):
            return f"{name}={value}"
        case Property(key, value, compare, bound):
            said = value if isinstance(value, str) else shown(value) if value else ""
            return f"[{shown(key)} {compare}{bound}{said}]"


READ = [
    ("회고 목표", "(회고 & 목표)"),
    ("meeting work OR meetup personal", "((meeting & work) | (meetup & personal))"),
    ("meeting (work OR meetup) personal", "(meeting & (work | meetup) & personal)"),
    ("meeting -(work meetup)", "(meeting & !(work & meetup))"),
    ("a AND b", "(a & b)"),
    ("--a", "!!a"),
    ("--force", "--force"),
    ("git -push --force", "(git & !push & --force)"),
    ('"they said \\"hello\\" to"', '"they said "hello" to"'),
    ("“star wars”", '"star wars"'),
    ("tag:#work/a", "tag:work/a"),
    ("#회고 C#", "(tag:회고 & C#)"),
    ('path:"Daily notes/2022-07" file:.jpg', '(path:"Daily notes/2022-07" & file:.jpg)'),
    (r"path:/\d{4}-\d{2}/ /(a+)+$/", r"(path:/\d{4}-\d{2}/ & /(a+)+$/)"),
    ("/etc/passwd a/b", "(/etc/passwd & a/b)"),
    ("line:(mix flour)", "line:(mix & flour)"),
    ("task-todo:(call OR email)", "task-todo:(call | email)"),
    ("section:(dog -cat)", "section:(dog & !cat)"),
    ("match-case:HappyCat ignore-case:ikea", "(Aa:HappyCat & aa:ikea)"),
    ("match-case:title:X", "Aa:title:X"),
    ("[aliases]", "[aliases ]"),
    ("[aliases:null]", "[aliases null]"),
    ("[duration:<5]", "[duration <5]"),
    ("[날짜:>=2023-01-01]", "[날짜 >=2023-01-01]"),
    ("[status:Draft OR Published]", "[status (Draft | Published)]"),
    ('[read status:"x y"]', '[read status "x y"]'),
    ("kind:review year:2023..2024", "(kind=review & year=2023..2024)"),
    ('created:"last month" modified:>2025-03', "(created=last month & modified=>2025-03)"),
    ("links-to:[[노트]] is:orphan", "(links-to=[[노트]] & is=orphan)"),
    ("http://x.y 12:30", "(http://x.y & 12:30)"),
    ("회고 — … -", "회고"),
    ("TITLE:a", "title:a"),
    # what is asked of properties
    ("[neg:-3]", "[neg =-3]"),
    ("[neg:-3 OR -4.5]", "([neg =-3] | [neg =-4.5])"),
    ("[a:b -3]", "[a (b & !3)]"),
    ("[a:-b]", "[a !b]"),
    ("[a:-2025-01]", "[a !2025-01]"),
    ("[rating:<2 OR >4]", "([rating <2] | [rating >4])"),
    ("[rating:(<2 OR >4)]", "([rating <2] | [rating >4])"),
    ("[a:(<2 OR >4) <5]", "(([a <2] | [a >4]) & [a <5])"),
    ("[rating:>2 <5]", "([rating >2] & [rating <5])"),
    ("[rating:>4 OR none OR n/a]", "([rating >4] | [rating none] | [rating n/a])"),
    ('[due:< "last year" OR null]', "([due <last year] | [due null])"),
    ("[due:<2024년 3월]", "[due <2024년 3월]"),
    ("[status:null OR Draft]", "([status null] | [status Draft])"),
    ("[status:NULL]", "[status null]"),
    ('[status:"null"]', '[status "null"]'),
    ("[title:null pointer]", "[title (null & pointer)]"),
    ("[status:-null]", "([status ] & ![status null])"),
    ("[rating:3..4]", "[rating ..3..4]"),
    ("[rating:-3..]", "[rating ..-3..]"),
    ("[rating:..4 OR null]", "([rating ....4] | [rating null])"),
    ("[due:2025-01..작년]", "[due ..2025-01..작년]"),
    ("[image:../a.png]", "[image ../a.png]"),
    ("[up:[[a]]", "[up [[a]"),
    # facts nest OR
    ("kind:(review OR project)", "(kind=review | kind=project)"),
    ('linked-by:("A (x) OR y" OR B (z))', "(linked-by=A (x) OR y | linked-by=B (z))"),
    ("links-to:(내 노트) a", "(links-to=내 노트 & a)"),
    (
        "year:(2022 OR >2023) -is:(orphan OR tagless)",
        "((year=2022 | year=>2023) & !(is=orphan | is=tagless))",
    ),
    ("kind:(ORacle)", "kind=ORacle"),
    # a minus after the colon
    ("title:-도커", "title:!도커"),
    ('line:-"a b" task:-(a b)', '(line:!"a b" & task:!(a & b))'),
    ("tag:-web tag:-#web", "(tag:!web & tag:!web)"),
    ("title:--force file:-draft", "(title:--force & file:-draft)"),
]
UNREADABLE = [
    ("", 0, "nothing to search for"),
    ("—", 0, "nothing to search for"),
    ("()", 0, "nothing to search for"),
    ("(a", 0, "parenthesis is never closed"),
    ("a (b (c)", 2, "parenthesis is never closed"),
    ("a)", 1, "closes nothing"),
    ('a "b', 2, "quotation is never closed"),
    ("OR a", 0, "OR needs"),
    ("a OR", 2, "OR needs"),
    ("tag:", 4, "wants a value"),
    ("year: 2023", 5, "wants a value"),
    ("title:—", 6, "wants something"),
    ("[a", 0, "bracket is never closed"),
    ("[]", 0, "name of a property"),
    ("[a:]", 3, "value is missing"),
    ("[a:<]", 3, "wants a value"),
    ("[a:<2 OR]", 6, "quotes around all of it"),
    ("[a:OR >4]", 3, "OR needs"),
    ("[a:b OR < OR >4]", 8, "wants a value"),
    ("[a:<<3]", 3, "wants a value"),
    ("[a:<3 (b)]", 6, "quotes around all of it"),
    ("[a:>3, <5]", 3, "OR or nothing"),
    ("[a:<2025-01 -b]", 3, "quotes around all of it"),
    ("[a:b <5]", 5, "beside words"),
    ("[a:3 ..4]", 5, "beside words"),
    ("[a:3.. 4]", 7, "without spaces"),
    ("[a:3 .. 4]", 5, "without spaces"),
    ("[a:<3", 0, "bracket is never closed"),
    ("[a:(b OR c]", 3, "parenthesis is never closed"),
    ("[a:tag:x]", 3, "inside \\[ \\]"),
    ("kind:(a OR )", 8, "OR needs"),
    ("kind:(OR a)", 6, "OR needs"),
    ("kind:(a OR b", 5, "parenthesis is never closed"),
    ('kind:("a" b)', 10, "OR or a parenthesis"),
    ("title:-—", 6, "wants something"),
    ("[a:>1 OR " + "<1 OR " * 70 + "<1]", 0, "more than 64 words"),
    ("(" * 60 + "a" + ")" * 60, 41, "parentheses deep"),
    ("a " * 65, 0, "more than 64 words"),
    ("a" * 10_001, 0, "10001 characters"),
]


@pytest.mark.parametrize(("query", "tree"), READ)
def test_read(query: str, tree: str) -> None:
    assert shown(parse_query(query)) == tree


@pytest.mark.parametrize(("query", "offset", "message"), UNREADABLE)
def test_unreadable(query: str, offset: int, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        parse_query(query)
    assert caught.value.offset == offset


def test_a_place_is_told_in_code_points() -> None:
    tree = parse_query("회고 -🎉목표")
    assert tree == And((Word("회고", 0), Not(Word("🎉목표", 4))))


TEXT = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "(",
                ")",
                '"',
                "-",
                "[",
                "]",
                ":",
                "/",
                "OR",
                " ",
                "tag:",
                "file:",
                "year:",
                "[a:",
                "<",
                "..",
                "3",
                "kind:(",
                "title:-",
                "null",
                "#",
                "회고",
                "a",
                "\\",
                "line:",
                "match-case:",
                "\0",
                "\ud800",
                "“",
            ]
        ),
        st.text(max_size=2),
    ),
    max_size=12,
).map("".join)


@given(TEXT)
def test_any_text_is_a_tree_or_an_error_with_a_place(query: str) -> None:
    try:
        parse_query(query)
    except QueryError as error:
        assert 0 <= error.offset <= max(len(error.query), 0)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("titel:Redis", "title"),
        ("tags:회고", "tag"),
        ("folder:공부", "path"),
        ("제목:회고", "title"),
        ("http://a.b", None),
        ("12:30", None),
        ("std::x", None),
        ("redis:latest", None),
    ],
)
def test_a_slip_of_an_operator_is_known(word: str, meant: str | None) -> None:
    assert operator_meant(word) == meant


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("author:한강", "[author:한강]"),
        ('author:"한강 작가" 소설', '[author:"한강 작가"] 소설'),
        ("author:(한강 OR 김영하)", "[author:한강 OR 김영하]"),
        ("rating:>3", "[rating:>3]"),
        ("-rating:3..4", "-[rating:3..4]"),
    ],
)
def test_a_propertys_name_is_an_operator(query: str, same: str) -> None:
    known = {"author", "rating"}.__contains__
    assert shown(parse_query(query, known)) == shown(parse_query(same))
    assert shown(parse_query("redis:latest", known)) == shown(parse_query("redis:latest"))
