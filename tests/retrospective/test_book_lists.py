"""Lists of books as a whole: the order of their fields, what announces them, notes of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.disk import write
from tests.retrospective.reading import review
from vaultdots.retrospective.booklists import read_list
from vaultdots.retrospective.booknotes import is_book_list, list_year, reviewed_book
from vaultdots.retrospective.books import all_books, books_of
from vaultdots.retrospective.model import BookNote, ReviewSource
from vaultdots.vault import Vault


def named(rows: list[str]) -> list[tuple[str, str | None] | None]:
    return [(line.title, line.author) if line else None for line in read_list(rows, 2024)]


@pytest.mark.parametrize(
    ("rows", "books"),
    [
        (  # author, "title", translator, publisher, year
            [
                '테드 창, "숨", 김상훈 역, 엘리, 2019',
                '**한강, "채식주의자", 창비, 2007**',
                '[유현준, "공간이 만든 공간", 을유문화사, 2020](https://example.org/a)',
                '마이클 돕스, "1962", 박수민 역, 2019',
            ],
            [
                ("숨", "테드 창"),
                ("채식주의자", "한강"),
                ("공간이 만든 공간", "유현준"),
                ("1962", "마이클 돕스"),
            ],
        ),
        (
            ["**The Art of Learning** - *Josh Waitzkin*", "**Dune**", "**Dollar** - Lee Child"],
            [("The Art of Learning", "Josh Waitzkin"), ("Dune", None), ("Dollar", "Lee Child")],
        ),
        (
            ["[Deep Work by Cal Newport](https://example.org/1)", "[The Goal: A Process](x) "],
            [("Deep Work", "Cal Newport"), ("The Goal: A Process", None)],
        ),
        (["[Atomic Habits][a]", "[Deep Work][d]"], [("Atomic Habits", None), ("Deep Work", None)]),
        (
            ["`클린 아키텍처 (로버트 C. 마틴)`", "`오브젝트 (조영호)`"],
            [("클린 아키텍처", "로버트 C. 마틴"), ("오브젝트", "조영호")],
        ),
        (["Dale Carnegie, **&lt;인간관계론&gt;**", "유시민, **&lt;국가란 무엇인가&gt;**"],
         [("인간관계론", "Dale Carnegie"), ("국가란 무엇인가", "유시민")]),
        (  # X 저 is the author, whatever stands around it
            [
                "단위 테스트 / 블라디미르 코리코프 저/임준혁 역 / 에이콘",
                "모순 / 쓰다 / 양귀자 저",
                "역행자 | 자청 지음 | 웅진지식하우스",
            ],
            [("단위 테스트", "블라디미르 코리코프"), ("모순", "양귀자"), ("역행자", "자청")],
        ),
        (  # the names repeat, the titles do not
            ["Lee Child - Dollar", "Lee Child - Gisslan", "Jens Lapidus - Livet Deluxe"],
            [("Dollar", "Lee Child"), ("Gisslan", "Lee Child"), ("Livet Deluxe", "Jens Lapidus")],
        ),
        (["데미안 - 헤르만 헤세", "모순 - 양귀자", "이방인 - 알베르 카뮈"],
         [("데미안", "헤르만 헤세"), ("모순", "양귀자"), ("이방인", "알베르 카뮈")]),
        (["[[sapiens]]{유발 하라리, \"사피엔스\", 조현욱 역, 김영사, 2015}", '한강, "흰"'],
         [("사피엔스", "유발 하라리"), ("흰", "한강")]),
    ],
)  # fmt: skip
def test_fields(rows: list[str], books: list[tuple[str, str | None]]) -> None:
    assert named(rows) == books


def titles(text: str) -> list[str]:
    return [book.title for book in books_of(review(text)).books]


def test_marks_on_single_items() -> None:
    text = (
        '# 2022년 회고\n\n## 1월\n\n- :book: 조정래, "태백산맥 10", 해냄, 1986\n  - 좋았다.\n'
        '- :clapper: "더 하우스", 2022\n- 📖 **홍세화, "나는 빠리의 택시 운전사", 창비**\n'
        "- 📚 책장을 정리했다.\n"
    )
    assert titles(text) == ["태백산맥 10", "나는 빠리의 택시 운전사"]


def test_an_item_announces_what_stands_under_it() -> None:
    text = (
        "# 2023년 회고\n\n## 2023년 목표 점검\n\n- [x] 밀린 책 읽기\n  - 완독 성공\n"
        "    - `클린 아키텍처 (로버트 마틴)`\n    - `오브젝트 (조영호)`\n  - 완독 실패\n"
        "    - `도메인 주도 설계 (에릭 에반스)`\n"
    )
    assert titles(text) == ["클린 아키텍처", "오브젝트"]


def test_kinds_are_no_titles() -> None:
    text = "# 2023년 회고\n\n## 읽은 책\n\n- 소설\n  - 데미안\n  - 모순\n- 자기계발\n  - 역행자\n"
    assert titles(text) == ["데미안", "모순", "역행자"]


@pytest.mark.parametrize(
    "section",
    [
        '## 읽은 글\n\n- 안수찬, "가난한 청년은 왜", 2016\n- John Grib, "나의 책꽂이", 2019\n',
        "## 읽고 싶은 책\n\n- 『모순』\n- 『데미안』\n",
        "## Books\n\nI didn't read a single book this year.\n\n- [Hades][hades]\n- [Zelda][z]\n",
        "## 2018年に読み終わらなかった書籍\n\n- [入門 Kubernetes](x)\n- [Effective SQL](x)\n",
    ],
)
def test_what_is_no_list_of_books(section: str) -> None:
    assert titles(f"# 2019년 회고\n\n{section}") == []


def test_a_resolution_above_a_list_of_what_was_read_takes_nothing_away() -> None:
    text = "# 2019년 회고\n\n## 읽은 책\n\n더 많이 읽어야겠다.\n\n- 『모순』\n- 『데미안』\n"
    assert titles(text) == ["모순", "데미안"]


def test_rows_that_are_only_alike_are_two_books() -> None:
    text = (
        "# 2012 in review\n\n## Books I read\n\n"
        "1. **Linear Algebra Done Right**\n1. **Linear Algebra Done Wrong**\n"
    )
    assert titles(text) == ["Linear Algebra Done Right", "Linear Algebra Done Wrong"]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2012 Read Books", 2012),
        ("The best 13 books I read this year", 2019),
        ("8 best books in 2022", 2022),
        ("2023년 읽은 책", 2023),
        ("독서 기록", 2019),
        ("2021 독서 결산", 2021),
        ("2021年に読んだ本", 2021),
    ],
)
def test_notes_that_are_lists_of_books(title: str, year: int) -> None:
    assert is_book_list(title)
    assert list_year(title, 2019) == year


@pytest.mark.parametrize(
    "title",
    [
        "The most important books to start with", "3 best books to level up your C++",
        "Books I want to read in 2024", "읽고 싶은 책", "2024년 독서 목표", "책을 쓰다",
        "Book writing 2019",
    ],
)  # fmt: skip
def test_notes_that_are_none(title: str) -> None:
    assert not is_book_list(title)


@pytest.mark.parametrize(
    ("title", "book"),
    [
        ("[서평] 심플 소프트웨어", "심플 소프트웨어"),
        ("[서평] 파워풀 - 넷플릭스 성장의 비결", "파워풀"),
        ("오브젝트를 읽고", "오브젝트"),
        ("『모순』을 읽고 나서", "모순"),
        ("Book review: Deep Work", "Deep Work"),
        ("[書評]人月の神話を読んだ", "人月の神話"),
        ("공식 문서를 읽고", None),
        ("Spring 코드를 읽고", None),
        ("2023년 회고", None),
        ("책장 정리", None),
    ],
)
def test_notes_about_one_book(title: str, book: str | None) -> None:
    assert reviewed_book(title) == book


def listed(title: str, text: str, year: int) -> ReviewSource:
    source = review(f"# {title}\n\n{text}")
    return ReviewSource(replace(source.note, title=title, year=year), source.text, source.own)


def test_headings_are_the_titles_of_a_list_of_books() -> None:
    text = (
        "I read 20 books and picked these.\n\n## [Deep Work by Cal Newport](x)\n\nGood.\n\n"
        "## [The Goal by Eli Goldratt](y)\n\n- one\n- two\n\n## Conclusion\n\nRead more.\n"
    )
    found = all_books([], lists=[listed("Best books of 2021", text, 2021)]).books
    assert [(b.title, b.author, b.year) for b in found] == [
        ("Deep Work", "Cal Newport", 2021),
        ("The Goal", "Eli Goldratt", 2021),
    ]


def test_kinds_head_a_list_of_books() -> None:
    text = (
        "Fiction\n=======\n\n1. **Dune** - Frank Herbert\n\n    Reread.\n\n"
        "Non-fiction\n===========\n\n1. **Peak**\n"
    )
    found = all_books([], lists=[listed("2012 Read Books", text, 2012)]).books
    assert [(b.title, b.author) for b in found] == [("Dune", "Frank Herbert"), ("Peak", None)]


def test_a_note_about_a_book_of_the_years_list_is_no_second_book() -> None:
    source = review(
        "# 2023년 회고\n\n## 읽은 책\n\n- 『숲을 걷는 사람들: 열두 달의 기록』\n- 『작은 배』\n"
    )
    about = "한 해에 두 번 읽은 숲을 걷는 사람들에서 배운 것"
    notes = [
        BookNote("책/숲.md", about, (), None, ("2023-05-02",)),
        BookNote("책/섬.md", "섬의 시간", (), None, ("2023-06-02",)),
    ]
    titles = [book.title for book in all_books([source], reviewed=notes).books]
    assert sorted(titles) == ["섬의 시간", "숲을 걷는 사람들: 열두 달의 기록", "작은 배"]


def test_the_writer_of_a_blog_is_nobodys_author(tmp_path: Path) -> None:
    head = "---\nauthor: {}\n{}---\n"
    book = "kind: book\nfinished: 2023-05-02\n"
    (tmp_path / "boat.md").write_text(head.format("mina", book) + "# 작은 배\n", encoding="utf-8")
    (tmp_path / "isle.md").write_text(head.format("한강", book) + "# 섬\n", encoding="utf-8")
    (tmp_path / "post.md").write_text(head.format("mina", "") + "# 산책\n", encoding="utf-8")
    with Vault.open(tmp_path) as vault:
        vault.sync()
        found = {book.title: book.author for book in vault.years.books().books}
    assert found == {"작은 배": None, "섬": "한강"}


def _read(folder: Path, notes: dict[str, str]) -> list[tuple[int | None, str, str | None]]:
    write(folder / "v", notes)
    with Vault.open(folder / "v", cache=folder / "cache") as vault:
        vault.sync()
        return [(b.year, b.title, b.author) for b in vault.years_as_of(2026).books().books]


def test_a_page_of_books_says_by_its_headings_when_they_were_read(tmp_path: Path) -> None:
    page = (
        "---\ntitle: Reading List\n---\nWhat I want to read, and what I have.\n\n"
        "## To read\n\n- Emma | Jane Austen\n\n## Read\n\n### 2021\n\n1. Circe | Madeline Miller\n"
        "2. [Educated](https://example.org/e) | Tara Westover\n\n"
        "### Before 2021\n\n- Dune | Frank Herbert\n"
    )
    assert _read(tmp_path, {"Reading List.md": page}) == [
        (2021, "Circe", "Madeline Miller"), (2021, "Educated", "Tara Westover"),
    ]  # fmt: skip


def test_what_was_read_stands_beside_what_was_heard_at_a_years_end(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Tuesday\ndate: 2019-12-31\n---\nLooking back at the last twelve months:\n\n"
        "## Reading\n\n### Fiction\n\n* Circe (Madeline Miller)\n* Home (Toni Morrison)\n\n"
        "## Listening\n\n* Blue - Joni Mitchell\n* Kid A - Radiohead\n"
    )
    assert _read(tmp_path, {"post.md": text}) == [
        (2019, "Circe", "Madeline Miller"), (2019, "Home", "Toni Morrison"),
    ]  # fmt: skip


def test_links_to_a_shop_under_a_heading_of_books_need_no_verb() -> None:
    shop = "https://www.goodreads.com/book/show"
    text = (
        "# 2022 in review\n\n## Reading\n\nIt was a good year. The notable ones were "
        f"[Circe]({shop}/1) and [Home]({shop}/2).\n"
    )
    books = books_of(review(text, "2022 in review.md")).books
    assert [book.title for book in books] == ["Circe", "Home"]


def test_a_title_in_italics_inside_a_link_leaves_its_author() -> None:
    rows = ["[*Circe*](https://example.org/c) by Madeline Miller", "*Home* by Toni Morrison"]
    assert named(rows) == [("Circe", "Madeline Miller"), ("Home", "Toni Morrison")]
