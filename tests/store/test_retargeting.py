"""Rows moved after links got other targets ≡ rows of the note read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.disk import write
from tests.strategies import NAMES, notes
from vaultdots.edit import Edit
from vaultdots.edit.plain import are_plain
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.store import moved_rows
from vaultdots.store.records import FileRows, TargetEdit
from vaultdots.store.retargeting import retargeted, spliced
from vaultdots.store.rows import file_rows
from vaultdots.vault import Vault

PATH = "a/b.md"
NEW = ("Fresh", "a b", "회고 2", "x/y", "한 해를 돌아보며", "%20", "a-b", "...", "C%23", *NAMES)
OPTIONS = (NoteOptions(), NoteOptions(site_url="https://example.org/a"))


def plain_edits(text: str, data: st.DataObject | None, options: NoteOptions) -> list[TargetEdit]:
    """Some of the targets of a note's links, with others in their place."""
    found: dict[tuple[int, int], TargetEdit] = {}
    for link in parse_note(PATH, text, options).links:
        new = "Fresh" if data is None else data.draw(st.sampled_from(("", *NEW)))
        span = link.target_span
        if new and are_plain(PATH, text, [Edit(PATH, span, span.of(text), new)]):
            found[span] = TargetEdit(*span, new)
    return sorted(found.values())


def moved(text: str, edits: list[TargetEdit], options: NoteOptions) -> FileRows | None:
    """The rows after the edits as the catalog would have them."""
    rows = file_rows(PATH, "note", text.encode("utf-8", "replace"), options)
    new = retargeted(PATH, rows, text, edits, options)
    if new is not None:
        texts = {row[0]: row for row in (*rows.texts, *new.texts)}
        new = new._replace(texts=list(texts.values()))
    return new


@settings(max_examples=80)
@given(notes(), st.data(), st.sampled_from(OPTIONS))
@example("# H [[a]]\n[[b]]\n", None, OPTIONS[0])
@example("- [ ] see [[a]] #tag\n- [x] [y](b.md) ^id\n", None, OPTIONS[0])
@example("[![p [[x]]](a.png)](b.md) #t [[c|d]] `e`\n", None, OPTIONS[0])
@example("도커[[a]] (Docker) [[b]]\n", None, OPTIONS[0])
@example("도커(Docker) [[b]]\n", None, OPTIONS[0])
@example("[[...]]\n# One\n# Two\n", None, OPTIONS[0])
@example('%% [[a]] %% [x](b?raw=1#c "t") $x$\n\n| [[d\\|e]] | f |\n|-|-|\n', None, OPTIONS[0])
@example("[x](b.md) [[c]]{d} [y](<e f.md>) [z](/g)\n", None, OPTIONS[1])
@pytest.mark.slow
def test_rows_are_moved_as_they_would_be_read(
    text: str, data: st.DataObject | None, options: NoteOptions
) -> None:
    check_moved_rows(text, data, options)


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(max_examples=1000)
@given(notes(), st.data(), st.sampled_from(OPTIONS))
def test_rows_are_moved_as_they_would_be_read_at_length(
    text: str, data: st.DataObject, options: NoteOptions
) -> None:
    check_moved_rows(text, data, options)


def check_moved_rows(text: str, data: st.DataObject | None, options: NoteOptions) -> None:
    """The rows after some edits, where they can be told, are those of the note read again."""
    edits = plain_edits(text, data, options)
    assume(edits)
    after = spliced(text, edits)
    new = moved(text, edits, options)
    if new is not None:
        assert new == file_rows(PATH, "note", after.encode("utf-8", "replace"), options)


def told(text: str, old: str, new: str) -> bool:
    """Whether the note is not read again when its link to `old` names `new`."""
    at = text.index(old)
    return moved(text, [TargetEdit(at, at + len(old), new)], NoteOptions()) is not None


