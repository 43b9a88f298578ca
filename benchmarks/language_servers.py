"""Other language servers for Markdown on the same vault in the same run, asked the same.

`make bench-peers` installs them into build/peers. VS Code's own one has its editor read files and
parse Markdown for it: that work is done here, beside it, and is none of its processor time.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from benchmarks.editing import Client
from benchmarks.processes import dots, run
from benchmarks.report import Report, ratio, shown
from benchmarks.vaults import vault

NOTES = 10_000
PEERS = Path(__file__).parent.parent / "build" / "peers"
IWES = PEERS / "cargo" / "bin" / "iwes"
MARKDOWN = PEERS / "npm/node_modules/vscode-markdown-languageserver/dist/node/workerMain.js"
_TIMES = 20
_SETTINGS = {
    "server": {"log": "off"},
    "occurrencesHighlight": {"enabled": False},
    "preferredMdPathExtensionStyle": "auto",
    "suggest": {"paths": {"enabled": True, "includeWorkspaceHeaderCompletions": "never"}},
    "validate": {"enabled": False},
}
"""Those of VS Code's Markdown, without which its server completes nothing."""


class Peer(NamedTuple):
    """A language server. line: () for `dots lsp`. link: how a link to another note is written.
    begun: a link that is being typed."""

    name: str
    line: tuple[str | Path, ...]
    there: bool
    link: str
    begun: str


class Took(NamedTuple):
    """first: processor seconds until the first answer about the whole vault. answers: by question,
    seconds on the wall, the median; without those to which the server had no answer. memory: MB."""

    first: float
    answers: dict[str, float]
    memory: float


def measure_language_servers(report: Report, work: Path) -> None:
    """From the start to the first references, then a definition and a completion."""
    peers = (
        Peer("iwes", (IWES,), IWES.exists(), "[x]({0})", "[["),
        Peer(
            "vscode-markdown-languageserver",
            (shutil.which("node") or "node", MARKDOWN, "--stdio"),
            MARKDOWN.exists() and shutil.which("node") is not None,
            "[x](/{0}.md)",
            "[y](",
        ),
    )
    folder = vault(NOTES)
    environ = {"DOTS_CACHE": str(work / "cache-servers")}
    run(dots("tags", vault=folder), environ)
    ours = _measured(folder, environ, Peer("dots", (), True, "[[{0}]]", "[["))
    rows = []
    for peer in peers:
        if not peer.there:
            report.skip(peer.name, "not installed; `make bench-peers` does it")
            continue
        theirs = _measured(folder, environ, peer)
        pairs = [
            ("ready, first references", "s", theirs.first, ours.first),
            *(
                (name, "ms", took, ours.answers[name])
                for name, took in theirs.answers.items()
                if name in ours.answers
            ),
            ("resident memory", "MB", theirs.memory, ours.memory),
        ]
        for name, unit, their, our in pairs:
            scale = 1e3 if unit == "ms" else 1
            report.add("peers", f"{peer.name}: {name}", their * scale, unit, notes=NOTES)
            report.add("peers", f"{peer.name}: {name}: ours", our * scale, unit, notes=NOTES)
            told = shown(their * scale, unit), shown(our * scale, unit), ratio(their, our)
            rows.append((peer.name, name, *told))
        for question in ("definition", "completion"):
            if question not in theirs.answers:
                report.skip(f"{peer.name}: {question}", "it had no answer")
    if rows:
        report.table(
            f"Language servers, {NOTES:,} notes (ready: processor time; dots with a warm catalog)",
            ("server", "what", "they", "dots", "ratio"),
            rows,
        )


def _measured(folder: Path, environ: dict[str, str], peer: Peer) -> Took:
    opened: dict[str, str] = {}
    client = Client(folder, environ, peer.line, _answers(folder, opened))
    root = folder.as_uri()
    capabilities = {"general": {"positionEncodings": ["utf-16"]}, "workspace": {}}
    client.ask(
        "initialize",
        {
            "processId": None,
            "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": "vault"}],
            "capabilities": capabilities,
            "initializationOptions": {"markdownFileExtensions": ["md"]},
        },
    )
    client.send("initialized", {})
    client.send("workspace/didChangeConfiguration", {"settings": {"markdown": _SETTINGS}})
    target, note = sorted(folder.rglob("*.md"))[1:3]
    name = target.relative_to(folder).as_posix().removesuffix(".md").replace(" ", "%20")
    link = peer.link.format(name if peer.line else target.stem)
    text = f"# Here\n\n{link}\n\n{peer.begun}\n"
    place = {"uri": note.as_uri()}
    opened[note.as_uri()] = text
    client.send(
        "textDocument/didOpen",
        {"textDocument": {**place, "languageId": "markdown", "version": 0, "text": text}},
    )
    at_link = {"textDocument": place, "position": {"line": 2, "character": 4}}
    at_end = {"textDocument": place, "position": {"line": 4, "character": len(peer.begun)}}
    client.ask("textDocument/references", {**at_link, "context": {"includeDeclaration": False}})
    first = client.processor()
    asked = {"definition": at_link, "completion": at_end}
    answers = {}
    for question, params in asked.items():
        if (took := _median(client, f"textDocument/{question}", params)) is not None:
            answers[question] = took
    found = Took(first, answers, client.memory())
    client.process.kill()
    client.process.wait(10)
    return found


def _median(client: Client, method: str, params: Any) -> float | None:
    """Seconds on the wall of an answer, the median; None where there is none to the question."""
    walls = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        answer = client.ask(method, params)
        walls.append(time.perf_counter() - began)
        items = answer.get("items", answer) if isinstance(answer, dict) else answer
        if not items:
            return None
    return sorted(walls)[_TIMES // 2]


def _answers(folder: Path, opened: dict[str, str]) -> Callable[[str, Any], Any]:
    """What VS Code's extension tells its server of files and of Markdown. opened: the texts of open
    notes, by address."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")

    def path(uri: str) -> Path:
        return Path(unquote(urlsplit(uri).path))

    def answer(method: str, params: Any) -> Any:
        match method:
            case "markdown/findMarkdownFilesInWorkspace":
                return [file.as_uri() for file in sorted(folder.rglob("*.md"))]
            case "markdown/parse":
                text = params.get("text") or opened.get(params["uri"])
                text = path(params["uri"]).read_text(encoding="utf-8") if text is None else text
                return [token.as_dict() for token in parser.parse(text)]
            case "markdown/fs/readFile":
                return list(path(params["uri"]).read_bytes())
            case "markdown/fs/stat":
                file = path(params["uri"])
                return {"isDirectory": file.is_dir()} if file.exists() else None
            case "markdown/fs/readDirectory":
                return [
                    [one.name, {"isDirectory": one.is_dir()}]
                    for one in path(params["uri"]).iterdir()
                ]
            case "workspace/configuration":
                return [{} for _ in params["items"]]
            case _:
                return None

    return answer
