"""The addresses at which a site shows a note."""

from __future__ import annotations

import pytest

from vaultdots.note.addresses import addresses
from vaultdots.note.model import Dialect
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note


@pytest.mark.parametrize(
    ("dialect", "path", "properties", "wanted"),
    [
        ("jekyll", "a.md", "permalink: /회고/2024/", ["회고/2024"]),
        ("jekyll", "a.md", "permalink: /%ED%9A%8C/index.html", ["회"]),
        ("jekyll", "a.md", "permalink: /:year/:title/", []),
        ("jekyll", "a.md", "redirect_from: [/old/, /older.html]", ["old", "older"]),
        ("jekyll", "_posts/2023-01-02-study.md", "", ["2023/01/02/study"]),
        ("jekyll", "en/_posts/x/2023-1-2-a.md", "categories: Dev Ops", ["en/dev/ops/2023/01/02/a"]),
        ("jekyll", "_posts/2023-01-02-a.md", "date: 2023-01-05\nslug: b", ["2023/01/05/b"]),
        ("hugo", "content/post/a.md", "slug: b", ["post/b"]),
        ("hugo", "content/post/a/index.md", "slug: b", ["post/b"]),
        ("hugo", "content/post/a.md", "url: /x/y.html", ["x/y"]),
        ("hugo", "content/post/a.md", "aliases: [/old/, older/, 레디스]", ["old", "post/older"]),
        ("vuepress", "a.md", "permalink: /x/", []),
        ("obsidian", "a.md", "permalink: /x/\nslug: y", []),
    ],
)
def test_addresses(dialect: Dialect, path: str, properties: str, wanted: list[str]) -> None:
    note = parse_note(path, f"---\n{properties}\n---\n", NoteOptions(dialect=dialect))
    assert list(addresses(note)) == wanted
