"""The front door: opening, naming notes, tags, what Python sees."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from tests.disk import write
from vaultdots import Vault
from vaultdots.errors import AmbiguousNote, ConfigError, NoteNotFound, VaultError

FILES = {
    "공부/Redis.md": "---\naliases: [레디스]\n---\n# Redis 정리\n#공부/백엔드 [[없는 것]]\n",
    "공부/캐시.md": "[[Redis]] #공부 #공부/백엔드\n",
    "a/같은 이름.md": "",
    "b/같은 이름.md": "",
}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    for name, text in FILES.items():
        path = tmp_path / "vault" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Vault.open(tmp_path / "vault", cache=tmp_path / "cache")


@pytest.mark.parametrize(
    "name",
    ["공부/Redis.md", "공부/redis", "Redis", "redis.md", "레디스", "Redis 정리", "./공부/Redis.md"],
)
def test_a_note_is_named_by_path_name_alias_or_title(vault: Vault, name: str) -> None:
    assert vault.notes.find(name) == "공부/Redis.md"


def test_a_name_may_be_typed_in_any_unicode_form_or_as_an_absolute_path(vault: Vault) -> None:
    assert vault.notes.find(normalize("NFD", "캐시")) == "공부/캐시.md"
    assert vault.notes.find(str(vault.root / "공부" / "캐시.md")) == "공부/캐시.md"


def test_several_matches_are_told_with_their_paths(vault: Vault) -> None:
    with pytest.raises(AmbiguousNote) as told:
        vault.notes.find("같은 이름")
    assert told.value.candidates == ("a/같은 이름.md", "b/같은 이름.md")
    assert vault.notes.find("b/같은 이름") == "b/같은 이름.md"


def test_a_name_near_a_note_is_offered(vault: Vault) -> None:
    with pytest.raises(NoteNotFound) as told:
        vault.notes.find("Redos")
    assert "'Redis'" in told.value.hint


def test_a_name_without_a_note_has_backlinks(vault: Vault) -> None:
    assert [link.source for link in vault.links.to("없는 것")] == ["공부/Redis.md"]
    with pytest.raises(NoteNotFound):
        vault.links.to("어디에도 없는 것")


def test_settings_of_obsidian_and_of_the_site_count_too(tmp_path: Path) -> None:
    """How daily notes are called dates them; the site's address makes links into the vault."""
    files: dict[str, str | bytes] = {"날/d4m5y24.md": "[x](https://e.org/b/)\n", "b.md": ""}
    root = write(tmp_path / "v", files)
    with Vault.open(root, cache=tmp_path / "cache") as vault:

        def told() -> tuple[int | None, str | None]:
            (row,) = (note for note in vault.notes.rows() if note.path != "b.md")
            found = vault.links.of(row.path, external=True)
            return row.year, found[0].target

        assert told() == (None, None)
        daily = '{"folder": "날", "format": "[d]D[m]M[y]YY"}'
        write(root, {".obsidian/daily-notes.json": daily})
        vault.sync()
        assert told() == (2024, None)
        write(root, {"dots.toml": 'dialect = "jekyll"\n', "_config.yml": "url: https://e.org\n"})
        vault.sync()
        assert told() == (2024, "b.md")
        write(root, {"_config.yml": "url: https://other.org\n"})
        vault.sync()
        assert told() == (2024, None)


def test_settings_that_change_while_a_vault_is_open_count(vault: Vault) -> None:
    """A server that stays open shows nothing of what a person has left out since."""
    before = {row.path for row in vault.notes.rows()}
    settings = vault.root / "dots.toml"
    settings.write_text('ignore = ["공부/"]\n', encoding="utf-8")
    vault.sync()
    assert {row.path for row in vault.notes.rows()} == {"a/같은 이름.md", "b/같은 이름.md"}
    assert vault.search("Redis") == []
    settings.write_text("ignore = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="ignore"):
        vault.sync()
    settings.unlink()
    vault.sync()
    assert {row.path for row in vault.notes.rows()} == before


def test_tags_are_counted_by_note_and_parents_too_when_asked(vault: Vault) -> None:
    assert {row.tag: row.notes for row in vault.notes.tags()} == {"공부": 1, "공부/백엔드": 2}
    assert {row.tag: row.notes for row in vault.notes.tags(tree=True)} == {
        "공부": 2,
        "공부/백엔드": 2,
    }


def test_a_home_folder_is_no_vault_unless_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(VaultError):
        Vault.open(tmp_path, cache=tmp_path / "cache")
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    with Vault.open(tmp_path, cache=tmp_path / "cache", allow_wide=True) as vault:
        assert [note.path for note in vault.notes.rows()] == ["a.md"]


def test_the_demo_vault_tells_its_story(tmp_path: Path) -> None:
    demo = Path(__file__).parents[1] / "vault"
    with Vault.open(demo, cache=tmp_path) as vault:
        assert sorted({row.year or 0 for row in vault.years.reviews()}) == [
            2021,
            2022,
            2023,
            2024,
            2025,
        ]
        codes = sorted(problem.code for problem in vault.links.check())
        assert codes == ["ambiguous-link", "unresolved-note", "unresolved-note"]
        kinds = [note.kind for note in vault.notes.rows()]
        assert sum(kind in ("study", "project", "book") for kind in kinds) >= 60
        years = [edge.source for edge in vault.map.data().edges if edge.kind == "next"]
        assert len(years) == 4
