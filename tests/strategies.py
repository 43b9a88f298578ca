"""Hypothesis strategies for notes and vaults: Markdown as people and accidents write it.

    notes()        the text of one note: properties, headings, prose, links of every form, code,
                   broken constructs, Unicode traps, any line ends
    vault_files()  a small vault as {path: text}, whose links often name notes of the vault
    any_text()     no Markdown at all on purpose: what a parser must survive

What is drawn is biased towards collisions: few names, few ids, few headings, so that links meet
their targets, blocks repeat and fences close each other by accident.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar
from unicodedata import normalize

from hypothesis import strategies as st

T = TypeVar("T")


def _named(build: Callable[[], st.SearchStrategy[T]]) -> Callable[[], st.SearchStrategy[T]]:
    """`build`, called once; its strategy shows itself by its name, not by all its parts."""
    built = cache(build)

    def drawn(draw: st.DrawFn) -> T:
        return draw(built())

    drawn.__name__ = drawn.__qualname__ = build.__name__
    drawn.__doc__ = build.__doc__
    return cache(st.composite(drawn))


NAMES = (
    "Harbor", "harbor", "Log", "회고", "2023년 회고", "도커", "v1.2 notes", "C++ & C", "it's",
    "객체지향의 사실과 오해", "스프링 MVC", "été", "Straße", "snake_case_name", "2023-01-05",
    "a", "b",
)  # fmt: skip
FOLDERS = ("", "a/", "b/", "a/b/", "회고/", "2023/12/", "공부/백엔드/", "_posts/", "books/")
WORDS = (
    "회고", "올해", "스레드에서", "읽었다", "목표", "2024년", "note", "the", "study", "I'm",
    "Docker를", "100%", "$5", "3.14", "a*b", "x_y", "<3", "🎉", "👨‍👩‍👧", "ＡＢ", "…", "—",
)  # fmt: skip
TRAPS = (
    "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\0", "\ufeff", "\u200b", "\xa0", "\u3000", "\t",
    "e\u0301", normalize("NFD", "한글"), "\u0301", "𝒳", "\u202e", "｜", "［［",
)  # fmt: skip
BROKEN = (
    "[[", "]]", "[[a", "a]]", "[[]]", "[[|a]]", "[[a|", "![[", "[", "](", "[x](", "[x](a b)",
    "[x]:",
    "`", "``", "```", "~~~", "%%", "$", "$$", "<!--", "-->", "<div>", "</div>", "<script>", "\\",
    "\\[[a]]", "\\`", "#", "##", "---", "+++", ">", "- ", "1.", "|", "^", "^id", "[^1]", "[^1]:",
    "{{<",
    "{% raw %}", "***", "====", "- [ ]", "&amp;", "&#x", "http://", "    ", "\t",
)  # fmt: skip
HEADINGS = ("One", "Two", "잘한 일", "아쉬운 일", "2024 목표", "**Bold** `code`", "See [[a|b]]", "")
IDS = ("id", "a-b", "37066d", "quote-of-the-day")
TAGS = ("공부", "study", "a/b", "백엔드/스프링", "y1984", "1984", "🎉", "snake_case", "kebab-case")
URLS = ("https://example.com/#frag", "https://example.com/a_(b)", "mailto:me@example.com")


@_named
def words() -> st.SearchStrategy[str]:
    """One word, mostly a plain one."""
    return st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(WORDS),
        st.sampled_from(TRAPS),
        st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=4),
        st.text(max_size=3),
    )


@_named
def names() -> st.SearchStrategy[str]:
    """A note's name, now and then decomposed."""
    plain = st.sampled_from(NAMES)
    return st.one_of(plain, plain, plain, plain.map(lambda name: normalize("NFD", name)))


@_named
def paths() -> st.SearchStrategy[str]:
    """A note's path from the vault's root, without its extension."""
    return st.builds(lambda folder, name: folder + name, st.sampled_from(FOLDERS), names())


@_named
def targets() -> st.SearchStrategy[str]:
    """What stands in a wikilink before the pipe: a path, a relative path, a subpath."""
    prefix = st.sampled_from(("", "", "", "/", "./", "../", " "))
    suffix = st.sampled_from(("", "", "", ".md", "#One", "#One#Two", "#^id", "#", " "))
    return st.builds(
        lambda before, path, after: before + path + after,
        prefix,
        st.one_of(names(), paths(), st.just("")),
        suffix,
    )


