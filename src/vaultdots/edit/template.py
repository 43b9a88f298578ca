"""Templates: Jinja2 in its sandbox, with bounds, and the variables of Obsidian's own templates.

A template that stands in the vault may come from anywhere. It is filled by a process of its own
that may take two seconds, half a gigabyte and a million characters, and that is given nothing but
the values. A shipped one is filled here.
"""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from vaultdots.errors import UsageError
from vaultdots.text.calendar import Language
from vaultdots.text.moment import written

SECONDS = 2
MEMORY = 512 << 20
CHARACTERS = 1_000_000
_WALL_SECONDS = 30.0
"""Of a machine that is busy with others; the processor time is bound to `SECONDS`."""
_OBSIDIAN = re.compile(
    r"\{\{\s*(date|time|title|yesterday|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday)\s*(?:([+-]\d{1,4})([dwMy]))?\s*(?::\s*([^{}]{1,100}?))?\s*\}\}"
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {"d": 1, "w": 7}


def fill(template: str, values: Mapping[str, Any], *, path: str = "", trusted: bool = False) -> str:
    """A template with its values in it. path: of its file. trusted: a shipped one. Raises
    UsageError with the path and the line."""
    result = render(template, dict(values)) if trusted else _apart(template, dict(values))
    if result.get("error"):
        line = result.get("line", "")
        raise UsageError(
            f"the template: {result['error']}",
            place=f"{path}:{line}" if path and line else path or (f"line {line}" if line else ""),
        )
    return re.sub(r"\n{3,}", "\n\n", result["text"]).rstrip("\n") + "\n"


def render(template: str, values: dict[str, Any]) -> dict[str, str]:
    """`text`, or what is wrong: `error` and `line`. The worker's half."""
    from jinja2 import TemplateError, TemplateSyntaxError
    from jinja2.sandbox import SandboxedEnvironment

    # Markdown, not HTML: nothing is escaped.
    environment = SandboxedEnvironment(
        autoescape=False, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    pieces: list[str] = []
    size = 0
    try:
        for piece in environment.from_string(template).generate(values):
            size += len(piece)
            if size > CHARACTERS:
                return {"error": f"it gives more than {CHARACTERS:,} characters"}
            pieces.append(piece)
    except TemplateSyntaxError as error:
        return {"error": str(error.message), "line": str(error.lineno)}
    except (MemoryError, RecursionError, OverflowError):
        return {"error": "it needs too much memory"}
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        return {"error": str(error)}
    return {"text": "".join(pieces)}


def _apart(template: str, values: dict[str, Any]) -> dict[str, Any]:
    """The same in a process that is bounded."""
    try:
        ran = subprocess.run(
            # -P: nothing is imported from the current folder, which may be the vault.
            [sys.executable, "-P", "-m", "vaultdots.edit.template_worker"],
            input=pickle.dumps((template, values)),
            capture_output=True,
            timeout=_WALL_SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(os.path.isabs, sys.path))},
        )
    except subprocess.TimeoutExpired:
        return {"error": f"it takes longer than {SECONDS} seconds"}
    except OSError as error:
        return {"error": f"it cannot be filled ({error.strerror})"}
    if ran.returncode == 0:
        import json

        found: dict[str, Any] = json.loads(ran.stdout)
        return found
    if ran.returncode < 0 or b"MemoryError" not in ran.stderr:
        return {"error": f"it takes longer than {SECONDS} seconds"}
    return {"error": "it needs too much memory"}


def with_obsidian(
    template: str, values: dict[str, Any], at: datetime, formats: Mapping[str, str], to: Language
) -> str:
    """`template` with `{{date:YYYY}}`, `{{time}}`, `{{monday:…}}` as Obsidian's core plugin and
    periodic-notes fill them, each put into `values` under a name of its own.

    at: what `date` is; formats: of `date` and of `time` where none is given.
    """

    def put(match: re.Match[str]) -> str:
        name, count, unit, format_ = match.groups()
        if name == "title":
            return match[0] if not (count or format_) else "{{ title }}"
        day = at
        if name in _WEEKDAYS:
            day = at + timedelta(days=_WEEKDAYS.index(name) - at.weekday())
        elif name in ("yesterday", "tomorrow"):
            day = at + timedelta(days=1 if name == "tomorrow" else -1)
        if count:
            day = shifted(day, int(count), unit)
        key = f"obsidian_{len(values)}"
        values[key] = written(format_ or formats["time" if name == "time" else "date"], day, to)
        return "{{ " + key + " }}"

    return _OBSIDIAN.sub(put, template)


def shifted(day: datetime, count: int, unit: str) -> datetime:
    """A moment `count` days (d), weeks (w), months (M) or years (y) later."""
    if unit in _DAYS:
        return day + timedelta(days=count * _DAYS[unit])
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month + 1, day=last)
        except ValueError:
            continue
    return day
