"""Which file a link that leads nowhere asks for: the same for all that one file would mend."""

from __future__ import annotations

import re

from vaultdots.store.answers import LinkEnd, LinkRow
from vaultdots.text.names import nfc

# Where a site's generator looks without being told.
_IMPLIED = {"hugo": "content/"}
_ENDING = re.compile(r"(?<=[^/])\.(?:md|markdown|html)$", re.IGNORECASE)


def placeholder_path(link: LinkRow | LinkEnd) -> str:
    """The path, in its spelling and without `.md`, that an unresolved link asks for.

    From the vault's root where the link says so; a link relative to its note is joined with the
    note's folder. A bare name stays one, for the note may come to lie anywhere; but a Markdown link
    on a site means the page beside its own.
    """
    target = nfc(link.target).strip()
    if link.lookup in ("site", "page"):
        target = target.split("?", 1)[0]
    relative = target.startswith(("./", "../")) or target in (".", "..")
    if link.lookup == "markdown" and not target.startswith("/"):
        relative = relative or "/" in target.rstrip("/") or link.dialect != "obsidian"
    parts: list[str] = link.source.split("/")[:-1] if relative else []
    for part in target.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    path = "/".join(parts).removeprefix(_IMPLIED.get(link.dialect, "\0"))
    ending = _ENDING.search(path)
    return (path[: ending.start()].rstrip() if ending else path) or target