@_named
def wikilinks() -> st.SearchStrategy[str]:
    return st.builds(
        lambda mark, target, display: f"{mark}[[{target}{display}]]",
        st.sampled_from(("", "", "!")),
        targets(),
        st.sampled_from(("", "", "|shown", "|표시", "\\|cell", "|100x145", "|")),
    )


def _address(target: str) -> str:
    return target.replace("%", "%25").replace(" ", "%20")


def _asked(target: str) -> str:
    """An address with a query before its subpath."""
    name, hash_, rest = _address(target).partition("#")
    return f"{name}?raw=true{hash_}{rest}"


@_named
def markdown_links() -> st.SearchStrategy[str]:
    address = st.one_of(
        targets().map(_address),
        targets().map(_asked),
        targets().map(lambda target: f"<{target}>"),
        targets(),
        st.sampled_from(URLS),
    )
    return st.builds(
        lambda mark, text, to, title: f"{mark}[{text}]({to}{title})",
        st.sampled_from(("", "", "!")),
        st.one_of(words(), st.sampled_from(("a [b] c", "a`b`", "", "a\nb"))),
        address,
        st.sampled_from(("", "", ' "title"', " 'it''s'", " (so)")),
    )


@_named
def reference_links() -> st.SearchStrategy[str]:
    return st.sampled_from(("[x][r]", "[r][]", "[r]", "![x][r]", "[^1]", "[R][]", "[x] [r]"))


@_named
def tags() -> st.SearchStrategy[str]:
    return st.builds(
        lambda before, tag: f"{before}#{tag}",
        st.sampled_from(("", "", "(", "글", "_", '"', "https://e.x/", "\\")),
        st.sampled_from(TAGS),
    )


@_named
def inlines() -> st.SearchStrategy[str]:
    """A piece of a line: a word, a link, a tag, a span of code or math, or something broken."""
    inner = st.one_of(words(), wikilinks(), tags())
    wrapped = st.builds(
        lambda pair, text: pair[0] + text + pair[1],
        st.sampled_from(
            [("`", "`"), ("``", "``"), ("$", "$"), ("$$", "$$"), ("%%", "%%"), ("**", "**"),
             ("_", "_"), ("~~", "~~"), ("==", "=="), ("<b>", "</b>"), ("<!-- ", " -->"),
             ("<", ">"), ("{% raw %}", "{% endraw %}"), ('{{< ref "', '" >}}'), ("(", ")")]
        ),
        inner,
    )  # fmt: skip
    return st.one_of(
        words(),
        words(),
        wikilinks(),
        markdown_links(),
        reference_links(),
        tags(),
        wrapped,
        st.sampled_from(URLS),
        st.sampled_from(BROKEN),
    )


@_named
def lines() -> st.SearchStrategy[str]:
    """One line of prose; it may end in a block id."""
    joined = st.builds(
        lambda pieces, glue: glue.join(pieces),
        st.lists(inlines(), min_size=1, max_size=6),
        st.sampled_from((" ", " ", " ", "")),
    )
    ends = st.one_of(st.just(""), st.just(""), st.sampled_from(IDS).map(lambda i: f" ^{i}"))
    return st.builds(lambda line, end: line + end, joined, ends)


@_named
def blocks() -> st.SearchStrategy[str]:
    """One block: lines without a final line end."""
    paragraph = st.lists(lines(), min_size=1, max_size=3).map("\n".join)
    heading = st.builds(
        lambda level, text, close: f"{'#' * level} {text}{close}",
        st.integers(1, 7),
        st.one_of(st.sampled_from(HEADINGS), lines()),
        st.sampled_from(("", "", " ##", "#")),
    )
    underlined = st.builds(
        lambda text, sign: f"{text}\n{sign}", lines(), st.sampled_from(("===", "---", "-", "="))
    )
    fence = st.builds(
        lambda opening, info, body, closing: f"{opening}{info}\n{body}{closing}",
        st.sampled_from(("```", "~~~", "````", "  ```", "    ```")),
        st.sampled_from(("", "python", "dataview", " a`b")),
        paragraph,
        st.sampled_from(("\n```", "\n~~~", "\n````", "", "\n    ```", "\n``` x")),
    )
    items = st.lists(
        st.builds(
            lambda indent, mark, box, line: indent + mark + box + line,
            st.sampled_from(("", "", "  ", "    ", "\t")),
            st.sampled_from(("- ", "* ", "1. ", "10) ", "-")),
            st.sampled_from(("", "", "[ ] ", "[x] ", "[-] ", "[]")),
            lines(),
        ),
        min_size=1,
        max_size=4,
    ).map("\n".join)
    table = st.builds(
        lambda cells, rows: "\n".join((f"| {cells} | x |", "|---|---|", *rows)),
        inlines(),
        st.lists(st.builds(lambda a, b: f"| {a} | {b} |", inlines(), inlines()), max_size=2),
    )
    html = st.builds(
        lambda tag, body: f"<{tag}>\n{body}\n</{tag}>",
        st.sampled_from(("div", "details", "pre", "script", "custom-tag")),
        paragraph,
    )
    other = st.sampled_from(
        ("", "---", "***", "^id", "[r]: a.md", '[r]: <b c.md> "t"', "[^1]: note [[a]]",
         "{:toc}", "$$\nx [[a]]\n$$", "%%\n# no\n[[a]]\n%%", "> [!note]- See [[a]]\n> text",
         "<!-- \n\n[[a]] -->", "    [[code]]", "\t#code", '{{< article link="/post/a/" >}}')
    )  # fmt: skip
    plain = st.one_of(paragraph, paragraph, heading, fence, items, table, html, underlined, other)

    def nested(inside: str, prefix: str) -> str:
        first, *rest = inside.split("\n")
        under = "> " if prefix.startswith(">") else " " * len(prefix)
        return "\n".join([prefix + first, *(under + line for line in rest)])

    return st.one_of(
        plain, plain, plain, st.builds(nested, plain, st.sampled_from(("> ", "- ", "1. ", "> > ")))
    )


