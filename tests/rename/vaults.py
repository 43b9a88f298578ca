"""The vaults of the rename matrix: one file a kind of reference, all to one note.

A line of a kind's file that begins with `!` in `KEPT` must not change: code, math, another note.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

OLD = "notes/Old Note.md"
BODY = """---
aliases: [The Old One]
---
# Old Note

first [[#Part]] [[Old Note#Part]] [self](Old%20Note.md#part) [beside](Other.md)
![picture](../img/pic%20ture.png)

## Part

A paragraph. ^blk

### Sub
"""

KINDS = {
    "wikilink": "[[Old Note]]",
    "wikilink-path": "[[notes/Old Note]]",
    "wikilink-rooted": "[[/notes/Old Note]]",
    "wikilink-ending": "[[Old Note.md]]",
    "wikilink-relative": "[[../notes/Old Note]]",
    "wikilink-spaces": "[[ Old Note ]]",
    "wikilink-case": "[[old note]]",
    "display": "[[Old Note|shown]]",
    "display-same": "[[Old Note|Old Note]]",
    "heading": "[[Old Note#Part|x]]",
    "heading-chain": "[[Old Note#Old Note#Part#Sub]]",
    "block": "[[Old Note#^blk]]",
    "embed": "![[Old Note]]",
    "embed-part": "![[Old Note#Part]]",
    "alias": "[[The Old One]]",
    "table": "| a | b |\n|---|---|\n| [[Old Note\\|cell]] | ![[Old Note#Part\\|100]] |",
    "property": '---\nup: "[[Old Note]]"\nrelated:\n  - "[[notes/Old Note|x]]"\n---\n',
    "property-plain": "---\nup: [[Old Note]]\n---\n",
    "markdown": "[x](../notes/Old%20Note.md)",
    "markdown-dot": "[x](./../notes/Old%20Note.md)",
    "markdown-root": "[x](/notes/Old%20Note.md)",
    "markdown-name": "[x](Old%20Note.md)",
    "markdown-bare": "[x](../notes/Old%20Note)",
    "markdown-angle": "[x](<../notes/Old Note.md>)",
    "markdown-title": '[x](../notes/Old%20Note.md "a title")',
    "markdown-heading": "[x](../notes/Old%20Note.md#Part)",
    "markdown-query": "[x](../notes/Old%20Note.md?plain=1#Part) [y](<../notes/Old Note.md?v2>)",
    "markdown-folder": "[x](../notes/) [y](../notes) [z](/notes/) [w](..)",
    "reference": '[x][old] and [old]\n\n[old]: ../notes/Old%20Note.md "title"\n',
    "reference-angle": "[x][old]\n\n[old]: <../notes/Old Note.md>\n",
    "list-and-quote": "> [!note] [[Old Note]]\n> - [ ] [[Old Note#Part]]\n\n- [[Old Note]]\n",
    "comment": "%% [[Old Note]] %%",
    "footnote": "text[^1]\n\n[^1]: see [[Old Note]]\n",
    "crlf": "one [[Old Note]]\r\ntwo [x](../notes/Old%20Note.md)  \r\n",
    "bom": "\ufeff[[Old Note]]",
    "code": "`[[Old Note]]` ``[x](../notes/Old%20Note.md)``\n\n```\n[[Old Note]]\n```\n",
    "math": "$[[Old Note]]$\n\n$$\n[[Old Note]]\n$$\n",
    "html-comment": "<!-- [[Old Note]] -->",
    "other-note": "[[Other]] [x](../notes/Other.md) [[Older Note]]",
    "many": "[[Old Note]][[Old Note]] [[Old Note|a]] and [[Other]] [[Old Note]]",
}
"""Kind → the text of `src/KIND.md`."""

KEPT = frozenset(("code", "math", "html-comment"))
"""Kinds that hold no link: no byte of theirs may change."""

BOARD = {
    "nodes": [
        {"id": "1", "type": "file", "file": OLD, "subpath": "#Part", "x": 0, "y": 0},
        {"id": "2", "type": "text", "text": 'see [[Old Note]]\nand "[x](notes/Old%20Note.md)"'},
        {"id": "3", "type": "file", "file": "notes/Other.md"},
    ],
    "edges": [{"id": "e", "fromNode": "1", "toNode": "2"}],
}
BASE = 'views:\n  - type: table\n    note: "[[Old Note]]"\n'


def obsidian() -> dict[str, str]:
    """A vault with wikilinks and Markdown links."""
    files = {f"src/{kind}.md": text for kind, text in KINDS.items()}
    return files | {
        ".obsidian/app.json": "{}",
        OLD: BODY,
        "notes/Other.md": "other [[Old Note]] [x](Old%20Note.md)\n",
        "Twin.md": "the twin in the root\n",
        "src/twin-user.md": "[[Twin]] [x](../Twin.md)",
        "img/pic ture.png": "png",
        "src/picture.md": "![[pic ture.png|100x145]] ![x](../img/pic%20ture.png)",
        "src/picture-query.md": "![x](../img/pic%20ture.png?raw=true)",
        "src/board.canvas": json.dumps(BOARD, ensure_ascii=False, indent="\t"),
        "src/list.base": BASE,
    }


def hangul() -> dict[str, str]:
    """The same vault with Hangul names, one link decomposed as macOS writes it."""
    found = {}
    for path, text in obsidian().items():
        text = text.replace("Old%20Note", "%ED%9A%8C%EA%B3%A0").replace("old note", "회고")
        found[path.replace("Old Note", "회고")] = text.replace("Old Note", "회고")
    found["src/nfd.md"] = f"[[{normalize('NFD', '회고')}]] [x](../notes/회고.md)"
    return found


def hugo() -> dict[str, str]:
    """A Hugo site: bundles, `ref`, addresses."""
    return {
        "hugo.toml": 'baseURL = "https://example.org/"\n',
        "content/posts/old-note/index.md": "+++\ntitle = 'Old'\n+++\n[b](../other/)\n## Part\n",
        "content/posts/other.md": "+++\ntitle = 'Other'\n+++\n",
        "content/posts/ref.md": '{{< ref "old-note" >}} {{< relref "posts/old-note" >}}\n',
        "content/posts/ref-part.md": '[x]({{< ref "/posts/old-note#part" >}})\n',
        "content/posts/address.md": "[x](/posts/old-note/) [y](https://example.org/posts/old-note/)",
        "content/posts/article.md": '{{< article link="/posts/old-note/" >}}\n',
        "content/posts/relative.md": "[x](old-note/index.md)\n",
    }


def jekyll() -> dict[str, str]:
    """A Jekyll site with a wiki: `post_url`, `[[/x]]{label}`, dated addresses."""
    post = "---\ntitle: Old\n---\ntext\n"
    return {
        "_config.yml": "url: https://example.org\n",
        "_posts/2023-12-31-old-note.md": post,
        "_posts/2024-01-01-post-url.md": "[x]({% post_url 2023-12-31-old-note %})\n",
        "_posts/2024-01-02-link.md": "[x]({% link _posts/2023-12-31-old-note.md %})\n",
        "_posts/2024-01-03-address.md": "[x](/2023/12/31/old-note.html)\n",
        "_wiki/old-page.md": "---\ntitle: Page\n---\n",
        "_wiki/braced.md": "[[/old-page]]{The page} [[old-page]]\n",
    }


class Operation(NamedTuple):
    """moves: old and new path, in order. refused: the tool must refuse and change nothing."""

    name: str
    vault: str
    moves: tuple[tuple[str, str], ...]
    refused: bool = False


NFC_PATH = "notes/회고.md"
OPERATIONS = (
    Operation("rename", "obsidian", ((OLD, "notes/New Name.md"),)),
    Operation("move-down", "obsidian", ((OLD, "notes/deep/er/Old Note.md"),)),
    Operation("move-up", "obsidian", ((OLD, "Old Note.md"),)),
    Operation("move-and-rename", "obsidian", ((OLD, "other/Fresh (one) & 100%.md"),)),
    Operation("name-of-another", "obsidian", ((OLD, "notes/Twin.md"),)),
    Operation(
        "swap",
        "obsidian",
        ((OLD, "notes/tmp.md"), ("notes/Other.md", OLD), ("notes/tmp.md", "notes/Other.md")),
    ),
    Operation("folder", "obsidian", (("notes", "archive/2024 notes"),)),
    Operation("sources", "obsidian", (("src", "far/away"),)),
    Operation("attachment", "obsidian", (("img/pic ture.png", "files/그림.png"),)),
    Operation("case", "obsidian", ((OLD, "notes/OLD NOTE.md"),)),
    Operation("taken", "obsidian", ((OLD, "notes/Other.md"),), refused=True),
    Operation("hangul", "hangul", ((NFC_PATH, "notes/2023년 회고.md"),)),
    Operation("nfc-to-nfd", "hangul", ((NFC_PATH, normalize("NFD", NFC_PATH)),)),
    Operation(
        "hugo-bundle",
        "hugo",
        (("content/posts/old-note", "content/posts/new-note"),),
    ),
    Operation(
        "jekyll-post",
        "jekyll",
        (("_posts/2023-12-31-old-note.md", "_posts/2023-12-31-new-note.md"),),
    ),
    Operation("jekyll-page", "jekyll", (("_wiki/old-page.md", "_wiki/new-page.md"),)),
)
VAULTS = {"obsidian": obsidian, "hangul": hangul, "hugo": hugo, "jekyll": jekyll}


def write_vault(root: Path, files: dict[str, str]) -> None:
    """Write a vault, byte for byte."""
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8"))


def moved_path(path: str, moves: tuple[tuple[str, str], ...]) -> str:
    """Where a file of the vault lies after `moves`."""
    for old, new in moves:
        if path == old or path.startswith(f"{old}/"):
            path = new + path[len(old) :]
    return path
