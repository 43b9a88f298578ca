"""New notes of a vault: `vault.edit.new`, and the note of a day, week, month or year."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from vaultdots.edit.new import (
    NewNote,
    Settings,
    new_note,
    period_of,
    periodic_note,
    settings_for,
)
from vaultdots.errors import UsageError
from vaultdots.store.disknames import disk_name
from vaultdots.store.periodic import FORMATS, PeriodicNotes, Unit, read_periodic

if TYPE_CHECKING:
    from vaultdots.text.calendar import Language
    from vaultdots.vault.state import State

_SAMPLE = 200
"""Notes whose frontmatter is looked at to see how the vault writes it."""
_CLEAR = 20
"""So many more notes of one style are taken to be most outside of Hugo, too, where the files were
not read again: to walk over 10,000 notes for it is half the time of `dots new`."""


def plan_note(
    state: State,
    title: str,
    at: datetime,
    *,
    template: str = "",
    kind: str = "",
    folder: str | None = None,
    given: str = "",
) -> NewNote:
    """The note that `title` would become. Raises UsageError where its name is taken."""
    table = state.config_table("new")
    settings: Settings = settings_for(table, folder)
    settings = settings._replace(template=template or settings.template)
    # A template has frontmatter of its own; only a kind may have to be put before one without.
    counted = not settings.template or bool(kind or settings.kind)
    return new_note(
        state.root,
        title,
        settings,
        at,
        is_taken=lambda path: is_taken(state, path),
        toml=counted and writes_toml(state),
        language=language_of(table, state.environ),
        given=given,
        shown_kind=kind,
    )


def plan_period(state: State, unit: Unit, at: datetime) -> tuple[NewNote, bool]:
    """The note of the day, week… that holds `at`, and whether it is there already."""
    table = state.config_table("new")
    found = period_of(table, read_periodic(state.root), unit)
    period = found or PeriodicNotes(unit, _usual_folder(state, unit), FORMATS[unit], "")
    # The name first: a template is filled for a note that is not there yet alone.
    language = language_of(table, state.environ)
    named = periodic_note(state.root, period._replace(template=""), at, language=language)
    if is_taken(state, named.path):
        return named, True
    toml = not period.template and writes_toml(state)
    return periodic_note(state.root, period, at, toml=toml, language=language), False


def is_taken(state: State, path: str) -> bool:
    """Whether a file has this name, whatever its Unicode form on the disk, or a buffer that is not
    saved. The catalog may be older than the files; see `Vault.open`."""
    if os.path.lexists(state.root / disk_name(state.root, path)):
        return True
    if state.catalog.role_of(path) is None:
        return False
    state.sync()
    return state.catalog.role_of(path) is not None


def language_of(table: Mapping[str, Any], environ: Mapping[str, str]) -> Language:
    """The language of the names of days and months: `[new] language`, else the locale's."""
    said = table.get("language")
    if said not in (None, "ko", "en"):
        raise UsageError(f"[new] language = {said!r}", place="dots.toml", hint="ko or en")
    locale = environ.get("LC_ALL") or environ.get("LC_TIME") or environ.get("LANG") or ""
    return "ko" if said == "ko" or (said is None and locale.startswith("ko")) else "en"


def writes_toml(state: State) -> bool:
    """Whether most notes of the vault that have frontmatter have it in TOML."""
    dialect = state.config.options.dialect
    if dialect in ("obsidian", "jekyll", "vuepress"):
        return False
    yaml, toml = state.catalog.frontmatters(_SAMPLE)
    if state.as_left and (dialect == "hugo" or abs(toml - yaml) < _CLEAR):
        state.sync()
        yaml, toml = state.catalog.frontmatters(_SAMPLE)
    return toml > yaml


def _usual_folder(state: State, unit: Unit) -> str:
    """Where the notes stand that are called as those of `unit` are: the folder that has most."""
    from collections import Counter

    from vaultdots.text.moment import read

    if state.as_left:  # they may have been moved, or have come from elsewhere
        state.sync()
    folders: Counter[str] = Counter()
    for row in state.catalog.notes():
        folder, _, name = row.path.rpartition("/")
        stamp = read(FORMATS[unit], name.rpartition(".")[0])
        if stamp is not None and stamp.unit == unit:
            folders[folder] += 1
    return min(folders, key=lambda name: (-folders[name], name)) if folders else ""
