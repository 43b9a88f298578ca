"""The person's own settings, apart from any vault: `config.toml` in the user's config folder.

    editor = "nvim"        # else VISUAL, else EDITOR
    undo_days = 90         # how long the old bytes of what dots wrote are kept

    [alias]                # names of your own for commands
    "일기" = "search kind:daily --sort created"

Programs and commands are named here or in the environment, never by a vault. `DOTS_CONFIG` names
another file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from platformdirs import user_config_path

from vaultdots.errors import ConfigError
from vaultdots.text.tuples import NamedTuple

KEEP_DAYS = 90


class UserSettings(NamedTuple):
    """editor: a command line, "" for none. undo_days: what `dots undo` can go back. alias: name →
    the command and its arguments, as a shell would take them."""

    editor: str = ""
    undo_days: int = KEEP_DAYS
    alias: Mapping[str, str] = MappingProxyType({})


def user_settings(environ: Mapping[str, str]) -> UserSettings:
    """The settings; defaults where there is no file. Raises ConfigError."""
    named = environ.get("DOTS_CONFIG")
    file = Path(named).expanduser() if named else user_config_path("vaultdots") / "config.toml"
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        table = {}
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"it cannot be read ({reason})", place=str(file)) from None
    editor = table.get("editor", "")
    days = table.get("undo_days", KEEP_DAYS)
    if not isinstance(editor, str):
        raise ConfigError("editor is not a text", place=str(file))
    if not isinstance(days, int) or isinstance(days, bool) or days < 0:
        raise ConfigError("undo_days is not a number of days", place=str(file))
    alias = table.get("alias", {})
    if not isinstance(alias, dict) or not all(isinstance(text, str) for text in alias.values()):
        raise ConfigError("[alias] is not a table of texts", place=str(file))
    editor = editor or environ.get("VISUAL", "") or environ.get("EDITOR", "")
    return UserSettings(editor, days, alias)
