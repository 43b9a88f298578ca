"""What a vault says of itself: `dots.toml`, `.obsidian/app.json`, a site generator's own config."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from vaultdots.errors import ConfigError
from vaultdots.note.choices import Dialect, NoteKind, SectionKind
from vaultdots.note.options import KindRule, KindRules, NoteOptions
from vaultdots.note.paths import NOTE_ENDINGS
from vaultdots.store.exclude import Exclusions
from vaultdots.store.opening import read_inside
from vaultdots.store.periodic import PERIODIC, read_json, read_periodic
from vaultdots.store.walk import Skip
from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

Settings = dict[str, "Settings | None"]
_DIALECTS = ("obsidian", "hugo", "jekyll", "vuepress")
_HUGO = (
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config/_default/hugo.toml",
)
_JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")
_VUEPRESS = (
    "docs/.vuepress/config.js",
    ".vuepress/config.js",
    ".vuepress/config.ts",
    "docs/.vuepress/config.ts",
)
_SITE_FILES = {"hugo": _HUGO, "jekyll": _JEKYLL, "vuepress": _VUEPRESS}
SITE_FOLDERS = ("_posts", "content")
"""By these a dialect is known, Hugo's beside its settings."""
_SITE_URL = {
    "hugo": late(
        r"^[ \t]*[\"']?baseURL[\"']?[ \t]*[:=][ \t]*[\"']?(https?://[^\s\"',]+)", re.I | re.M
    ),
    "jekyll": late(r"^url[ \t]*:[ \t]*[\"']?(https?://[^\s\"'#]+)", re.M),
    "vuepress": late(
        r"(?:hostname|canonical_base|siteUrl)[ \t]*[:=][ \t]*[\"'](https?://[^\s\"']+)"
    ),
}
_BASE = late(r"^baseurl[ \t]*:[ \t]*[\"']?(/[^\s\"'#]*)", re.M)
_ENGINES = ("auto", "whoosh", "sqlite")


class Config(NamedTuple):
    """A vault's settings, defaults where nothing is said.

    engine: the full-text engine asked for. link_format (shortest, relative, absolute),
    use_markdown_links: how a new link is written, by `[links]` or `.obsidian/app.json`; "" and None
    where neither says it. problems: what of a setting is passed over, and why. tables: the
    rest of `dots.toml`, for the rooms that read it. moment: `settings_moment` before it was read.
    """

    options: NoteOptions = NoteOptions()
    exclusions: Exclusions = Exclusions()
    engine: str = "auto"
    link_format: str = ""
    use_markdown_links: bool | None = None
    attachment_folder: str = ""
    problems: tuple[Skip, ...] = ()
    tables: Mapping[str, Any] = MappingProxyType({})
    moment: Sequence[object] = ()

    @property
    def fingerprint(self) -> str:
        """Changes when notes must be read again because a rule for reading them changed."""
        return repr(self.options)


def read_config(root: Path) -> Config:
    """Read the vault's settings. Raises ConfigError with the place."""
    moment = settings_moment(root)
    tables = _toml(root, "dots.toml")
    app = read_json(root, ".obsidian/app.json")
    filters = app.get("userIgnoreFilters") or []
    if not isinstance(filters, list):
        filters = []
    dialect = tables.get("dialect")
    if dialect is not None and dialect not in _DIALECTS:
        raise ConfigError(
            f"dialect = {dialect!r}",
            place="dots.toml",
            hint="one of " + ", ".join(_DIALECTS),
        )
    dialect = dialect or find_dialect(root)
    site_url = tables.get("site_url", "")
    if not isinstance(site_url, str):
        raise ConfigError("site_url is not text", place="dots.toml")
    engine = _table(tables, "search").get("engine", "auto")
    if engine not in _ENGINES:
        raise ConfigError(
            f"[search] engine = {engine!r}", place="dots.toml", hint="one of " + ", ".join(_ENGINES)
        )
    exclusions = Exclusions([str(item) for item in filters], _strings(tables, "ignore", ""))
    return Config(
        options=NoteOptions(
            dialect=dialect,
            site_url=(site_url or _site_url(root, dialect)).rstrip("/"),
            rules=_kind_rules(_table(tables, "kind"))._replace(
                dated=tuple(notes.names for notes in read_periodic(root)),
            ),
        ),
        exclusions=exclusions,
        engine=engine,
        link_format=_link_format(_table(tables, "links"), app),
        use_markdown_links=_markdown_links(_table(tables, "links"), app),
        attachment_folder=str(app.get("attachmentFolderPath", "")),
        problems=(
            *(Skip("dots.toml", reason) for reason in _unknown(tables, SETTINGS)),
            *(Skip(".obsidian/app.json", reason) for reason in exclusions.problems),
        ),
        tables=tables,
        moment=moment,
    )


