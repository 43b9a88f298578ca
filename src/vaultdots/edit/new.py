"""New notes: where they go, what they are called, what stands in them.

[new]                              # dots.toml
folder = "inbox"
template = "templates/note.md"
id = "title"                       # title, slug, timestamp

[new.folders."회고/일기"]           # for notes of one folder; a template, an id, a kind
template = "templates/day.md"
kind = "daily"

[new.day]                          # and week, month, quarter, year: Obsidian's setting else
folder = "일기"
format = "YYYY/YYYY-MM-DD"
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from vaultdots.edit.template import fill, with_obsidian
from vaultdots.errors import ConfigError, UsageError
from vaultdots.note.paths import path_parts
from vaultdots.store.disknames import disk_name
from vaultdots.store.periodic import FORMATS, PeriodicNotes, Unit
from vaultdots.store.writing import read_file
from vaultdots.text.calendar import Language
from vaultdots.text.moment import written
from vaultdots.text.names import nfc
from vaultdots.text.tuples import NamedTuple

IdStyle = Literal["title", "slug", "timestamp"]
_MOST_NAME_BYTES = 200
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|#^\[\]\x00-\x1f\x7f]+')
"""What Obsidian or a file system does not take in a name, or what ends a link."""


class NewNote(NamedTuple):
    """A note that is not there yet. path: vault-relative, NFC."""

    path: str
    text: str


class Settings(NamedTuple):
    """What holds for one new note. template: the vault-relative path, "" for none."""

    folder: str
    template: str
    id: IdStyle
    kind: str


def settings_for(table: Mapping[str, Any], folder: str | None) -> Settings:
    """The settings of `[new]` for a note in `folder` (None: where they say). Raises ConfigError."""
    where = nfc(folder.strip("/")) if folder is not None else _text(table, "folder").strip("/")
    chosen: Mapping[str, Any] = {}
    folders = table.get("folders", {})
    if isinstance(folders, Mapping):
        fitting = [
            name
            for name in folders
            if where == nfc(name.strip("/")) or where.startswith(nfc(name.strip("/")) + "/")
        ]
        if fitting:
            chosen = folders[max(fitting, key=len)]
    if not isinstance(chosen, Mapping):
        raise ConfigError("a folder of [new.folders] is not a table", place="dots.toml")
    style = _text(chosen, "id") or _text(table, "id") or "title"
    if style not in get_args(IdStyle):
        raise ConfigError(
            f"[new] id = {style!r}",
            place="dots.toml",
            hint="one of " + ", ".join(get_args(IdStyle)),
        )
    return Settings(
        where,
        _text(chosen, "template") or _text(table, "template"),
        style,  # type: ignore[arg-type]
        _text(chosen, "kind") or _text(table, "kind"),
    )


def new_note(
    root: Path,
    title: str,
    settings: Settings,
    at: datetime,
    *,
    is_taken: Callable[[str], bool],
    toml: bool = False,
    language: Language = "en",
    given: str = "",
    shown_kind: str = "",
) -> NewNote:
    """A note called `title`. given: what came on standard input. toml: how the vault writes
    frontmatter. Raises UsageError where its name is taken or its template cannot be filled."""
    stamp = written("YYYYMMDDHHmmss", at)
    slug = slug_of(title)
    names = {"title": file_name(title), "slug": slug, "timestamp": stamp}
    name = names[settings.id] or stamp
    path = nfc(f"{settings.folder}/{name}.md" if settings.folder else f"{name}.md")
    if is_taken(path):
        raise UsageError(f"'{path}' is there already", hint="it is never written over")
    values = {
        "title": title or stamp,
        "slug": slug or stamp,
        "id": name,
        "kind": shown_kind or settings.kind,
        "input": given,
        **_dates(at),
    }
    # A title that no file can be called stands in the note; TOML has it among the properties.
    lost = not toml and name != " ".join(nfc(values["title"]).split())
    with_title = settings.id != "title" or lost
    text = _text_of(root, settings.template, values, at, toml, language, with_title=with_title)
    return NewNote(path, text)


def periodic_note(
    root: Path,
    period: PeriodicNotes,
    at: datetime,
    *,
    toml: bool = False,
    language: Language = "en",
) -> NewNote:
    """The note of the day, week, month… that holds `at`, as it is called and as it begins."""
    name = written(period.format, at, language)
    path = nfc(f"{period.folder}/{name}.md" if period.folder else f"{name}.md")
    if any(part in ("", ".", "..") for part in path.split("/")):
        raise ConfigError(f"the format {period.format!r} gives no name of a note")
    title = path_parts(path).name
    values = {"title": title, "slug": slug_of(title), "id": title, "kind": "", "input": ""}
    values |= _dates(at)
    formats = {"date": FORMATS["day"] if period.unit != "day" else period.format, "time": "HH:mm"}
    text = _text_of(root, period.template, values, at, toml, language, formats)
    return NewNote(path, text)


def period_of(
    table: Mapping[str, Any], found: tuple[PeriodicNotes, ...], unit: Unit
) -> PeriodicNotes | None:
    """What holds for a unit: `[new.UNIT]` of dots.toml, else Obsidian's own setting, else None."""
    own = table.get(unit, {})
    obsidian = next((one for one in found if one.unit == unit), None)
    if not isinstance(own, Mapping) or not own:
        return obsidian
    base = obsidian or PeriodicNotes(unit, "", FORMATS[unit], "")
    return PeriodicNotes(
        unit,
        nfc(_text(own, "folder").strip("/")) or base.folder,
        _text(own, "format") or base.format,
        _text(own, "template") or base.template,
    )


