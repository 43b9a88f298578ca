"""Two processes, a kill, a vault that grows past the threshold: the index follows."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import pytest
from whoosh.filedb.filestore import FileStorage

from tests.search.conftest import SmallVault
from vaultdots.search import engine_sqlite, engine_whoosh, index_sync
from vaultdots.search.engine import SCHEMA, WHOOSH_FOLDER, TokenPhrase
from vaultdots.search.engine_sqlite import SqliteEngine
from vaultdots.search.engine_whoosh import WhooshEngine
from vaultdots.search.index_sync import EngineName, open_engine
from vaultdots.search.parse import parse_query
from vaultdots.search.searcher import Searcher, SearchOptions, search
from vaultdots.search.source import SectionRow, sections
from vaultdots.store.catalog import Catalog

Maker = Callable[[str, EngineName], SmallVault]


def test_whoosh_answers_from_before_while_another_process_writes(make_vault: Maker) -> None:
    small = make_vault("v", "whoosh")
    small.write({"a.md": "도커\n"})
    assert small.found("도커") == ["a.md"]
    assert small.catalog.folder and small.searcher
    other = FileStorage(str(small.catalog.folder / WHOOSH_FOLDER)).open_index().writer()
    small.write({"b.md": "도커\n"})
    answer = small.searcher.ask("도커")
    assert [hit.path for hit in answer.hits] == ["a.md"]
    assert "another process" in answer.notices[0]
    other.cancel()
    assert small.found("도커") == ["a.md", "b.md"]


def test_sqlite_answers_from_before_while_another_process_writes(make_vault: Maker) -> None:
    small = make_vault("v", "sqlite")
    small.write({"a.md": "도커\n"})
    assert small.found("도커") == ["a.md"]
    small.write({"b.md": "도커\n"})
    other = Catalog(small.catalog.folder)
    other.for_index().execute("BEGIN IMMEDIATE")
    assert small.searcher
    answer = small.searcher.ask("도커")
    assert [hit.path for hit in answer.hits] == ["a.md"]
    assert "another process" in answer.notices[0]
    other.for_index().execute("ROLLBACK")
    other.close()
    assert small.found("도커") == ["a.md", "b.md"]


class Killed(Exception):
    pass


def cut_short(rows: Iterable[SectionRow], after: int) -> Iterator[SectionRow]:
    yield from islice(rows, after)
    raise Killed


def test_a_build_that_was_killed_is_taken_up(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_sqlite, "BATCH", 3)
    small = make_vault("v", "sqlite")
    small.write({f"{n}.md": "# 하나\n\n도커\n\n## 둘\n\n도커\n" for n in range(6)})
    engine = SqliteEngine(small.catalog)
    generation = small.catalog.generation
    with pytest.raises(Killed):
        engine.index(cut_short(sections(small.catalog, None), 9), None, generation)
    state = engine.state()
    assert (state.generation, state.complete) == (generation, False)
    indexed = small.catalog.for_index().execute("SELECT count(*) FROM search_sections").fetchone()
    assert 0 < indexed[0] < 12
    small.write({"0.md": "쿠버네티스\n"})
    assert sorted(set(small.found("도커"))) == sorted(
        f"{n}.md#{heading}" for n in range(1, 6) for heading in ("하나", "둘")
    )
    assert small.found("쿠버네티스") == ["0.md"]


def test_what_a_build_wrote_in_batches_is_one_piece_at_its_end(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_sqlite, "BATCH", 3)
    small = make_vault("v", "sqlite")
    small.write({f"{n}.md": "# 하나\n\n도커\n" for n in range(12)})
    assert len(small.found("도커")) == 12
    for table in ("search_tokens", "search_names"):
        pieces = small.catalog.for_index().execute(f"SELECT DISTINCT segid FROM {table}_idx")
        assert len(pieces.fetchall()) == 1


def test_a_build_of_another_process_is_left_alone(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_sqlite, "BATCH", 3)
    small = make_vault("v", "sqlite")
    small.write({f"{n}.md": "# 하나\n\n도커\n\n## 둘\n\n도커\n" for n in range(6)})
    engine = SqliteEngine(small.catalog)
    with pytest.raises(Killed):
        engine.index(cut_short(sections(small.catalog, None), 9), None, small.catalog.generation)
    small.catalog.for_index().execute("UPDATE search_state SET builder = -1")
    searcher = Searcher(small.catalog, "sqlite")
    answer = searcher.ask("도커")
    assert 0 < len(answer.hits) < 12
    assert "another process" in answer.notices[0]
    small.catalog.for_index().execute("UPDATE search_state SET touched = 0")
    assert len(searcher.ask("도커").hits) == 12


def test_what_another_process_built_meanwhile_is_not_built_again(make_vault: Maker) -> None:
    small = make_vault("v", "sqlite")
    small.write({f"{n}.md": "도커\n" for n in range(3)})
    other = Catalog(small.catalog.folder)
    waiting = SqliteEngine(other)
    assert not waiting.state().complete  # so it will build, as soon as it may write
    assert len(small.found("도커")) == 3
    waiting.index(cut_short(sections(other, None), 0), None, other.generation)
    assert waiting.state().complete
    with pytest.raises(Killed):  # who has seen it and builds again means it: it may be broken
        waiting.index(cut_short(sections(other, None), 0), None, other.generation)
    other.close()


def test_auto_changes_engine_where_the_vault_has_grown(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_sync, "THRESHOLD", 10)
    small = make_vault("v", "auto")
    small.write({"a.md": "도커\n"})
    assert open_engine(small.catalog).name == "whoosh"
    assert [hit.path for hit in search(small.catalog, "도커")] == ["a.md"]
    small.write({f"{n}.md": "## 절\n\n도커\n" for n in range(12)})
    assert open_engine(small.catalog).name == "sqlite"
    # While another process builds the new index, the old one answers.
    for statement in engine_sqlite._TABLES:
        small.catalog.for_index().execute(statement)
    small.catalog.for_index().execute(
        "INSERT INTO search_state VALUES (?, 1, 0, -1, strftime('%s') + 0)", (SCHEMA,)
    )
    answer = Searcher(small.catalog).ask("도커")
    assert [hit.path for hit in answer.hits] == ["a.md"]
    assert "another process" in answer.notices[0]
    small.catalog.for_index().execute("UPDATE search_state SET touched = 0")
    assert len(search(small.catalog, "도커", limit=None)) == 13
    # A vault at the edge is not built again and again.
    small.remove("11.md")
    small.remove("10.md")
    assert open_engine(small.catalog).name == "sqlite"


def grown(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> SmallVault:
    """A vault past the threshold whose old index stands: another process holds the new one."""
    monkeypatch.setattr(index_sync, "THRESHOLD", 10)
    small = make_vault("v", "auto")
    small.write({"a.md": "도커\n"})
    assert len(search(small.catalog, "도커")) == 1
    small.write({f"{n}.md": "## 절\n\n도커\n" for n in range(12)})
    return small


def whoosh_folders(small: SmallVault) -> list[str]:
    assert small.catalog.folder
    return [found.name for found in small.catalog.folder.glob(f"{WHOOSH_FOLDER}*")]


def test_the_outgrown_index_goes_once_the_new_one_is_whole(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = grown(make_vault, monkeypatch)
    assert whoosh_folders(small) == [WHOOSH_FOLDER]
    other = Catalog(small.catalog.folder)
    other.for_index().execute("BEGIN IMMEDIATE")
    waiting = Searcher(small.catalog)
    assert [hit.path for hit in waiting.ask("도커").hits] == ["a.md"]
    assert whoosh_folders(small) == [WHOOSH_FOLDER]  # it still answers
    other.for_index().execute("ROLLBACK")
    other.close()
    assert len(search(small.catalog, "도커", limit=None)) == 13
    assert whoosh_folders(small) == []
    assert len(waiting.ask("도커").hits) == 13
    waiting.close()


def test_the_outgrown_index_may_go_under_another_process(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = grown(make_vault, monkeypatch)
    reader = WhooshEngine(small.catalog)
    wanted = TokenPhrase(("도커",))
    assert reader.state().complete and len(reader.some(wanted, None, 9)) == 1
    assert len(search(small.catalog, "도커", limit=None)) == 13
    assert whoosh_folders(small) == []
    with contextlib.suppress(reader.broken):  # what it has open it may read on
        assert len(reader.some(wanted, None, 9)) == 1
    assert not reader.state().complete
    reader.close()


def test_an_old_index_that_breaks_while_it_answers_gives_way(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = grown(make_vault, monkeypatch)
    searcher = Searcher(small.catalog)
    searcher.warm()
    gone = WhooshEngine(small.catalog)
    monkeypatch.setattr(searcher, "_answers", gone)
    hits = searcher._hits("도커", parse_query("도커"), SearchOptions(limit=None))
    assert len(hits) == 13
    assert whoosh_folders(small) == []  # and it is not built again
    searcher.close()


def test_a_newer_whoosh_index_stays(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    small = grown(make_vault, monkeypatch)
    assert len(search(small.catalog, "도커", limit=None, engine="whoosh")) == 13
    assert len(search(small.catalog, "도커", limit=None)) == 13
    assert whoosh_folders(small) == [WHOOSH_FOLDER]


def test_another_schema_is_built_again(vault: SmallVault) -> None:
    vault.write({"a.md": "도커\n"})
    assert vault.found("도커") == ["a.md"]
    assert vault.searcher and vault.catalog.folder
    vault.searcher.close()
    vault.searcher = None
    if vault.engine == "sqlite":
        vault.catalog.for_index().execute("UPDATE search_state SET schema = 0")
    else:
        stamp = vault.catalog.folder / WHOOSH_FOLDER / engine_whoosh.STATE
        stamp.write_text('{"schema": 0, "generation": 1, "tokens": 1}', encoding="utf-8")
    assert vault.found("도커") == ["a.md"]
