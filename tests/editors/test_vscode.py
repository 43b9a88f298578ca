"""A real Visual Studio Code, in Chromium, with the plugin that `make plugins` builds."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.disk import environment, settle, write

BUILD = Path(__file__).parents[2] / "build"
CODE = BUILD / "code/node_modules/code-server/lib/vscode/out/server-main.js"
"""code-server's VS Code; code-server itself, around it, would have to be compiled."""
PLUGIN = BUILD / "vaultdots.vsix"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
_MISSING = [
    what
    for what, there in (
        ("node", shutil.which("node")),
        ("Chromium", CHROMIUM),
        ("code-server (make editors-tools)", CODE.exists()),
        ("the built plugin (make plugins)", PLUGIN.exists()),
    )
    if not there
]
SETTINGS = {
    "files.autoSave": "off",
    "workbench.startupEditor": "none",
    "telemetry.telemetryLevel": "off",
    "extensions.autoUpdate": False,
    "editor.minimap.enabled": False,
    # What dots offers is what is looked at, not the words of the text.
    "editor.wordBasedSuggestions": "off",
    "[markdown]": {"editor.quickSuggestions": {"other": "on"}},
}
FILES: dict[str, str | bytes] = {
    "dots.toml": "",
    "start.md": "[[Harber]]\n\n\n",
    "Harbor.md": "# Harbor\n",
    "도커.md": "# 도커\n\n[[Harbor]]\n",
}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(_MISSING), reason=f"there is no {', no '.join(_MISSING)}"),
]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = write(tmp_path / "v", FILES)
    settle(root)
    return root


@pytest.fixture
def code(tmp_path: Path, vault: Path) -> Iterator[str]:
    """The address of a VS Code that has the vault open."""
    ours = f'#!/bin/sh\nexec {sys.executable} -m vaultdots "$@"\n'
    commands = write(tmp_path / "bin", {"dots": ours})
    (commands / "dots").chmod(0o755)
    data = write(tmp_path / "code", {"data/Machine/settings.json": json.dumps(SETTINGS)})
    line = [
        "node", str(CODE), "--accept-server-license-terms",
        "--server-data-dir", str(data), "--extensions-dir", str(tmp_path / "extensions"),
    ]  # fmt: skip
    around = environment(
        tmp_path / "cache", PATH=f"{commands}{os.pathsep}{os.environ['PATH']}", HOME=str(tmp_path)
    )
    installed = subprocess.run(
        [*line, "--install-extension", str(PLUGIN)],
        env=around, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "was successfully installed" in installed.stdout, installed
    port = free_port()
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [
                *line, "--host", "127.0.0.1", "--port", str(port),
                "--without-connection-token", "--force-disable-user-env",
            ],
            env=around, stdout=log, stderr=log,
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}/"
        try:
            wait("VS Code's answer", lambda: answers(address))
            yield f"{address}?folder={vault}"
        finally:
            server.terminate()
            server.wait(20)


def answers(address: str) -> bool:
    with suppress(OSError), urlopen(address, timeout=5) as answer:
        return bool(answer.status == 200)
    return False


def wait(what: str, met: Callable[[], Any], seconds: float = 30) -> Any:
    """What `met` says once it says anything."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := met():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


class Window:
    """VS Code's window, worked with the keyboard and the mouse as a person does."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def open(self, name: str) -> None:
        """Open a file from the explorer."""
        self.page.locator(".explorer-folders-view .label-name", has_text=name).first.dblclick()
        wait(name, lambda: self.title == name)
        self.page.locator(".editor-instance .view-lines").first.click()

    @property
    def title(self) -> str:
        """The name of the file on the screen."""
        found = self.page.locator(".tab.active .label-name")
        return str(found.first.inner_text()) if found.count() else ""

    @property
    def lines(self) -> list[str]:
        """The text on the screen."""
        return [
            re.sub("[\u200c\u00b7]", "", line.replace("\u00a0", " "))
            for line in self.page.evaluate(
                """[...document.querySelectorAll('.editor-instance .view-line')]
                   .sort((a, b) => parseInt(a.style.top) - parseInt(b.style.top))
                   .map(line => line.textContent)"""
            )
        ]

    @property
    def problems(self) -> str:
        """What the status bar says of problems: so many errors, so many warnings."""
        return str(self.page.locator("#status\\.problems a").first.get_attribute("aria-label"))

    def go(self, line: int, column: int = 1) -> None:
        """Put the cursor on a place."""
        self.press("Control+g")
        self.page.keyboard.type(f"{line}:{column}")
        self.press("Enter")

    def run(self, command: str) -> None:
        """Run a command of the palette."""
        self.page.locator(".editor-instance .view-lines").first.click()
        self.press("F1")
        self.wait_for_focus(".quick-input-widget")
        self.page.keyboard.type(command)
        row = self.page.locator(".quick-input-widget .monaco-list-row.focused", has_text=command)
        row.first.wait_for()
        self.press("Enter")

    def choose(self, words: str) -> None:
        """Go down to an offer of the light bulb and take it."""
        focused = self.page.locator(".action-widget .monaco-list-row.focused")
        for _ in range(9):
            focused.first.wait_for()
            if words in focused.first.inner_text():
                break
            self.press("ArrowDown")
            time.sleep(0.2)
        self.press("Enter")

    def wait_for_focus(self, within: str) -> None:
        """Wait until what is typed goes into something."""
        self.page.wait_for_function(
            "within => document.activeElement?.closest(within)", arg=within, timeout=20_000
        )