def file_name(title: str) -> str:
    """A title as the name of a file, without what a link or a file system cannot hold."""
    name = _NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", title))
    name = " ".join(name.split()).strip(". ")
    while len(name.encode("utf-8", "replace")) > _MOST_NAME_BYTES:
        name = name[:-1].rstrip()
    return name


def slug_of(title: str) -> str:
    """A title in the letters of an address: lower case, words joined by `-`; Hangul stays."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", title).casefold())
    return file_name("-".join(words))


def _text_of(
    root: Path,
    template: str,
    values: dict[str, Any],
    at: datetime,
    toml: bool,
    language: Language,
    formats: Mapping[str, str] | None = None,
    *,
    with_title: bool = False,
) -> str:
    if not template:
        return _plain(values, toml, with_heading=with_title)
    text = template_text(root, template)
    formats = formats or {"date": "YYYY-MM-DD", "time": "HH:mm"}
    filled = fill(with_obsidian(text, values, at, formats, language), values, path=template)
    code = " ".join(re.findall(r"\{[{%].*?[%}]\}", text, re.DOTALL))
    # What a person gave and the template does not ask for is not lost.
    if values["kind"] and not re.search(r"\bkind\b", code):
        filled = _with_kind(filled, values["kind"], toml)
    if values["input"].strip() and not re.search(r"\binput\b", code):
        filled = f"{filled.rstrip()}\n\n{values['input'].rstrip()}\n".lstrip("\n")
    return filled


def _with_kind(text: str, kind: str, toml: bool) -> str:
    """A note's text with its kind among the properties, where these do not say one."""
    from vaultdots.note.frontmatter import cut  # it loads YAML

    block = cut(text)
    if block is None:
        fence, sign = ("+++", " =") if toml else ("---", ":")
        return f"{fence}\nkind{sign} {json.dumps(kind, ensure_ascii=False)}\n{fence}\n{text}"
    if block.kind == "json" or re.search(r"(?im)^(?:kind|type)\s*[:=]", block.span.of(text)):
        return text
    sign = " =" if block.kind == "toml" else ":"
    line = f"kind{sign} {json.dumps(kind, ensure_ascii=False)}\n"
    # TOML: at the end it would belong to the last table.
    table = re.search(r"(?m)^[ \t]*\[", block.span.of(text)) if block.kind == "toml" else None
    at = block.span.end if table is None else block.span.start + table.start()
    return text[:at] + line + text[at:]


def template_text(root: Path, path: str) -> str:
    """A template of the vault; Obsidian's settings leave `.md` out. Raises UsageError."""
    for name in (path, f"{path}.md"):
        data = read_file(root, disk_name(root, nfc(name.strip("/"))))
        if data is not None:
            try:
                return data.decode("utf-8-sig")
            except UnicodeDecodeError:
                raise UsageError("the template is not UTF-8", place=name) from None
    raise UsageError(f"there is no template '{path}'")


def _plain(values: Mapping[str, Any], toml: bool, *, with_heading: bool) -> str:
    """A note without a template: frontmatter as the vault has it, a heading where the file's name
    is not the title, and what came on standard input."""
    title, kind, given = values["title"], values["kind"], values["input"]
    fields = [("title", title)] if with_heading or toml else []
    fields += [("kind", kind)] if kind else []
    fields.append(("date", values["date"]))
    dump = json.dumps
    if toml:
        rows = [f"{key} = {value if key == 'date' else dump(value, ensure_ascii=False)}"
                for key, value in fields]  # fmt: skip
        head = "\n".join(("+++", *rows, "+++"))
    else:
        rows = [f"{key}: {value if _is_bare(value) else dump(value, ensure_ascii=False)}"
                for key, value in fields]  # fmt: skip
        head = "\n".join(("---", *rows, "---"))
    body = f"\n# {title}\n" if with_heading else ""
    return f"{head}\n{body}" + (f"\n{given.rstrip()}\n" if given.strip() else "")


def as_toml(text: str) -> str:
    """A note's simple YAML frontmatter as TOML; a text without such stays as it is."""
    match = re.match(r"---\n((?:[\w-]+: [^\n\[{|>&*!]*\n)+)---\n", text)
    if match is None:
        return text
    rows = []
    for line in match[1].splitlines():
        key, _, value = line.partition(": ")
        plain = re.fullmatch(r"-?\d+|true|false|\d{4}-\d\d-\d\d", value) is not None
        quoted = value if value[:1] == '"' else json.dumps(value, ensure_ascii=False)
        rows.append(f"{key} = {value if plain else quoted}")
    return "\n".join(("+++", *rows, "+++")) + "\n" + text[match.end() :]


def _is_bare(value: str) -> bool:
    """Whether YAML reads a value as this text without quotes; a date stays one."""
    return re.fullmatch(r"\d{4}-\d\d-\d\d|[A-Za-z가-힣][\w가-힣 ]*", value) is not None and (
        value.casefold() not in ("yes", "no", "true", "false", "on", "off", "null", "y", "n")
    )


def _dates(at: datetime) -> dict[str, Any]:
    iso = at.isocalendar()
    return {
        "date": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}", "year": at.year, "month": at.month,
        "day": at.day, "week": iso.week, "quarter": (at.month + 2) // 3,
        "now": f"{at:%Y-%m-%dT%H:%M}",
    }  # fmt: skip


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise ConfigError(f"[new] {key} is not a text", place="dots.toml")
    return value