def _values() -> st.SearchStrategy[str]:
    return st.one_of(
        names().map(lambda name: f'"[[{name}]]"'),
        names().map(lambda name: f"[[{name}]]"),
        st.sampled_from(
            ("2023", "회고: 2023", "{{date}}", "2023-02-30", "2023-01-01 14:26:01 +0900", "no",
             "12:30", "010", '"open', "[a, b", "[a, b]", "@x", "!!python/none", "&a [*a]", "",
             "|\n  one\n  ---", "~", "true", "#no", "a #b", "\tx", "*missing", "[x](a.md)",
             "\n  - a\n  - '#b'", "a, b c", "{a: {b: c}}")
        ),
        words(),
    )  # fmt: skip


@_named
def frontmatters() -> st.SearchStrategy[str]:
    """A block of properties, its delimiters with it, good or bad; often none."""
    keys = st.sampled_from(
        (
            "title",
            "tags",
            "tag",
            "aliases",
            "alias",
            "date",
            "kind",
            "1",
            "content",
            "handler",
            "제목",
        )
    )
    yaml = st.builds(
        lambda pairs, close: "---\n" + "".join(f"{k}: {v}\n" for k, v in pairs) + close,
        st.lists(st.tuples(keys, _values()), max_size=5),
        st.sampled_from(("---\n", "---\n", "---\n", "---", "", "----\n", "...\n")),
    )
    toml = st.builds(
        lambda value: f"+++\ntitle = {value}\n+++\n", st.sampled_from(('"x"', "x", "[[a]]"))
    )
    json = st.sampled_from(('---\n{"tags": ["a"], "n": 1}\n---\n', '---\n{"a":\n---\n'))
    return st.one_of(st.just(""), st.just(""), yaml, yaml, toml, json)


@_named
def notes() -> st.SearchStrategy[str]:
    """The text of a note, decoded, without a byte order mark."""
    body = st.builds(
        lambda parts, glue: glue.join(parts),
        st.lists(blocks(), max_size=8),
        st.sampled_from(("\n\n", "\n\n", "\n", "\n  \n")),
    )
    whole = st.builds(
        lambda front, text, end: front + text + end,
        frontmatters(),
        body,
        st.sampled_from(("\n", "\n", "", "\n\n\n")),
    )
    ends = st.sampled_from(("\n", "\n", "\n", "\r\n", "\r"))
    return st.builds(lambda text, end: text.replace("\n", end), whole, ends)


def any_text() -> st.SearchStrategy[str]:
    """Any text at all, and any mix of the signs that Markdown reads."""
    signs = st.text(st.sampled_from("[]()!#|^`~$%<>-+=*_\\:/\"'{} \t\r\na가1"), max_size=60)
    return st.one_of(st.text(max_size=60), signs)


def vault_files(*, max_notes: int = 6) -> st.SearchStrategy[dict[str, str]]:
    """A vault: {path: text}. No two paths are one file on a disk that folds case and form."""
    entries = st.lists(
        st.tuples(paths().map(lambda path: normalize("NFC", path) + ".md"), notes()),
        max_size=max_notes,
        unique_by=lambda entry: entry[0].casefold(),
    )
    return entries.map(dict)
