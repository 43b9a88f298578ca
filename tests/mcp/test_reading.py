"""What an agent reads: small definitions, small answers, cursors, resources, hostile names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.mcp.conftest import NOTES, Agent
from vaultdots.vault import Vault

if TYPE_CHECKING:
    from mcp import Client

READING = ["search", "read", "neighbours", "years", "connect", "propose"]


def tools(agent: Agent) -> list[Any]:
    async def asking(client: Client) -> Any:
        return (await client.list_tools()).tools

    found = agent.run(asking)
    assert isinstance(found, list)
    return found


def test_the_definitions_are_small(vault: Vault) -> None:
    assert [tool.name for tool in tools(Agent(vault))] == READING
    all_of_them = tools(Agent(vault, allow_writes=True))
    assert [tool.name for tool in all_of_them] == [*READING, "apply"]
    written = json.dumps(
        [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in all_of_them],
        ensure_ascii=False,
    )
    assert len(written.encode()) <= 6_000


def test_search_and_read(agent: Agent) -> None:
    hits = agent.ask("search", query="레디스")["items"]
    assert "study/Redis.md" in [hit["path"] for hit in hits]
    note = agent.ask("read", note="레디스")
    assert (note["path"], note["text"]) == ("study/Redis.md", NOTES["study/Redis.md"])
    section = agent.ask("read", note="Redis", section="Eviction")["text"]
    assert section == "## Eviction\nLRU.\n\n### LFU\nToo.\n\n"
    assert agent.ask("read", note="Redis", section="Eviction#LFU")["text"] == "### LFU\nToo.\n\n"
    assert "Memory" in agent.refused("read", note="Redis", section="nothing")


def test_neighbours(agent: Agent) -> None:
    def paths(what: str, key: str) -> list[str]:
        return [row[key] for row in agent.ask("neighbours", note="Redis", what=what)["items"]]

    assert paths("backlinks", "source") == ["study/Kafka.md", "회고/2024.md"]
    assert paths("mentions", "source") == ["회고/2023.md", "회고/2024.md"]
    assert paths("links", "target") == []
    chains = agent.ask("neighbours", note="Kafka", what="path", to="2024")["items"]
    assert len(chains) == 1


def test_years(agent: Agent) -> None:
    assert [row["year"] for row in agent.ask("years")["items"]] == [2023, 2024]
    goals = agent.ask("years", what="goals", year=2023)["items"]
    assert any("Redis" in goal["text"] for goal in goals)
    parts = {row["part"] for row in agent.ask("years", what="review", year=2024)["items"]}
    assert {"year", "review"} <= parts
    assert agent.ask("years", what="compare", year=2024)["items"]
    assert "items" in agent.ask("years", what="on", day="03-14")
    assert "needs a year" in agent.refused("years", what="review")


def test_connect(agent: Agent) -> None:
    found = agent.ask("connect", note="2023")["items"]
    assert all(row["source"] == "회고/2023.md" and row["reasons"] for row in found)
    assert "study/Redis.md" in [row["target"] for row in found]


def test_an_answer_is_small_and_goes_on(agent: Agent) -> None:
    text, cursor = "", ""
    while True:
        well, said = agent.said("read", note="긴", max_chars=50_000, cursor=cursor)
        assert well and len(said.encode()) <= 8_000
        answer = json.loads(said)
        text += answer["text"]
        if "cursor" not in answer:
            break
        assert answer["cursor"] != cursor
        cursor = answer["cursor"]
    assert text == NOTES["긴.md"]
    assert "is no cursor" in agent.refused("read", note="긴", cursor="-1")


def test_endless_titles_and_lines_fit_an_answer(agent: Agent) -> None:
    long = "가" * 20_000
    text = f"# {long}\n[[Redis]] {long}\n"
    (agent.vault.root / "endless.md").write_text(text)
    note = agent.ask("read", note="endless")
    assert note["text"] and text.startswith(note["text"])
    for tool, arguments in {
        "search": {"query": "Redis"},
        "neighbours": {"note": "endless", "what": "links"},
        "connect": {"note": "endless"},
        "read": {"note": "endless", "section": "nothing"},
    }.items():
        _, said = agent.said(tool, **arguments)
        assert len(said.encode()) <= 8_000


def test_a_list_goes_on(agent: Agent) -> None:
    folder = agent.vault.root / "many"
    folder.mkdir()
    for number in range(90):
        (folder / f"n{number:02}.md").write_text(f"# n{number}\n" + "[[Redis]] text " * 3)
    seen, cursor = 0, ""
    while True:
        well, said = agent.said("neighbours", note="Redis", cursor=cursor)
        assert well and len(said.encode()) <= 8_000
        answer = json.loads(said)
        seen += len(answer["items"])
        if "cursor" not in answer:
            break
        cursor = answer["cursor"]
    assert seen == len(agent.vault.links.to("Redis")) > 200


def test_a_note_is_a_resource(agent: Agent) -> None:
    from urllib.parse import quote

    async def asking(client: Client) -> Any:
        return await client.read_resource("note://" + quote("회고/2024.md"))

    contents = agent.run(asking).contents
    assert [part.text for part in contents] == [NOTES["회고/2024.md"]]


OUTSIDE = [
    "../secret.md", "/etc/passwd", "study/../../secret.md", "..%2fsecret.md", "link/secret.md",
    "alias.md", "dots.toml", ".obsidian/app.json", "a\0b.md", "", "~", "C:\\secret.md",
    "file:///etc/passwd",
]  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_outside_is_read(agent: Agent, name: str) -> None:
    root = agent.vault.root
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("# secret 비밀\n")
    (root.parent / "secret.md").write_text("# secret 비밀\n")
    (root / "link").symlink_to(outside)
    (root / "alias.md").symlink_to(outside / "secret.md")
    assert "비밀" not in agent.refused("read", note=name)
    assert agent.ask("search", query="비밀")["items"] == []

    async def asking(client: Client) -> Any:
        return await client.read_resource("note://" + name)

    with pytest.raises(Exception, match=r".") as raised:
        agent.run(asking)
    assert "비밀" not in str(raised.value)


def test_an_error_repeats_no_long_argument(agent: Agent) -> None:
    said = agent.refused("read", note="가" * 100_000)
    assert "no note is called" in said and len(said.encode()) < 2_000
