"""The page's script: modules that are joined without a bundler, and what they may not do."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from vaultdots.page import modules

SCRIPT = Path(str(files("vaultdots.page").joinpath("script")))
NAMES = sorted(path.relative_to(SCRIPT).as_posix() for path in SCRIPT.rglob("*.js"))
NODE = shutil.which("node")


def test_every_module_of_the_page_is_joined_once() -> None:
    joined = modules.script("main.js")
    heads = re.findall(r"(?m)^// ([\w/]+\.js)$", joined)
    page = [name for name in NAMES if not name.startswith("wrapped/")]
    assert sorted(heads) == page
    assert heads[-1] == "main.js"
    assert not re.search(r"^(import|export)\b", joined, re.MULTILINE)


def test_a_module_stands_behind_those_that_it_imports() -> None:
    heads = re.findall(r"(?m)^// ([\w/]+\.js)$", modules.script("main.js"))
    assert heads.index("core/graph.js") < heads.index("core/select.js") < heads.index("main.js")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('import { nobody } from "./graph.js";\n', "does not export nobody"),
        ('import * as graph from "./graph.js";\n', "not an import or export that is joined"),
        ("export default 1;\n", "not an import or export that is joined"),
        ("export const A = 1, B = 2;\n", "not an import or export that is joined"),
        ('import { x } from "./mine.js";\n', "import each other"),
    ],
)
def test_what_cannot_be_joined_is_refused(
    text: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = modules.source
    monkeypatch.setattr(
        modules, "source", lambda name: text if name == "core/mine.js" else real(name)
    )
    modules.script.cache_clear()
    with pytest.raises(ValueError, match=message):
        modules.script("core/mine.js")
    modules.script.cache_clear()


@pytest.mark.parametrize("name", NAMES)
def test_a_module_writes_no_markup_and_asks_no_network(name: str) -> None:
    text = modules.source(name)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", text)
    assert not re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon", text)
    assert not re.search(r"\beval\(|new Function|import\(", text)
    assert text.count("\n") <= 600


@pytest.mark.parametrize("name", NAMES)
def test_no_template_literal_goes_over_a_line_s_end(name: str) -> None:
    """The joiner takes the space before a line away: it may stand in no text."""
    for line in modules.source(name).splitlines():
        assert re.sub(r"\\.", "", line).count("`") % 2 == 0, line


@pytest.mark.skipif(NODE is None, reason="no node on this machine")
def test_the_joined_script_is_javascript(tmp_path: Path) -> None:
    assert NODE is not None
    file = tmp_path / "page.js"
    file.write_text(modules.script("main.js"), encoding="utf-8")
    done = subprocess.run([NODE, "--check", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("line", "tight"),
    [
        ("const a = b + c, d = [ 1, 2 ];", "const a=b+c,d=[1,2];"),
        ("a = b - -c; d = e + +f; g++ + h;", "a=b - -c;d=e + +f;g++ + h;"),
        ("say(\"a = b\", 'c , d', `e : ${f} ;`);", "say(\"a = b\",'c , d',`e : ${f} ;`);"),
        ("x = y / z / w;", "x=y/z/w;"),
        ("t.replace(/ = [ /]; /gu, s)", "t.replace(/ = [ /]; /gu,s)"),
        ("f(`a ${b ? `c : d` : e} , g`);", "f(`a ${b ? `c : d` : e} , g`);"),
        ("return typeof a in b;", "return typeof a in b;"),
        ("// core/graph.js", "// core/graph.js"),
    ],
)
def test_only_space_around_signs_is_taken_away(line: str, tight: str) -> None:
    assert modules.tight(line) == tight


def test_the_script_is_no_markup_by_accident() -> None:
    for entry in ("main.js", "wrapped/main.js"):
        assert not re.search(r"<!--|-->|</script", modules.script(entry), re.IGNORECASE)