def settings_moment(root: Path) -> Sequence[object]:
    """Another value once one of the files changed from which `read_config` reads: the person's
    settings, Obsidian's of daily notes, the site's own."""
    told: list[object] = []
    for name in ("dots.toml", ".obsidian/app.json", *PERIODIC, *_HUGO, *_JEKYLL, *_VUEPRESS):
        try:
            seen = (root / name).stat()
            told.append((seen.st_size, seen.st_mtime_ns, seen.st_ino))
        except OSError:
            told.append(None)
    return told


_KIND_RULE: Settings = dict.fromkeys(("folders", "tags", "titles"))
SETTINGS: Settings = {
    "dialect": None,
    "ignore": None,
    "site_url": None,
    "kind": {
        "review_words": None,
        "other_subjects": None,
        **dict.fromkeys(get_args(NoteKind), _KIND_RULE),
    },
    "new": dict.fromkeys(
        (
            "folder",
            "template",
            "id",
            "kind",
            "language",
            "folders",
            "day",
            "week",
            "month",
            "quarter",
            "year",
        )
    ),
    "search": {"engine": None},
    "links": {"format": None, "markdown": None},
    "query": None,  # saved queries, by any name
    "views": None,  # of the page, by any name
    "editor": {"companion": None, "suggestions": None, "severity": None},
    "years": {"same": None, "sections": dict.fromkeys(get_args(SectionKind))},
}
"""Every setting of `dots.toml`: a table's settings, or None for a value."""


def _unknown(table: Mapping[str, Any], known: Settings, prefix: str = "") -> Iterator[str]:
    """What is wrong with the names of a table's settings, in words."""
    for name, value in table.items():
        if name not in known:
            from difflib import get_close_matches  # only where a name is not known

            near = get_close_matches(name, list(known), n=1)
            meant = f", perhaps `{prefix}{near[0]}`" if near else ""
            yield f"`{prefix}{name}` is not a setting{meant}"
        else:
            inner = known[name]
            if inner is not None and isinstance(value, Mapping):
                yield from _unknown(value, inner, f"{prefix}{name}.")


class _Disk(NamedTuple):
    """The files of a vault as they are, or as they will be once `moves` (old, new, …) are made."""

    root: Path
    moves: Sequence[tuple[str, ...]] = ()

    def origin(self, name: str) -> str | None:
        """Where that stands now which is called `name` then; None where it goes away."""
        coming = [move for move in self.moves if _lies_in(name, move[1])]
        if coming:
            old, new, *_ = max(coming, key=lambda move: len(move[1]))
            return old + name[len(new) :]
        return None if any(_lies_in(name, move[0]) for move in self.moves) else name

    def is_file(self, name: str) -> bool:
        old = self.origin(name)
        return old is not None and (self.root / old).is_file()

    def is_folder(self, name: str) -> bool:
        old = self.origin(name)
        made = any(move[1].startswith(name + "/") for move in self.moves)
        return made or (old is not None and (self.root / old).is_dir())


def _lies_in(path: str, above: str) -> bool:
    return path == above or path.startswith(above + "/")


def find_dialect(root: Path, moves: Sequence[tuple[str, ...]] = ()) -> Dialect | None:
    """The dialect that the vault's files give away, or None: each note then shows its own.

    moves: (old, new, …); the answer is of the vault once they are made.
    """
    disk = _Disk(root, moves)
    if disk.is_folder(".obsidian"):
        return "obsidian"
    if any(map(disk.is_file, _VUEPRESS)):
        return "vuepress"
    if any(map(disk.is_file, _JEKYLL)) or disk.is_folder("_posts"):
        return "jekyll"
    if any(map(disk.is_file, _HUGO)) and disk.is_folder("content"):
        return "hugo"
    if _readme_in_each_folder(root):  # no single move is asked for this: many folders say it
        return "vuepress"
    return None


def settings_among(root: Path, moves: Sequence[tuple[str, ...]]) -> str | None:
    """A file or folder that moves, or comes to be, and by which the vault is read otherwise then:
    dots.toml, what its dialect is found by, and the site's own settings where it is such a site and
    they are read. moves: (old, new, …), vault-relative, by the names on the disk."""
    if any("dots.toml" in move[:2] for move in moves):
        return "dots.toml"
    now, then = _Disk(root), _Disk(root, moves)
    files = [name for name in (*_HUGO, *_JEKYLL, *_VUEPRESS) if then.origin(name) != name]
    moved = [
        *(name for name in files if now.is_file(name) or then.is_file(name)),
        *(name for name in SITE_FOLDERS if now.is_folder(name) != then.is_folder(name)),
    ]
    if not moved:
        return None
    tables = _toml(root, "dots.toml")
    dialect = tables.get("dialect") or find_dialect(root)
    after = tables.get("dialect") or find_dialect(root, moves)
    if dialect != after:
        telling = {*_SITE_FILES.get(dialect or "", ()), *_SITE_FILES.get(after or "", ())}
        telling |= set(SITE_FOLDERS)
        return next((name for name in moved if name in telling), moved[0])
    if tables.get("site_url"):
        return None
    read = {name for disk in (now, then) for name, _ in _site_urls(disk, dialect)}
    return next((name for name in moved if name in read), None)


