"""A language client of each editor's kind, speaking to a real `dots lsp`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

pytest.importorskip("pytest_lsp", reason="pytest-lsp is missing")

from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from tests.disk import environment, settle, write

CLIENTS = {
    "vscode": "visual-studio-code",
    "neovim": "neovim@v0.11",
    "emacs": "emacs",
}
ENCODINGS = {"vscode": ["utf-16"], "neovim": ["utf-8", "utf-16", "utf-32"], "emacs": ["utf-32"]}


class Editor:
    """An editor with a vault: opens notes, types, asks. Positions are made from `text|` marks."""

    def __init__(
        self, client: LanguageClient, root: Path, encoding: str, commands: list[str]
    ) -> None:
        self.client = client
        self.root = root
        self.encoding = encoding
        self.commands = commands
        self.texts: dict[str, str] = {}
        self.version = 0
        self.versions: dict[str, int] = {}
        self.published: dict[str, types.PublishDiagnosticsParams] = {}

        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published[params.uri] = params

        # pytest-lsp's own keeps no version: findings of the text before are taken for these.
        client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = publish

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def path(self, uri: str) -> str:
        from pygls.uris import to_fs_path

        return Path(to_fs_path(uri) or "").relative_to(self.root).as_posix()

    def open(self, path: str, text: str | None = None) -> None:
        """Open a note; without a text, as it is on disk."""
        if text is None:
            text = (self.root / path).read_bytes().decode()
        self.texts[path] = text
        self.versions[path] = 0
        item = types.TextDocumentItem(self.uri(path), "markdown", 0, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, path: str, text: str) -> None:
        """Change what is on the screen to `text`, by the one stretch that differs."""
        old = self.texts[path]
        start = next(
            (n for n, (a, b) in enumerate(zip(old, text, strict=False)) if a != b),
            min(len(old), len(text)),
        )
        tail = 0
        while tail < min(len(old), len(text)) - start and old[-1 - tail] == text[-1 - tail]:
            tail += 1
        self.version += 1
        self.versions[path] = self.version
        change = types.TextDocumentContentChangePartial(
            range=types.Range(self.at(old, start), self.at(old, len(old) - tail)),
            text=text[start : len(text) - tail],
        )
        identifier = types.VersionedTextDocumentIdentifier(self.version, self.uri(path))
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(identifier, [change])
        )
        self.texts[path] = text

    def save(self, path: str) -> None:
        (self.root / path).write_bytes(self.texts[path].encode())
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(self.document(path)))

    def close(self, path: str) -> None:
        del self.texts[path]
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.document(path)))

    def document(self, path: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(path))

    def at(self, text: str, offset: int) -> types.Position:
        """The position of a code point, counted here once more, by the protocol's words."""
        before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
        line = before.count("\n")
        written = before.rpartition("\n")[2]
        code = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[self.encoding]
        width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[self.encoding]
        return types.Position(line, len(written.encode(code)) // width)

    def offset(self, text: str, position: types.Position) -> int:
        """The code point of a position; the other way round, by trying."""
        for offset in range(len(text) + 1):
            if text[offset - 1 : offset + 1] != "\r\n" and self.at(text, offset) == position:
                return offset
        raise AssertionError(position)

    def mark(self, path: str, marked: str) -> types.Position:
        """Type a text with `│` where the cursor stands, and say where that is."""
        offset = marked.index("│")
        text = marked.replace("│", "", 1)
        if path in self.texts:
            self.type(path, text)
        else:
            self.open(path, text)
        return self.at(text, offset)

    def covered(self, path: str, range_: types.Range) -> str:
        """The text that a range covers."""
        text = self.texts.get(path)
        if text is None:
            text = (self.root / path).read_bytes().decode()
        return text[self.offset(text, range_.start) : self.offset(text, range_.end)]

    def applied(self, path: str, edits: list[types.TextEdit]) -> str:
        """A note's text after some edits."""
        text = self.texts.get(path)
        if text is None:
            text = (self.root / path).read_bytes().decode()
        spans = [
            (self.offset(text, e.range.start), self.offset(text, e.range.end), e.new_text)
            for e in edits
        ]
        for start, end, new in sorted(spans, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    async def complete(self, path: str, marked: str) -> list[types.CompletionItem]:
        position = self.mark(path, marked)
        found = await self.client.text_document_completion_async(
            types.CompletionParams(self.document(path), position)
        )
        assert isinstance(found, types.CompletionList)
        assert found.is_incomplete
        return list(found.items)

    async def accept(self, path: str, marked: str, label: str) -> str:
        """The text after the item with this label is taken."""
        items = await self.complete(path, marked)
        (item,) = [one for one in items if one.label == label][:1]
        assert isinstance(item.text_edit, types.TextEdit)
        return self.applied(path, [item.text_edit, *(item.additional_text_edits or ())])

    async def definition(self, params: types.DefinitionParams) -> list[types.Location]:
        """Where something leads."""
        found = await self.client.text_document_definition_async(params)
        assert isinstance(found, list)
        return [one for one in found if isinstance(one, types.Location)]

    async def findings(self, path: str) -> list[types.Diagnostic]:
        """A note's diagnostics: asked for, or pushed."""
        if self.pulls:
            found = await self.client.text_document_diagnostic_async(
                types.DocumentDiagnosticParams(self.document(path))
            )
            assert isinstance(found, types.RelatedFullDocumentDiagnosticReport)
            return list(found.items)
        for _ in range(600):
            pushed = self.published.get(self.uri(path))
            if pushed is not None and pushed.version == self.versions[path]:
                return list(pushed.diagnostics)
            await asyncio.sleep(0.05)
        raise AssertionError("no diagnostics were pushed")

    @property
    def pulls(self) -> bool:
        capabilities = self.client.capabilities
        document = capabilities.text_document if capabilities else None
        return document is not None and document.diagnostic is not None


def changed(editor: Editor, edit: types.WorkspaceEdit) -> tuple[dict[str, str], dict[str, str]]:
    """(path → text after an edit, old path → new path), in whichever form the editor gets it."""
    texts = {
        editor.path(uri): editor.applied(editor.path(uri), list(edits))
        for uri, edits in (edit.changes or {}).items()
    }
    moves = {}
    for change in edit.document_changes or ():
        if isinstance(change, types.TextDocumentEdit):
            path = editor.path(change.text_document.uri)
            edits = [one for one in change.edits if isinstance(one, types.TextEdit)]
            texts[path] = editor.applied(path, edits)
        elif isinstance(change, types.RenameFile):
            moves[editor.path(change.old_uri)] = editor.path(change.new_uri)
    return texts, moves


Start = Callable[..., Awaitable[Editor]]


@pytest_asyncio.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Start an editor: `await start(files, client="vscode", encoding="utf-16")`."""
    running: list[Editor] = []

    async def begin(
        files: dict[str, str | bytes] | Path,
        *,
        client: str = "vscode",
        encoding: str | None = None,
        options: dict[str, Any] | None = None,
        folders: list[Path] | None = None,
        locale: str | None = "en",
        **environ: str,
    ) -> Editor:
        root = files if isinstance(files, Path) else write(tmp_path / "v", files)
        if not isinstance(files, Path):
            settle(root)
        config = ClientServerConfig(
            server_command=[sys.executable, "-m", "vaultdots", "lsp"],
            server_env=environment(tmp_path / "cache", **environ),
        )
        lsp = await config.start()
        assert isinstance(lsp, LanguageClient)
        capabilities = client_capabilities(CLIENTS[client])
        assert capabilities.general is not None
        offered = [encoding] if encoding else ENCODINGS[client]
        capabilities.general.position_encodings = [types.PositionEncodingKind(e) for e in offered]
        lsp.capabilities = capabilities
        result = await asyncio.wait_for(
            lsp.initialize_session(
                types.InitializeParams(
                    capabilities=capabilities,
                    process_id=None,
                    root_uri=root.as_uri(),
                    workspace_folders=[
                        types.WorkspaceFolder(one.as_uri(), one.name) for one in folders or [root]
                    ],
                    initialization_options=options,
                    locale=locale,
                )
            ),
            30,
        )
        agreed = result.capabilities.position_encoding
        assert agreed == offered[0]
        offer = result.capabilities.execute_command_provider
        editor = Editor(lsp, root, offered[0], list(offer.commands) if offer else [])
        running.append(editor)
        return editor

    yield begin
    for editor in running:
        await editor.client.shutdown_session()
        await editor.client.stop()  # type: ignore[no-untyped-call]
