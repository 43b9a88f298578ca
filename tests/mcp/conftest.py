"""An agent at a vault: the SDK's own client, joined to the server in one process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.disk import write
from vaultdots.vault import Vault

if TYPE_CHECKING:
    from mcp import Client

REDIS = """---
aliases: [레디스]
---
# Redis
A store 👨‍👩‍👧.

## Eviction
LRU.

### LFU
Too.

## Memory
Much.
"""
BEFORE = """# 2023 회고

## 목표
- Redis 책 완독하기
- 운동

## 일
Kafka 를 배웠다.
"""
AFTER = """# 2024 회고

## 2023년 목표 점검
- [x] Redis 책 완독하기

## 일
[[Redis]] 를 썼다.
"""
NOTES = {
    "dots.toml": "",
    "회고/2023.md": BEFORE,
    "회고/2024.md": AFTER,
    "study/Redis.md": REDIS,
    "study/Kafka.md": "# Kafka\r\nA log, near [[Redis]].\r\n",
    "긴.md": "# 긴 글\n" + "가나다라마바사 아자차카타파하. " * 2000,
}


def snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a vault with its bytes and time."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


class Agent:
    """Calls tools; each call is a session of its own."""

    def __init__(self, vault: Vault, *, allow_writes: bool = False) -> None:
        from vaultdots.mcp.server import build

        self.vault = vault
        self.server = build(vault, allow_writes=allow_writes)

    def run(self, asking: Any) -> Any:
        from mcp import Client

        async def session() -> Any:
            async with Client(self.server) as client:
                return await asking(client)

        return asyncio.run(session())

    def said(self, tool: str, **arguments: Any) -> tuple[bool, str]:
        """Whether a call went well, and the text of the answer."""

        async def asking(client: Client) -> Any:
            return await client.call_tool(tool, arguments)

        found = self.run(asking)
        return not found.is_error, "".join(part.text for part in found.content)

    def ask(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The answer to a call that must go well."""
        well, text = self.said(tool, **arguments)
        assert well, text
        answer = json.loads(text)
        assert isinstance(answer, dict)
        return answer

    def refused(self, tool: str, **arguments: Any) -> str:
        """What is said of a call that must not go well."""
        well, text = self.said(tool, **arguments)
        assert not well, text
        return text


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    pytest.importorskip("mcp", reason="the extra [mcp] is not installed")
    root = write(tmp_path / "v", NOTES)
    environ = {"DOTS_CACHE": str(tmp_path / "cache"), "DOTS_DATA": str(tmp_path / "data")}
    with Vault.open(root, environ=environ) as opened:
        yield opened


@pytest.fixture
def agent(vault: Vault) -> Agent:
    return Agent(vault)
