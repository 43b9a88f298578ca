"""The order of hits: phrases in titles, long notes, words across a space, two people's queries."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.ranking import SHARED, ask, gain, ranking_sets, reciprocal_rank
from tests.search.conftest import SmallVault
from vaultdots.search.hits import PLACES
from vaultdots.search.searcher import Searcher, SearchOptions
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import read_config
from vaultdots.store.sync import sync

TYPING = SearchOptions(prefix=True)


def test_a_title_with_the_whole_query_ranks_with_an_exact_heading(vault: SmallVault) -> None:
    vault.write(
        {
            "a.md": "# How to tune a connection pool in production\n\ntext\n",
            "b.md": "# Databases\n\n## Connection pool\n\nsize\n",
            "c.md": "# Connections of the swimming pool\n\ntext\n",
            "d.md": "# 서버에서 썸네일 생성하기\n\n글\n",
            "e.md": "# 그림\n\n## 썸네일 생성\n\n글\n",
            "f.md": "# 생성된 썸네일\n\n글\n",
        }
    )
    for query, paths in (
        ("connection pool", ["a.md", "b.md", "c.md"]),
        ("썸네일 생성", ["d.md", "e.md", "f.md"]),
    ):
        hits = {hit.path: hit for hit in vault.ask(query)}
        title, heading, apart = (hits[path] for path in paths)
        assert "phrase" in [reason.signal for reason in title.reasons]
        assert abs(title.score - heading.score) < 0.25 * heading.score
        assert apart.score < min(title.score, heading.score) * 0.7


def test_a_name_is_exact_without_the_particle_that_was_typed(vault: SmallVault) -> None:
    vault.write({"a.md": "---\naliases: [카프카]\n---\n# Kafka\n\n글\n"})
    for query in ("카프카", "카프카라는"):
        (hit,) = vault.ask(query)
        assert "exact" in [reason.signal for reason in hit.reasons]


def test_a_part_of_a_word_is_no_phrase(vault: SmallVault) -> None:
    vault.write({"a.md": "# 사회고발\n\n글\n", "b.md": "# 회고록 쓰기\n\n글\n"})
    signals = {hit.path: [reason.signal for reason in hit.reasons] for hit in vault.ask("회고")}
    assert "phrase" not in signals["a.md"]
    assert "phrase" in signals["b.md"]


def test_a_long_note_leaves_places_to_others(vault: SmallVault) -> None:
    """Sixty sections called by the word are more than search looks at: the others are asked for."""
    long = "# Redis\n\n" + "\n\n".join(f"## Redis {n}\n\nredis" for n in range(60))
    others = {f"note {n:02}.md": f"# Note {n}\n\n{'word ' * 60} redis\n" for n in range(15)}
    vault.write({"long.md": long, **others})
    twenty = [hit.path for hit in vault.ask("redis")]
    assert Counter(twenty)["long.md"] == PLACES
    assert set(twenty) == {"long.md", *others}
    hits = vault.ask("redis", SearchOptions(limit=None))
    assert len(hits) == 61 + 15
    assert {hit.path for hit in hits[20:]} == {"long.md"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert sum(reason.score for reason in hit.reasons) == pytest.approx(hit.score, abs=1e-3)


def test_what_is_typed_as_a_word_beats_what_runs_across_a_space(vault: SmallVault) -> None:
    vault.write(
        {
            "go.md": "# go.sum 도 커밋한다\n\n글\n",
            "배포.md": "# 배포\n\n이미지를 굽고 나서 도커로 띄운다.\n",
            "한 일.md": "# 한 일\n\n글\n",
            "모두.md": "# 모두\n\n그가 한일을 적는다.\n",
        }
    )
    assert [hit.path for hit in vault.ask("도커", TYPING)] == ["배포.md", "go.md"]
    assert {hit.path for hit in vault.ask("한일", TYPING)} == {"한 일.md", "모두.md"}
    scores = {hit.path: hit.score for hit in vault.ask("한일", TYPING)}
    assert scores["한 일.md"] > scores["모두.md"]  # its title is the very words


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the vaults are in ../shared")
def test_two_peoples_queries(tmp_path: Path) -> None:
    """MRR and nDCG@10 as measured; `python -m benchmarks ranking` prints them by person."""
    sets = ranking_sets()
    ranks, gains = [], []
    for number, vault in enumerate(dict.fromkeys(one.vault for one in sets)):
        catalog = Catalog(tmp_path / str(number))
        sync(SHARED / vault, read_config(SHARED / vault), catalog)
        searcher = Searcher(catalog)
        for one in sets:
            if one.vault == vault:
                grades = ask(searcher, one).grades
                ranks.append(reciprocal_rank(grades))
                gains.append(gain(grades, one.right))
        searcher.close()
        catalog.close()
    assert len(ranks) > 100
    assert sum(ranks) / len(ranks) >= 0.92
    assert sum(gains) / len(gains) >= 0.925
