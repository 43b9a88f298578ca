"""Books that running prose tells of, and what stands in quotation marks there and is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.retrospective.reading import review
from vaultdots.retrospective.books import books_of
from vaultdots.retrospective.model import ReviewSource

LIGHT, SHELF, MAP = "Harbour Light", "The Cold Shelf", "A Map of Rain"
NIGHT, HALL, WELL = "유리 온실의 밤", "긴 복도", "우물 아래"


def told(text: str, heading: str = "그 밖에") -> list[str]:
    """The titles that a paragraph of a review tells of."""
    return [b.title for b in books_of(review(f"# 2023년 회고\n\n## {heading}\n\n{text}\n")).books]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("I was curious, so I read *Harbour Light*, *The Cold Shelf* and _A Map of Rain_.",
         [LIGHT, SHELF, MAP]),
        ("I read five of my twelve books. Not bad, considering I read \"Harbour Light\".", [LIGHT]),
        ("In the evenings I re-read **Harbour Light**, a book from my childhood.", [LIGHT]),
        ("I read 14 books. Favourites: \"Harbour Light\" by Ann Low and \"The Cold Shelf\" by B.",
         [LIGHT, SHELF]),
        ("The best book I read this year was [Harbour Light](https://example.org/a).", [LIGHT]),
        ("Books I read include *Harbour Light* (Ann Low), *The Cold Shelf* and *A Map of Rain*.",
         [LIGHT, SHELF, MAP]),
        ("Denser books like *Harbour Light* and *The Cold Shelf* kept reading fun.",
         [LIGHT, SHELF]),
        ("For books I had to see (e.g. *Harbour Light*) I opted to read slowly.", [LIGHT]),
        ("Read a bunch of books. [Harbour Light][a] and [The Cold Shelf][] are some I read.",
         [LIGHT, SHELF]),
        ("I finished a lot of novels. *Harbour Light* was fantastic, as was June.", [LIGHT]),
        ("I listened to twenty audiobooks. I loved *Harbour Light* the most.", [LIGHT]),
        ("After reading *Harbour Light*, I changed how I plan my days.", [LIGHT]),
        ("I finally got around to reading “Harbour Light”, a book for everyone.", [LIGHT]),
        ("My favorite books were *Harbour Light*, *The Cold Shelf*, and *A Map of Rain*.",
         [LIGHT, SHELF, MAP]),
        ("I've just finished \"Harbour Light\" and it was a really nice book.", [LIGHT]),
        ("I read Ann Low's *Harbour Light* in one sitting.", [LIGHT]),
        ("I also finally read Harbour Light by Ann Low.", [LIGHT]),
        ("I ended up re-reading *Harbour Light*, which I read in 2015.", [LIGHT]),
        ("In terms of books, *Harbour Light* by A. Low and *The Cold Shelf* were standouts.",
         [LIGHT, SHELF]),
        ("Highlights from my reading: *Harbour Light*; *The Cold Shelf*.", [LIGHT, SHELF]),
        ("Book of the year: *Harbour Light*.", [LIGHT]),
        ("I read “Harbour Light” in January, “The Cold Shelf” in March: two books I like.",
         [LIGHT, SHELF]),
        ("I read three books (Harbour Light, The Cold Shelf and A Map of Rain).",
         [LIGHT, SHELF, MAP]),
        ("I read a lot of books. I loved [Harbour Light by Ann Low](a).", [LIGHT]),
        ("- Books: *Harbour Light*, *The Cold Shelf*", [LIGHT, SHELF]),
        ("- Books read: Harbour Light, The Cold Shelf", [LIGHT, SHELF]),
        ("I read the novel 'Harbour Light' and Bo Hart's 'The Cold Shelf'.", [LIGHT, SHELF]),
    ],
)  # fmt: skip
def test_english_sentences_that_tell_of_books(text: str, titles: list[str]) -> None:
    assert told(text) == titles


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("역사책을 읽었고, 그중 오수린 작가님의 '유리 온실의 밤', 한도윤 교수님의 '긴 복도' "
         "그리고 '우물 아래'가 있었다.",
         [NIGHT, HALL, WELL]),
        ("2023년에 읽은 책 중 기억에 남는 것은 '유리 온실의 밤', 오수린 작가의 '긴 복도' 정도다.",
         [NIGHT, HALL]),
        ("답답해서 [유리 온실의 밤](a){: target=\"_blank\" }이라는 책을 읽어보게 되었다.", [NIGHT]),
        ("지하철에서 \"유리 온실의 밤\"이라는 아주 얇은 소설을 읽었다.", [NIGHT]),
        ("책이 그리워서 ‘유리 온실의 밤’과 ‘긴 복도’를 연달아 읽었다.", [NIGHT, HALL]),
        ("'유리 온실의 밤', '긴 복도' 등 스무 권의 책을 읽었다.", [NIGHT, HALL]),
        ("올해의 책은 \"유리 온실의 밤\"이다.", [NIGHT]),
        ("가장 인상 깊었던 책은 **유리 온실의 밤**이었다.", [NIGHT]),
        ("올해는 책을 열두 권 읽었다. 특히 '유리 온실의 밤'이 좋았다.", [NIGHT]),
        ("올해는 책을 열두 권 읽었다. 오수린의 '우물'도 기억에 남는다.", ["우물"]),
        ("도서 <유리 온실의 밤>과 <긴 복도>를 완독했다.", [NIGHT, HALL]),
        ("「유리 온실의 밤」을 읽고 마음이 편해졌다.", [NIGHT]),
        ("휴가 때 가져간 책 `유리 온실의 밤`을 하루 만에 읽었다.", [NIGHT]),
        ("상반기에는 '유리 온실의 밤', 하반기에는 '긴 복도'를 읽었다. 책이 좋다.", [NIGHT, HALL]),
        ("책은 모두 세 권을 읽었다(유리 온실의 밤, 긴 복도, 우물 아래).", [NIGHT, HALL, WELL]),
        ("- 읽은 책: 유리 온실의 밤, 긴 복도", [NIGHT, HALL]),
        ("- 독서: '유리 온실의 밤', '긴 복도'", [NIGHT, HALL]),
        ("Harbour Light를 완독했다.", [LIGHT]),
        ("「유리 온실의 밤」という本を読んだ。", [NIGHT]),
        ("동료가 준 책 \"Harbour Light\"를 읽으면서 많이 배웠다.", [LIGHT]),
    ],
)  # fmt: skip
def test_korean_sentences_that_tell_of_books(text: str, titles: list[str]) -> None:
    assert told(text) == titles


@pytest.mark.parametrize(
    "text",
    [
        "I read the article \"Harbour Light\" twice.",
        "I read a post called *Harbour Light* and a book.",
        "I read a lot of books and watched *Harbour Light*.",
        "I'm reading *Harbour Light* and it is a great book.",
        "I am currently reading \"Harbour Light\", a book about boats.",
        "I want to read *Harbour Light* and other books.",
        "I haven't read *Harbour Light*, the book that everyone gave me.",
        "I read books. The movie *Harbour Light* was great.",
        "I read nine books. My favourite album was *Harbour Light*.",
        "I read about *Harbour Light* in a book.",
        "I read half of *Harbour Light*.",
        "Everyone should read the book *Harbour Light*.",
        "I finished writing \"Harbour Light\", my first book.",
        "I finished *Harbour Light* on the hardest level.",
        "I read \"Everything is going to be fine\" on her mug.",
        "I read *way too much* about this.",
        "I read [20 books](a) and there is a [Reading List](b).",
        "I wrote three books (one, two and three) and read a lot.",
        "I read three books (mostly at night, in the bath and on trains).",
        "- Books read: about a dozen, as every year",
        "A talk on caching, read replicas, and *Harbour Light*.",
        "I read somewhere that \"Done is better than perfect\", a line from a book.",
        "I read *The Morning Paper* every day and a few books.",
        "I read some books. My favourite games were *Harbour Light* and *Dust*.",
        "올해 읽은 책 중에는 '농사'와 관련된 책이 많다.",
        "'농사' 책을 많이 읽었다.",
        "매일 '한 쪽씩' 책을 읽었다.",
        "책 '유리 온실의 밤'을 선물받았다. 아직 읽지 않았다.",
        "독서 앱 '유리 온실'로 책을 읽었다.",
        "책 『유리 온실의 밤』 (읽다 맘)",
        "- 읽은 책: 12권, 작년보다 많음",
        "- 독서: 매일 30분",
        "책을 세 권 읽었다(작년보다 적지만, 만족한다, 정말).",
        "Spring Reference를 읽었다.",
        "As he says in his book *Harbour Light*, I read slowly.",
        "The next book I read was sold with \"Harbour Light\" on its cover.",
        "책을 읽고 '꾸준함'의 중요성을 깨달았다.",
        "책을 열 권 읽었다. '꾸준함'이라는 낱말이 좋았다.",
        "책 대신 영화 '유리 온실의 밤'을 보고 원작을 읽었다.",
        "책을 읽다가 '유리 온실의 밤'이라는 노래를 들었다.",
        "'다독'보다 '정독'을 목표로 책을 읽었다.",
        "블로그에서 '유리 온실의 밤'이라는 글을 읽었다.",
        "책 '유리 온실의 밤'을 읽고 있다.",
        "책 '유리 온실의 밤'을 읽다 말았다.",
        "내년에는 책 '유리 온실의 밤'을 읽고 싶다.",
        "공식 문서 '시작하기'를 정독했다.",
        "'그릿'의 책을 읽었다.",
        "[2023년에 읽은 책](https://example.org/a)이라는 글에 책을 읽은 이야기를 적었다.",
        "책에서 읽은 '천천히 서둘러라'라는 문장을 붙여 두었다.",
        "{% post_link \"올해 읽은 책은\" %} 에 책을 읽은 이야기를 적었다.",
    ],
)  # fmt: skip
def test_what_is_no_book_that_was_read(text: str) -> None:
    assert told(text) == []


def test_authors_beside_titles_in_prose() -> None:
    text = (
        "# 2023년 회고\n\n소설을 여러 권 읽었고 그중 오수린 작가님의 '유리 온실의 밤', "
        "한도윤의 '긴 복도'가 있었다.\n\n"
        "I read nine books. I loved \"Harbour Light\" by Ann Low and *The Cold Shelf* (Bo Hart).\n"
    )  # fmt: skip
    assert [(b.title, b.author) for b in books_of(review(text)).books] == [
        (NIGHT, "오수린"),
        (HALL, "한도윤"),
        (LIGHT, "Ann Low"),
        (SHELF, "Bo Hart"),
    ]


def test_a_list_that_is_indented_as_code() -> None:
    text = (
        "올해는 다섯 권의 책을 읽었다. 두 권은 반만 읽었고, 나머지는 끝까지 읽었다.\n\n"
        "    1. 유리 온실의 밤\n    2. 긴 복도 (2회차)\n"
        "    -. 빈 의자 (완독하지 않음)\n    3. 우물 아래\n"
    )  # fmt: skip
    assert told(text) == [NIGHT, HALL, WELL]
    assert told(text.replace("책", "글").replace("권", "편")) == []


def test_a_table_about_reading_holds_no_titles() -> None:
    text = "| Reading a book | Listening |\n|---|---|\n| Takes your eyes | Leaves your eyes |\n"
    assert told(text, "Books") == []
    assert told(text.replace("Reading a book", "Book"), "Books") == ["Takes your eyes"]


def test_remarks_under_a_heading_of_books_are_no_titles() -> None:
    text = "I have read:\n\n- Harbour Light\n- The Cold Shelf\n\nComments\n\n- Paper is slow.\n"
    assert told(text, "Books") == [LIGHT, SHELF]


def test_a_list_of_books_whose_headings_speak_of_reading() -> None:
    text = (
        "---\ntitle: 2023년에 읽은 가장 재미있는 책은\n---\n\n## 달라진 독서 습관\n\n느려졌다.\n\n"
        "## 2023년 목표였던 다섯 권\n\n네 권의 책을 읽었다.\n\n"
        "    1. 유리 온실의 밤\n    2. 긴 복도\n    3. 우물 아래\n    4. 빈 의자\n"
    )
    source = review(text)
    source = ReviewSource(replace(source.note, year=2023), source.text)
    assert [b.title for b in books_of(source).books] == [NIGHT, HALL, WELL, "빈 의자"]


def test_a_list_of_what_is_wanted_is_none() -> None:
    text = "I want to aim for three books. Here they are:\n\n- Harbour Light\n- A Map of Rain\n"
    assert told(text, "Books") == []
    assert told(text.replace("I want to aim for", "I read"), "Books") == [LIGHT, MAP]


def test_a_shops_page_of_remarks_is_no_book() -> None:
    text = "올해 읽은 책은 [서재 기록](https://booklog.jp/a)에 적었다."
    assert told(text, "책") == []
