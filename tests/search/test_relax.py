"""A query that nothing answers as typed is answered by most of its words; one that is answered is
left as it is."""

from __future__ import annotations

import pytest

from tests.corpora import CORPORA, needs_corpora
from tests.search.conftest import SmallVault
from vaultdots.errors import QueryError
from vaultdots.search.searcher import SearchOptions

NOTES = {
    "도커.md": "# 도커\n\n컨테이너를 쓴다.\n\n## 이미지\n\n레이어로 빌드한다.\n",
    "쿠버네티스.md": "# 쿠버네티스\n\n컨테이너를 여럿 돌린다.\n",
    "꼬리 지연.md": "# 꼬리 지연\n\nTail latency at scale.\n",
    "일지.md": "---\ntags: [일지]\n---\n# 일지\n\n컨테이너를 배우고 방법을 적었다. 산책.\n",
}


@pytest.fixture
def notes(vault: SmallVault) -> SmallVault:
    vault.write(NOTES)
    return vault


def test_a_note_that_holds_all_in_different_sections_comes_first(notes: SmallVault) -> None:
    hits = notes.ask("도커 컨테이너 레이어 빌드")
    assert hits[0].path == "도커.md"
    assert hits[0].relaxed == ()
    assert all(hit.relaxed for hit in hits if hit.path != "도커.md")


def test_most_words_answer_and_the_missing_ones_are_said(notes: SmallVault) -> None:
    hits = notes.ask("도커 컨테이너 이미지 빌드 우주")
    assert (hits[0].path, hits[0].relaxed) == ("도커.md", ("우주",))
    hits = notes.ask("도커 컨테이너 이미지 빌드 방법")  # 방법 only asks
    assert (hits[0].path, hits[0].relaxed) == ("도커.md", ())
    hits = notes.ask("tail latency google")
    assert [(hit.path, hit.relaxed) for hit in hits] == [("꼬리 지연.md", ("google",))]
    answer = notes.searcher and notes.searcher.ask("tail latency google")
    assert answer
    assert answer.notices == ("nothing holds every word; the first has no 'google'",)


def test_an_answer_as_typed_is_never_touched(notes: SmallVault) -> None:
    assert [hit.relaxed for hit in notes.ask("컨테이너 쓴다")] == [None]
    assert [hit.relaxed for hit in notes.ask("컨테이너")] == [None] * 3


def test_no_word_of_it_means_no_answer(notes: SmallVault) -> None:
    assert notes.ask("블록체인 메타버스") == notes.ask("블록체인") == []


@pytest.mark.parametrize(
    ("query", "paths"),
    [
        ("컨테이너 레이어 tag:일지", ["일지.md"]),  # an operator holds for every hit
        ('컨테이너 우주 "여럿 돌린다"', ["쿠버네티스.md"]),  # a phrase too
        ("컨테이너 우주 -쓴다 -적었다", ["쿠버네티스.md"]),  # and what must not be
        ('"컨테이너 우주"', []),
        ("title:(도커 우주)", []),
        ("컨테이너우주 tag:일지", []),  # one word alone is never given up
        ("(우주 OR 화성) 컨테이너", []),
    ],
)  # fmt: skip
def test_operators_phrases_and_minus_hold(notes: SmallVault, query: str, paths: list[str]) -> None:
    hits = notes.ask(query)
    assert sorted({hit.path for hit in hits}) == sorted(paths)
    assert all(hit.relaxed for hit in hits)


def test_literal_asks_for_every_word(notes: SmallVault) -> None:
    assert notes.ask("tail latency google", SearchOptions(relax=False)) == []


def test_the_order_that_was_asked_for_holds(notes: SmallVault) -> None:
    hits = notes.ask("레이어 여럿 우주", SearchOptions(sort="path", by_note=True))
    assert [hit.path for hit in hits] == sorted(hit.path for hit in hits)
    assert len({hit.path for hit in hits}) == len(hits) > 1


def test_words_that_are_everywhere_are_answered_too(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultdots.search.relax.FREQUENT", 3)
    vault.write(
        {f"{n}.md": f"# {n}\n\n사과가 있다.\n\n## 둘\n\n배도 있다.\n" for n in range(40)}
        | {"귤.md": "# 귤\n\n사과와 귤.\n"}
    )
    assert vault.ask("사과 배 귤")[0].path == "귤.md"
    hits = vault.ask("사과가 배도")
    assert hits
    assert {hit.relaxed for hit in hits} == {()}


def test_both_engines_relax_alike(
    make_vault: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert callable(make_vault)
    answers = []
    for engine in ("whoosh", "sqlite"):
        small = make_vault(engine, engine)
        small.write(NOTES)
        answers.append([small.ask(query) for query in ("도커 컨테이너 방법", "레이어 산책 지연")])
    assert answers[0] == answers[1]
    assert all(answers[0])


@needs_corpora
@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "first", "ten"), [("Korean", 0.75, 0.93), ("English", 0.80, 0.88)]
)
def test_descriptions_of_help_pages_find_them(
    language: str, first: float, ten: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from benchmarks.sentences import SETS, ranks, without_descriptions
    from vaultdots.search.searcher import Searcher
    from vaultdots.store.catalog import Catalog
    from vaultdots.store.config import read_config
    from vaultdots.store.sync import sync

    work = tmp_path_factory.mktemp("descriptions")
    asked = without_descriptions(CORPORA / SETS[language], work / "vault")
    catalog = Catalog(work / "cache")
    sync(work / "vault", read_config(work / "vault"), catalog)
    searcher = Searcher(catalog, "sqlite")
    places = ranks(searcher, asked)
    searcher.close()
    catalog.close()
    assert sum(place == 1 for place in places) / len(places) >= first
    assert sum(0 < place <= 10 for place in places) / len(places) >= ten


def test_a_slip_of_an_operator_asks_only_where_nothing_says_it(vault: SmallVault) -> None:
    vault.write(
        {"a.md": "# A\n\nkey is lock:coupon here\n", "b.md": "---\nauthor: 한강\n---\n# 눈\n"}
    )
    assert [hit.path for hit in vault.ask("lock:coupon")] == ["a.md"]
    assert [hit.path for hit in vault.ask("author:한강")] == ["b.md"]
    with pytest.raises(QueryError, match="no operator titel") as told:
        vault.ask("눈 titel:Redis")
    assert (told.value.offset, told.value.hint) == (2, "did you mean title:")


def test_two_words_that_meet_are_no_word(vault: SmallVault) -> None:
    vault.write({"a.md": "# 만료\n\n이미 지났으면 지운다.\n"})
    vault.write({"b.md": "# 그림\n\n이미지를 줄인다.\n"})
    hits = vault.ask("이미지 압축 우주")
    assert [(hit.path, hit.relaxed) for hit in hits] == [("b.md", ("압축", "우주"))]
