"""A vault is data: nothing in it is run, nothing outside of it is read, nothing hangs dots."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.disk import environment, write
from vaultdots.cli import COMMANDS, run
from vaultdots.store.config import read_config
from vaultdots.store.opening import read_inside
from vaultdots.store.walk import walk

MODULES = sorted(
    {
        *sys.stdlib_module_names,
        *("vaultdots", "click", "numpy", "networkx", "whoosh", "yaml", "regex", "lxml", "jinja2"),
        *("pyvis", "platformdirs", "frontmatter", "prompt_toolkit", "ahocorasick_rs", "pygls"),
        *("markdownify", "charset_normalizer", "sitecustomize", "usercustomize"),
    }
)
RUNS = "import os\nopen(os.environ['RAN'], 'a').write(__name__ + '\\n')\n"
WAYS: dict[str, dict[str, str]] = {
    "UTF-8": {"LC_ALL": "C.UTF-8"},
    "another locale": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
}
ARGUMENTS: dict[str, list[str]] = {
    "search": ["회고"], "related": ["a"], "links": ["a"], "backlinks": ["a"], "mentions": ["a"],
    "connect": ["--all"], "path": ["a", "b"], "review": ["2024"], "compare": ["2023", "2024"],
    "draft": ["2026", "--print"], "settle": ["책", "kept"], "graph": ["--format", "json"],
    "import": [".", "-o", "../imported"], "on": ["12-25"], "cache": ["path"],
}  # fmt: skip
WAITING = {"lsp", "mcp", "hook", "edit"}
"""Commands that wait for a client or an editor: their own tests start them."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault that holds a module for every name that dots may import, and notes enough to read
    them beside the first process."""
    root = tmp_path_factory.mktemp("modules") / "vault"
    files = {f"{name}.py": RUNS for name in MODULES}
    files |= {f"{name}/__init__.py": RUNS for name in ("vaultdots", "click", "encodings")}
    files |= {
        "a.md": "# A\n[[b]] 회고 #t\n",
        "2024년 회고.md": "---\nkind: review\nyear: 2024\n---\n# 2024년 회고\n## 목표\n- 책 읽기\n",
        "2023년 회고.md": "# 2023년 회고\n## 내년 목표\n- 책 열 권 읽기\n[[a]]\n",
    }
    files |= {f"long/{n}.md": f"# {n}\n" + "긴 글이 여기에 있다. " * 20_000 for n in range(8)}
    return write(root, files)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in WAITING])
def test_no_command_runs_a_module_of_the_vault(
    hostile: Path, tmp_path: Path, name: str, way: str
) -> None:
    run_in(hostile, tmp_path, name, way)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.slow
def test_no_module_of_the_vault_is_run(hostile: Path, tmp_path: Path, way: str) -> None:
    run_in(hostile, tmp_path, "search", way)


def run_in(hostile: Path, tmp_path: Path, name: str, way: str) -> None:
    ran = tmp_path / "ran.txt"
    dots = Path(sys.executable).with_name("dots")
    if not dots.exists():
        pytest.skip("`dots` is not installed beside this Python")
    done = subprocess.run(
        [str(dots), name, *ARGUMENTS.get(name, [])],
        cwd=hostile,
        env={**environment(tmp_path / "cache"), **WAYS[way], "RAN": str(ran)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=100,
    )
    assert not ran.exists(), ran.read_text()
    assert b"Traceback" not in done.stderr


Maker = Callable[[Path, Path], None]


def _socket(path: Path, _: Path) -> None:
    here = Path.cwd()
    try:
        os.chdir(path.parent)  # a socket's name may have 107 characters
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _huge(path: Path, _: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


SHAPES: dict[str, Maker] = {
    "a pipe": lambda path, _: os.mkfifo(path),
    "a device": lambda path, _: path.symlink_to("/dev/zero"),
    "a socket": _socket,
    "a link out": lambda path, outside: path.symlink_to(outside),
    "a loop": lambda path, _: path.symlink_to(path.name),
    "huge": _huge,
    "a folder": lambda path, _: path.mkdir(),
    "a link to nothing": lambda path, _: path.symlink_to("nowhere"),
}
SETTINGS = (
    "dots.toml",
    "goals.toml",
    *(
        pytest.param(name, marks=pytest.mark.slow)
        for name in (
            ".obsidian/app.json",
            ".obsidian/daily-notes.json",
            ".obsidian/plugins/periodic-notes/data.json",
            "hugo.toml",
            "_config.yml",
        )
    ),
)


@contextmanager
def limited() -> Iterator[None]:
    """No more memory than an honest run needs: `/dev/zero` read to its end would take all."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", SETTINGS)
