"""An agent proposes, the person accepts: no tool but `apply` changes a byte."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.disk import write
from tests.mcp.conftest import NOTES, Agent, snapshot
from vaultdots.errors import EditError, UsageError, VaultError
from vaultdots.vault import Vault

PATHS = [
    "study/new.md",
    "Redis",
    "회고/2024.md",
    "../out.md",
    "/tmp/out.md",
    ".obsidian/x.md",
    "a\0.md",
]
ANYTHING = st.sampled_from([*PATHS, *NOTES]) | st.text(max_size=12)


@settings(max_examples=10)
@given(
    calls=st.lists(
        st.tuples(
            st.sampled_from(
                ["search", "read", "neighbours", "years", "connect", "propose", "apply"]
            ),
            st.sampled_from(["note", "edit", "rename", "connection"]),
            ANYTHING,
            ANYTHING,
            ANYTHING,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_no_tool_changes_a_byte(calls: list[tuple[str, str, str, str, str]]) -> None:
    pytest.importorskip("mcp", reason="the extra [mcp] is not installed")
    with tempfile.TemporaryDirectory() as name:
        root = write(Path(name) / "v", NOTES)
        before = snapshot(root)
        environ = {"DOTS_CACHE": f"{name}/cache", "DOTS_DATA": f"{name}/data"}
        with Vault.open(root, environ=environ) as vault:
            agent = Agent(vault)
            for tool, kind, path, text, other in calls:
                arguments: dict[str, Any] = {
                    "search": {"query": text},
                    "read": {"note": path, "section": text},
                    "neighbours": {"note": path},
                    "years": {"what": "goals"},
                    "connect": {"note": path},
                    "propose": {
                        "kind": kind,
                        "path": path,
                        "text": text,
                        "old": other,
                        "to": other,
                    },
                    "apply": {"id": path, "hash": text},
                }[tool]
                _, said = agent.said(tool, **arguments)
                assert said != f"Error executing tool {tool}"  # what the SDK says of a crash
        assert snapshot(root) == before
        assert sorted(p.name for p in Path(name).iterdir() if p.name not in {"cache", "data"}) == [
            "v"
        ]


def test_an_edit_waits_until_it_is_accepted(agent: Agent) -> None:
    vault, before = agent.vault, snapshot(agent.vault.root)
    seen = agent.ask("read", note="Kafka")
    made = agent.ask(
        "propose",
        kind="edit",
        path="Kafka",
        old="A log",
        text="A durable log\nof events",
        hash=seen["hash"],
        why="it is",
    )
    assert "+A durable log" in made["text"]
    assert snapshot(vault.root) == before
    (waiting,) = vault.proposals.waiting()
    assert (waiting.id, waiting.why, waiting.paths) == (made["id"], "it is", ("study/Kafka.md",))
    vault.proposals.apply(made["id"])
    after = (vault.root / "study/Kafka.md").read_bytes()
    assert after == b"# Kafka\r\nA durable log\r\nof events, near [[Redis]].\r\n"
    assert vault.proposals.waiting() == []
    vault.edit.undo()
    assert {k: v[0] for k, v in snapshot(vault.root).items()} == {
        k: v[0] for k, v in before.items()
    }


def test_a_changed_file_is_never_written_over(agent: Agent) -> None:
    made = agent.ask("propose", kind="edit", path="Kafka", old="A log", text="Logs")
    mine = "# Kafka\nA log of my own, near [[Redis]].\n"
    (agent.vault.root / "study/Kafka.md").write_text(mine)
    with pytest.raises(VaultError):
        agent.vault.proposals.apply(made["id"])
    assert (agent.vault.root / "study/Kafka.md").read_text() == mine
    assert [p.id for p in agent.vault.proposals.waiting()] == [made["id"]]
    agent.vault.proposals.reject(made["id"])
    assert agent.vault.proposals.waiting() == []


def test_a_stale_hash_and_a_doubtful_place_are_refused(agent: Agent) -> None:
    seen = agent.ask("read", note="Kafka")["hash"]
    (agent.vault.root / "study/Kafka.md").write_text("# Kafka\nA log, a log.\n")
    said = agent.refused("propose", kind="edit", path="Kafka", old="# K", text="#", hash=seen)
    assert "changed since it was read" in said
    assert "2 times" in agent.refused("propose", kind="edit", path="Kafka", old="log", text="x")
    assert "0 times" in agent.refused("propose", kind="edit", path="Kafka", old="nix", text="x")
    assert agent.vault.proposals.waiting() == []


def test_a_new_note_a_rename_and_a_connection(agent: Agent) -> None:
    vault = agent.vault
    note = agent.ask(
        "propose", kind="note", path="study/새 노트 👨‍👩‍👧.md", text="# 새\n[[Redis]]\n"
    )
    vault.proposals.apply(note["id"])
    assert (vault.root / "study/새 노트 👨‍👩‍👧.md").read_text() == "# 새\n[[Redis]]\n"
    rename = agent.ask("propose", kind="rename", path="Redis", to="Redis store")
    vault.proposals.apply(rename["id"])
    assert "[[Redis store]]" in (vault.root / "회고/2024.md").read_text()
    assert not (vault.root / "study/Redis.md").exists()
    link = agent.ask("propose", kind="connection", path="2023", to="Redis store")
    vault.proposals.apply(link["id"])
    assert "Redis store" in (vault.root / "회고/2023.md").read_text()


def test_a_rename_is_refused_where_the_vault_is_another(agent: Agent) -> None:
    made = agent.ask("propose", kind="rename", path="Redis", to="Valkey")
    (agent.vault.root / "more.md").write_text("see [[Redis]]\n")
    with pytest.raises(EditError, match="changed since"):
        agent.vault.proposals.apply(made["id"])
    (agent.vault.root / "more.md").unlink()
    with (agent.vault.root / "study/Redis.md").open("a") as stream:
        stream.write("more\n")
    with pytest.raises(EditError, match="changed since"):
        agent.vault.proposals.apply(made["id"])
    assert (agent.vault.root / "study/Redis.md").exists()


def test_apply_is_there_only_where_it_is_allowed(vault: Vault) -> None:
    made = Agent(vault).ask("propose", kind="edit", path="Kafka", old="A log", text="Logs")
    before = snapshot(vault.root)
    Agent(vault).refused("apply", id=made["id"], hash=made["hash"])
    writer = Agent(vault, allow_writes=True)
    assert "hash" in writer.refused("apply", id=made["id"], hash="0" * 32)
    writer.refused("apply", id=made["id"], hash="")
    writer.refused("apply", id="../../" + made["id"], hash=made["hash"])
    assert snapshot(vault.root) == before
    assert writer.ask("apply", **{k: made[k] for k in ("id", "hash")})["paths"] == [
        "study/Kafka.md"
    ]
    assert b"Logs" in (vault.root / "study/Kafka.md").read_bytes()
    assert vault.edit.history()[0].operation == "proposed edit"


HOSTILE = [
    "../out.md", "/tmp/out.md", "a/../../out.md", ".obsidian/plugins/x.md", ".git/hooks/x.md",
    "a\0b.md", "a\nb.md", "\u202edm.md", "C:\\x.md", "a//b.md", "./a.md", "a /b.md", " a.md",
    "link/x.md", "x" * 300 + ".md", "dots.toml", "run.sh", "", "a[[b]].md", "study/Redis.md",
]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_path_is_refused(agent: Agent, path: str) -> None:
    outside = agent.vault.root.parent / "outside"
    outside.mkdir()
    (agent.vault.root / "link").symlink_to(outside)
    agent.refused("propose", kind="note", path=path, text="x")
    if path not in {"run.sh", "", "dots.toml"}:  # a new name without .md gets it
        agent.refused("propose", kind="rename", path="Kafka", to=path)
    assert agent.vault.proposals.waiting() == []


@pytest.mark.parametrize("path", ["study/redis.md", "Study/Redis.md", "study/REDIS.MD"])
def test_a_name_that_differs_by_its_case_is_there_already(agent: Agent, path: str) -> None:
    """On the disks of Windows and macOS the two are one file."""
    said = agent.refused("propose", kind="note", path=path, text="x")
    assert "'study/Redis.md' is there already" in said
    assert agent.vault.proposals.waiting() == []


def test_a_link_that_turned_up_later_is_not_followed(agent: Agent) -> None:
    made = agent.ask("propose", kind="note", path="later/x.md", text="x")
    outside = agent.vault.root.parent / "outside"
    outside.mkdir()
    (agent.vault.root / "later").symlink_to(outside)
    with pytest.raises(VaultError):
        agent.vault.proposals.apply(made["id"])
    assert list(outside.iterdir()) == []


def test_a_tampered_proposal_is_not_applied(agent: Agent) -> None:
    made = agent.ask("propose", kind="note", path="x.md", text="good")
    (file,) = (agent.vault.root.parent / "data").rglob(f"{made['id']}.json")
    assert file.stat().st_mode & 0o077 == 0
    file.write_text(file.read_text().replace("x.md", "y.md"))
    with pytest.raises(VaultError, match="damaged"):
        agent.vault.proposals.apply(made["id"])
    assert agent.vault.proposals.waiting() == []
    assert "damaged" in agent.vault.edit.remarks[-1]
    with pytest.raises(UsageError):
        agent.vault.proposals.get("../../x")