# A TIL repository: at least this many folders hold nothing but a README.md as their note.
_README_FOLDERS = 5
_ENOUGH = 400
"""Notes below the root that say enough of the whole vault."""


def _readme_in_each_folder(root: Path) -> bool:
    """Whether `README.md` is what the folders of this vault call their note."""
    with_readme = others = 0
    folders = [(root, True)]
    while folders and with_readme + others <= _ENOUGH:
        folder, is_root = folders.pop()
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name.lower()
                if not is_root and name.endswith(NOTE_ENDINGS):
                    with_readme += name == "readme.md"
                    others += name != "readme.md"
                    if with_readme + others > _ENOUGH:
                        break
                elif name[0] != "." and name != "node_modules" and _is_folder(entry):
                    folders.append((Path(entry.path), False))
    return with_readme >= _README_FOLDERS and with_readme > others


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _site_url(root: Path, dialect: Dialect | None) -> str:
    """The site's own address, as its generator's config says it; "" where nothing does."""
    return next((url for _, url in _site_urls(_Disk(root), dialect) if url), "")


def _site_urls(disk: _Disk, dialect: Dialect | None) -> Iterator[tuple[str, str]]:
    """The files that are read for the site's address, up to the one that says it: (name, what it
    says)."""
    for name in _SITE_FILES.get(dialect or "", ()):
        place = disk.origin(name)
        if place is None or not disk.is_file(name):
            continue
        data = read_inside(disk.root, place).data
        text = (data or b"").decode("utf-8", "replace")
        match = _SITE_URL[str(dialect)].search(text)
        base = _BASE.search(text) if match and dialect == "jekyll" else None
        yield name, match[1].rstrip("/") + (base[1] if base else "") if match else ""
        if match:
            return


def _kind_rules(table: Mapping[str, Any]) -> KindRules:
    """`[kind.study] folders = [...], tags = [...], titles = [...]`, and `[kind] review_words`."""
    rules = []
    for kind in get_args(NoteKind):
        entry = _table(table, kind)
        if entry:
            lists = {
                key: tuple(_strings(entry, key, f"kind.{kind}"))
                for key in ("folders", "tags", "titles")
            }
            rules.append(KindRule(kind, **lists))
    return KindRules(
        tuple(rules),
        tuple(_strings(table, "review_words", "kind")),
        tuple(_strings(table, "other_subjects", "kind")),
    )


_LINK_FORMATS = ("shortest", "relative", "absolute")


def _link_format(table: Mapping[str, Any], app: Mapping[str, Any]) -> str:
    said = table.get("format")
    if said is not None and said not in _LINK_FORMATS:
        raise ConfigError(
            f"[links] format = {said!r}",
            place="dots.toml",
            hint="one of " + ", ".join(_LINK_FORMATS),
        )
    found = said or app.get("newLinkFormat")
    return found if found in _LINK_FORMATS else ""


def _markdown_links(table: Mapping[str, Any], app: Mapping[str, Any]) -> bool | None:
    said = table.get("markdown")
    if said is not None and not isinstance(said, bool):
        raise ConfigError(f"[links] markdown = {said!r}", place="dots.toml", hint="true or false")
    found = app.get("useMarkdownLinks") if said is None else said
    return found if isinstance(found, bool) else None


def _table(tables: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = tables.get(name, {})
    if not isinstance(value, Mapping):
        raise ConfigError(f"`{name}` is not a table", place="dots.toml", hint=f"write [{name}]")
    return value


def _strings(table: Mapping[str, Any], key: str, name: str) -> Sequence[str]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(
            f"{f'[{name}] ' if name else ''}{key} is not a list of texts", place="dots.toml"
        )
    return value


def _toml(root: Path, name: str) -> dict[str, Any]:
    opened = read_inside(root, name)
    if opened.refused:
        raise ConfigError(opened.refused, place=name)
    if opened.data is None:
        return {}
    try:
        text = opened.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError("it is not UTF-8", place=name) from None
    import tomllib  # most vaults have no dots.toml

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"\(at line (\d+)", str(error))
        place = f"{name}:{match[1]}" if match else name
        raise ConfigError(str(error).split(" (at ")[0], place=place) from None
    except (RecursionError, ValueError) as error:
        raise ConfigError(f"it cannot be read ({error})", place=name) from None