def test_most_notes_are_not_read_again_and_some_are() -> None:
    assert told("# H\n\nsome [[a]] and [[b]]\n\n## I\n\n- [ ] c #d ^e\n", "a", "Fresh")
    assert told("[x](a.md) 말 [[b]]\n", "a.md", "새-이름.md")
    assert not told("[x](a.md)\n", "a.md", "회고.md")  # may make it a review
    assert not told("# The [[a]]\n", "a", "Fresh")  # its title
    assert not told("도커(Docker) [[a]]\n", "a", "Fresh")  # near a gloss
    assert not told("one ^x [[a]]\n\ntwo ^x\n\nthree ^x\n", "a", "Fresh")  # told at a column
    assert not told("[[a]]\n# One\n# Two\n", "a", "...")  # what stands before a heading


def test_the_catalog_equals_one_that_was_read_anew(tmp_path: Path) -> None:
    """A move of a note that others name, and a rebuild."""
    files: dict[str, str | bytes] = {
        "Old.md": "# Old\n",
        "a.md": "---\ntags: [x]\n---\n# A\n\n[[Old]] #t [[Old|o]]\n\n## B\n\n- [ ] [[Old]] ^id\n",
        "b.md": b"\xef\xbb\xbf[x](Old.md?raw=1)\r\n# The [[Old]]\r\n[[Old]] %% [[Old]] %%\r\n",
        "c.md": "도커(Docker) [[Old]]\n",
        "d.md": "---\nup: \"[[Old]]\"\n---\n[[Old]]\n",
    }  # fmt: skip
    root = write(tmp_path / "v", files)
    environ = {"DOTS_DATA": str(tmp_path / "data")}
    with Vault.open(root, cache=tmp_path / "cache", environ=environ) as vault:
        change = vault.rename.move([("Old.md", "A longer name.md")])
        prepared = vault.edit.prepare(change)
        assert set(prepared.retargeted) == {"a.md", "b.md", "c.md"}
        vault.edit.apply(prepared)
        here = dump(vault)
        vault.sync(rebuild=True)
        assert here == dump(vault)


def test_rows_are_asked_for_by_many_notes_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Statements are counted: of nine notes in parts of four each table is asked for three times.
    One of them, whose heading changes, is read between the others."""
    monkeypatch.setattr(moved_rows, "_AT_ONCE", 4)
    note = "# A\n\n[[Old]] #t [[Old|o]]\n\n- [ ] [[Old]] ^id\n"
    files = {f"{n}.md": note for n in range(9)} | {"5.md": "# The [[Old]]\n", "Old.md": "x\n"}
    root = write(tmp_path / "v", files)
    environ = {"DOTS_DATA": str(tmp_path / "data")}
    with Vault.open(root, cache=tmp_path / "cache", environ=environ) as vault:
        change = vault.rename.move([("Old.md", "A longer name.md")])
        asked: list[str] = []
        vault.catalog._connection.set_trace_callback(asked.append)
        vault.edit.apply(change)
        vault.catalog._connection.set_trace_callback(None)
        assert sum("JOIN main.links t" in statement for statement in asked) == 3
        here = dump(vault)
        vault.sync(rebuild=True)
        assert here == dump(vault)


def dump(vault: Vault) -> str:
    """Every row of every note, ids and times left out."""
    found = {}
    run = vault.catalog._connection.execute
    paths = dict(run("SELECT id, path FROM files"))
    for name in ("sections", "links", "tags", "blocks", "tasks", "properties", "names", "glosses"):
        columns = [row[1] for row in run(f"PRAGMA table_info({name})") if row[1] != "id"]
        rows = run(f"SELECT {', '.join(columns)} FROM {name}")
        found[name] = sorted((paths[row[0]], *row[1:]) for row in rows)
    found["notes"] = sorted((paths[id_], *row) for id_, *row in run("SELECT * FROM notes"))
    texts = run("SELECT id >> 32, id & 4294967295, text FROM texts")
    found["texts"] = sorted((paths[id_], *row) for id_, *row in texts)
    found["digests"] = sorted(
        (path, bytes(d).hex()) for path, d in run("SELECT path, digest FROM files")
    )
    return json.dumps(found, ensure_ascii=False, indent=1)