def test_a_settings_file_may_be_anything(tmp_path: Path, name: str, shape: str) -> None:
    secret = write(tmp_path / "outside", {"secret": "[kind.study]\nfolders = ['secret']\n"})
    root = write(tmp_path / "vault", {"a.md": "# A\n", "content/b.md": "b"})
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    SHAPES[shape](path, secret / "secret")
    command = [sys.executable, "-P", "-m", "vaultdots", "--vault", str(root), "goals", "--json"]
    with limited():
        done = subprocess.run(
            command,
            env=environment(tmp_path / "cache"),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert "Traceback" not in done.stderr and "secret" not in done.stdout
    if name in ("dots.toml", "goals.toml") and shape != "a link to nothing":
        assert done.returncode == 2
        assert done.stderr.startswith(f"error: {name}: ") and done.stderr.count("\n") == 1
    else:
        assert done.returncode == 1 and json.loads(done.stdout) == []


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "a link to nothing"])
def test_a_template_may_be_anything(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    shape: str,
) -> None:
    """The person names a template, and the vault decides what stands under that name."""
    secret = write(tmp_path / "outside", {"secret": "secret"})
    root = write(tmp_path / "vault", {"2024 review.md": "# 2024 review\n\nIt was a year.\n"})
    SHAPES[shape](root / "t.md", secret / "secret")
    monkeypatch.setenv("DOTS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DOTS_DATA", str(tmp_path / "data"))
    assert run(["--vault", str(root), "draft", "2025", "--template", "t.md", "--print"]) == 2
    said = capfd.readouterr()
    assert said.err.startswith("error: t.md: it ") and said.err.count("\n") == 1
    assert "secret" not in said.out
    own = ["draft", "2025", "--template", str(secret / "secret.md"), "--print"]
    write(secret, {"secret.md": "# {{ year }}\nmine\n"})
    assert run(["--vault", str(root), *own]) == 0
    assert "mine" in capfd.readouterr().out


def test_what_lies_inside_is_read_through_a_link_inside(tmp_path: Path) -> None:
    root = write(tmp_path / "vault", {"shared/dots.toml": "ignore = ['x/']\n"})
    (root / "dots.toml").symlink_to("shared/dots.toml")
    assert read_inside(root, "dots.toml").data == b"ignore = ['x/']\n"
    (root / "up.toml").symlink_to("../vault/shared/dots.toml")
    assert read_inside(root, "up.toml").refused is None
    assert read_inside(root, "../outside.toml").data is None


HANGING = {
    "optional": ("/(a?){200}a{200}!/", "a" * 200 + ".md"),
    "alternatives": ("/(?:a|aa|aaa)+(?:a|aa|aaa)+[0-9][xy]/", "a" * 200 + "1.md"),
    "stars": ("/(a.*){40}[0-9]x/", "a" * 240 + "1.md"),
    "calls itself": ("/(a(?R)?b)/", "a" * 60 + ".md"),
}


@pytest.mark.parametrize("name", HANGING)
def test_a_filter_that_takes_too_long_is_told_and_left_out(tmp_path: Path, name: str) -> None:
    expression, file = HANGING[name]
    filters = json.dumps({"userIgnoreFilters": [expression, "private/"]})
    files = {".obsidian/app.json": filters, file: "", "private/b.md": "", "c.md": ""}
    root = write(tmp_path, files)
    config = read_config(root)
    found = walk(root, config.exclusions)
    assert {path for path, seen in found.files.items() if seen.excluded} == {"private/b.md"}
    told = [*config.problems, *found.skipped]
    (problem,) = [skip for skip in told if "left out" in skip.reason]
    assert problem.path == ".obsidian/app.json" and "userIgnoreFilters" in problem.reason
    # What was left out stays left out, and is told each time.
    assert list(walk(root, config.exclusions).skipped) == found.skipped


def test_a_glob_that_takes_too_long_is_told_and_left_out(tmp_path: Path) -> None:
    glob = "**a" * 40 + "b"
    root = write(tmp_path, {"dots.toml": f"ignore = ['{glob}', '초안/']\n", "초안/x.md": ""})
    write(root, {("a" * 250 + "/") * 4 + "a.md": "", "b.md": ""})
    config = read_config(root)
    found = walk(root, config.exclusions)
    assert {path for path, seen in found.files.items() if seen.excluded} == {"초안/x.md"}
    assert [skip.path for skip in found.skipped] == ["dots.toml"]


@pytest.mark.parametrize("name", ["hugo.toml", "_config.yml", "docs/.vuepress/config.js"])
def test_a_sites_settings_are_read_in_a_time_that_grows_with_their_length(
    tmp_path: Path, name: str
) -> None:
    lines = {"hugo.toml": "\n", "_config.yml": "url\n", "docs/.vuepress/config.js": "hostname \n"}
    root = write(tmp_path, {name: lines[name] * 400_000, "content/a.md": "", "_posts/b.md": ""})
    assert read_config(root).options.site_url == ""
