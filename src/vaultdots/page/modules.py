"""The page's script: real ES modules, joined in the order in which they import each other.

No bundler: each module becomes a function that returns what it exports, an import becomes a
destructuring of what such a function returned. The subset is small and checked: named imports of
modules beside it, exports of one function, constant or class each; the entry alone may await.
Comments of our style and the space before a line are left out.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from importlib.resources import files

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(
    r"^export (?=(?:async )?(?:function\*? |const |class )([\w$]+)(?! = [^,;({\[]*, \w+ = ))",
    re.MULTILINE,
)
_COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)
_TAIL = re.compile(r" // [^\"'`\n]*$", re.MULTILINE)
_LITERAL = re.compile(
    r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\\n]|\\.)*`"""
    r"""|(?<=[(,=:\[!&|?{};])\s*/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*"""
)
"""A text, a template, or a regular expression (what stands behind a sign is no division)."""
_SIGNS = r"[{}()\[\],;:?=<>&|!*%^~]"
_AROUND = re.compile(rf"(?<={_SIGNS}) | (?={_SIGNS})")
"""A space beside a sign. Looked for from the sign, it takes four times as long."""
_BETWEEN = re.compile(r"(?<![+\-]) ([+\-/]) (?![+\-/])")
_INDENT = re.compile(r"^\s+", re.MULTILINE)


def tight(line: str) -> str:
    """A line of script without the spaces around its signs; a tenth of the whole.

    A line with a template inside of a template is left as it is.
    """
    parts, at = [], 0
    for found in _LITERAL.finditer(line):
        if found[0].startswith("`") and found[0].count("${") != found[0].count("}"):
            return line
        parts += [_squeezed(line[at : found.start()]), found[0].lstrip()]
        at = found.end()
    return "".join([*parts, _squeezed(line[at:])])


def _squeezed(code: str) -> str:
    return _BETWEEN.sub(r"\1", _AROUND.sub("", code))


@cache
def script(entry: str) -> str:
    """The module `entry` of `script/` and all that it needs as one classic script."""
    joined = _Joined()
    joined.add(entry, ())
    return '(() => {\n"use strict";\n' + "\n".join(joined.parts) + "})();\n"


def source(name: str) -> str:
    """The text of a module. A browser hashes a script after turning CRLF into LF; a checkout may
    have put CRLF there."""
    text = files("vaultdots.page").joinpath("script", *name.split("/")).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


class _Joined:
    """Modules in order. exports: module → the names that it gives."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.exports: dict[str, list[str]] = {}

    def add(self, name: str, above: tuple[str, ...]) -> None:
        """Put a module behind those that it imports. Raises ValueError."""
        if name in self.exports:
            return
        if name in above:
            raise ValueError(f"modules import each other: {' → '.join((*above, name))}")
        text = source(name)
        lines = []
        for names, where in _IMPORT.findall(text):
            other = posixpath.normpath(posixpath.join(posixpath.dirname(name), where))
            self.add(other, (*above, name))
            wanted = [one.strip() for one in names.split(",") if one.strip()]
            unknown = set(wanted) - set(self.exports[other])
            if unknown:
                raise ValueError(f"{name}: {other} does not export {', '.join(sorted(unknown))}")
            number = list(self.exports).index(other)
            lines.append(f"const {{ {', '.join(wanted)} }} = m{number};\n")
        # No template literal of ours goes over a line's end (tests/page/test_modules.py).
        body = _INDENT.sub("", _TAIL.sub("", _COMMENT.sub("", _IMPORT.sub("", text)))).strip()
        exports = _EXPORT.findall(body)
        body = _EXPORT.sub("", body)
        left = re.search(r"^(?:import|export)\b.*", body, re.MULTILINE)
        if left:
            raise ValueError(f"{name}: not an import or export that is joined: {left[0]}")
        body = "\n".join(map(tight, body.split("\n")))
        waits = "" if above else "async "
        self.parts.append(
            f"// {name}\nconst m{len(self.exports)} = ({waits}() => {{\n{''.join(lines)}{body}\n"
            f"return {{ {', '.join(exports)} }};\n}})();\n"
        )
        self.exports[name] = exports