@pytest.fixture
def window(code: str) -> Iterator[Window]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page(viewport={"width": 1300, "height": 850}, locale="en-US")
        page.goto(code)
        page.wait_for_selector(".explorer-folders-view .label-name", timeout=60_000)
        page.get_by_role("button", name="Yes, I trust the authors").click()
        yield Window(page)
        with suppress(OSError):
            pictures = Path(os.environ.get("DOTS_PICTURES", BUILD / "pictures"))
            pictures.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=pictures / "vscode.png")
        chromium.close()


def test_a_session(window: Window, vault: Path) -> None:
    page = window.page
    window.open("start.md")
    wait("the broken link's finding", lambda: "Warnings: 1" in window.problems)

    # Complete behind an emoji and Hangul, with the brackets that the editor closes.
    window.go(3)
    page.keyboard.insert_text("😀 가 ")
    page.keyboard.type("[[")
    page.keyboard.insert_text("도ㅋ")
    row = page.locator(".suggest-widget.visible .monaco-list-row", has_text="도커").first
    row.wait_for(timeout=20_000)
    window.press("Enter")
    wait("the completed link", lambda: window.lines[2] == "😀 가 [[도커]]")

    # Jump from the link.
    window.go(3, 8)
    window.press("F12")
    wait("the jump", lambda: window.title == "도커.md")
    window.press("Control+Alt+-")
    wait("the way back", lambda: window.title == "start.md")

    # Mend the broken link by the light bulb: its finding goes.
    window.go(1, 4)
    window.press("Control+.")
    window.choose("Did you mean Harbor?")
    wait("the mended link", lambda: window.lines[0] == "[[Harbor]]")
    wait("no finding", lambda: "Warnings: 0" in window.problems or "No Problems" in window.problems)
    window.press("Control+s")
    wait("the saved note", lambda: (vault / "start.md").read_text().startswith("[[Harbor]]\n"))

    # Rename what the link means: the file moves, the links follow.
    window.go(1, 4)
    window.press("F2")
    window.wait_for_focus(".rename-box")
    page.keyboard.insert_text("부두")
    window.press("Enter")
    wait("the moved file", (vault / "부두.md").exists)
    wait("the renamed link", lambda: window.lines[0] == "[[부두]]")
    assert not (vault / "Harbor.md").exists()

    # A file renamed in the explorer takes its links along.
    page.locator(".explorer-folders-view .label-name", has_text="부두.md").first.click()
    window.press("F2")
    window.wait_for_focus(".explorer-folders-view .monaco-inputbox")
    page.keyboard.insert_text("항구")
    window.press("Enter")
    # VS Code says that the links would be changed, and asks.
    page.get_by_role("button", name="OK").click()
    wait("the file renamed in the explorer", (vault / "항구.md").exists)
    wait("the changed links", lambda: page.locator(".tab.dirty").count() == 2)
    window.run("File: Save All")
    wait("the link on disk", lambda: "[[항구]]" in (vault / "도커.md").read_text())
    wait("the other link", lambda: (vault / "start.md").read_text().startswith("[[항구]]\n"))
    assert (vault / "start.md").read_text() == "[[항구]]\n\n😀 가 [[도커]]\n"
