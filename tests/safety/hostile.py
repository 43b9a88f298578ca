"""A vault of files that nobody should have, each with what `dots` must say of it."""

from __future__ import annotations

import codecs
import os
import socket
from pathlib import Path
from unicodedata import normalize

from tests.disk import write

GOOD = "# 좋은 노트\n[[target]] #good 회고\n"
_LINK = "\n---\n[[target]] #alive\n"
BOMB = "---\na: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(9)
)

BAD_PROPERTIES: dict[str, tuple[str, int]] = {
    # name → (block, the line of its problem)
    "colon": ("---\ntags: [a]\ntitle: 회고: 2023", 3),
    "tab": ("---\ntitle: x\n\tb: y", 3),
    "braces": ("---\ntitle: {{date}}", 2),
    "bracket": ("---\na: 1\nb: [1, 2", 3),
    "quote": ('---\na: "open', 2),
    "anchor": ("---\na: *nowhere", 2),
    "tag": ("---\na: !!python/object:os.system x", 2),
    "at": ("---\na: @x", 2),
    "percent": ("---\na: %x", 2),
    "list": ("---\n- a\n- b", 2),
    "two": ("---\na: b\n---", 0),
    "twice": ("---\na: 1\na: 2", 3),
    "control": ("---\na: x\x07y", 2),
    "bomb": (BOMB, 5),
    "long-bomb": ("---\na: &a " + "x" * 100_000 + "\nb: [" + ", ".join(["*a"] * 50) + "]", 3),
    "deep": ("---\na: " + "[" * 10_000 + "]" * 10_000, 2),
    "deep-words": ("---\na: " + "[b, " * 10_000, 2),
    "deep-maps": ("---\na: " + "{b: " * 10_000, 2),
    "deep-dashes": ("---\n" + "- " * 10_000, 2),
    "json": ('---\n{\n"a": [1,\n}', 4),
}
BAD_TOML: dict[str, str] = {
    "toml": "+++\ntitle = = 1\n+++\n",
    "toml-deep": "+++\na = " + "[1, " * 10_000 + "\n+++\n",
    "toml-dots": "+++\n" + "a." * 10_000 + "b = 1\n+++\n",
    "toml-hex": "+++\na = 0x" + "f" * 100_000 + "\n+++\n",
}
BRACKETS = [
    "[",
    "(",
    "{",
    "<",
    "![",
    "[[",
    "](",
    "]]",
    ">",
    "-",
    "*",
    "`",
    "$",
    "%",
    "#",
    "|",
    "^",
    "~",
    "_",
    "=",
    "\\",
]


def _texts() -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {"good.md": GOOD, "target.md": "# Target\n"}
    for name, (block, _) in BAD_PROPERTIES.items():
        files[f"yaml/{name}.md"] = block + _LINK
    for name, block in BAD_TOML.items():
        files[f"yaml/{name}.md"] = block + "[[target]] #alive\n"
    files |= {
        "yaml/scalar.md": "---\njust prose between two rules\n---\n[[target]] #alive\n",
        "yaml/unclosed.md": "---\na: b\n[[target]] #alive\n",
        "yaml/only.md": "---\na: b\n---",
        "yaml/surrogate.md": '---\n{\n"title": "\\ud800"\n}\n---\n[[target]] #alive\n',
        "yaml/keys.md": "---\n1: a\ncontent: b\nhandler: c\n---\n[[target]] #alive\n",
        "bytes/bom.md": codecs.BOM_UTF8 + b"---\ntitle: Bom\n---\n[[target]] #alive\n",
        "bytes/crlf.md": b"---\r\ntitle: Crlf\r\n---\r\n[[target]] #alive\r\n",
        "bytes/cp949.md": "# 회고\n올해의 [[target]] #alive\n".encode("cp949"),
        "bytes/utf16.md": "# 회고\n[[target]] #alive\n".encode("utf-16"),
        "bytes/utf16be.md": codecs.BOM_UTF16_BE + "[[target]] #alive\n".encode("utf-16-be"),
        "bytes/invalid.md": b"# a\n\n[[target]] \xff\xfe\x80 #alive\n",
        "bytes/nul.md": b"a\n\0[[target]] #alive\n",
        "bytes/empty.md": b"",
        "bytes/random.md": bytes(range(256)) * 40,
        "bytes/png.md": b"\x89PNG\r\n\x1a\n" + bytes(range(255, -1, -1)) * 20,
        "long/line.md": "[[target]] " + "가나다라마 " * 600_000 + "#alive\n",
        "long/bang.md": "![" * 10_000 + "x" + "](y)" * 10_000,
        "boards/broken.canvas": '{"nodes": [',
        "boards/deep.canvas": "[" * 10_000,
        "boards/list.canvas": '{"nodes": {}}',
        "boards/numbers.canvas": '{"nodes": [1, null, {"id": 3, "file": 4, "text": []}]}',
        "boards/good.canvas": '{"nodes": [{"id": "a", "file": "target.md"}]}',
        "boards/broken.base": "filters: [[",
        "가" * 84 + ".md": GOOD,
        "x" * 252 + ".md": GOOD,
        "Log.md": "1\n",
        "log.md": "2\n",
        "한글.md": "c\n",
        normalize("NFD", "한글.md"): "d\n",
        "name\nwith\ttraps | [x] #y ^z.md": GOOD,
    }
    for number, bracket in enumerate(BRACKETS):
        for prefix, where in (("", "prose"), ("- ", "list"), ("> ", "quote"), ("# ", "heading")):
            files[f"brackets/{number}-{where}.md"] = prefix + bracket * 10_000 + "\n[[target]]\n"
    return files


def make(root: Path) -> Path:
    """Write the hostile vault below `root`."""
    write(root, _texts())
    (root / "loop").symlink_to(".")
    (root / "self.md").symlink_to("self.md")
    (root / "out.md").symlink_to("/etc/hostname")
    (root / "nowhere.md").symlink_to("gone.md")
    (root / "again.md").symlink_to("good.md")
    os.mkfifo(root / "pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        previous = Path.cwd()
        os.chdir(root)
        try:
            server.bind("socket.md")
        finally:
            os.chdir(previous)
    for raw in (b"/\xff\xfe.md", b"/\xb0\xa1.md"):
        Path(os.fsdecode(os.fsencode(root) + raw)).write_text(GOOD)
    (root / "folder.md").mkdir()
    (root / "empty").mkdir()
    (root / "huge.md").touch()
    os.truncate(root / "huge.md", 65_000_000)
    return root


def every_name(root: Path) -> list[str]:
    """Every file and link below `root` as a report would show it: NFC, odd bytes escaped."""
    found = []
    for folder, names, files in os.walk(root):
        links = [name for name in names if Path(folder, name).is_symlink()]
        for name in (*files, *links):
            path = os.path.relpath(Path(folder, name), root)
            found.append(normalize("NFC", path).encode("utf-8", "backslashreplace").decode("utf-8"))
    return sorted(found)
