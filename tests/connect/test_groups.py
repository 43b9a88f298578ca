"""A tag, a folder or a series that a section names is suggested as one target."""

from __future__ import annotations

from pathlib import Path

from tests.connect.vaults import vault_of
from vaultdots.graph.line_profiles import marked_words, proper_words
from vaultdots.retrospective.connect_choice import Judged, suggestions
from vaultdots.retrospective.connect_groups import Group, GroupKind
from vaultdots.vault import to_records

Files = dict[str, str | bytes]


def review(body: str) -> Files:
    return {"r.md": f"---\nkind: review\n---\n# 2023년 회고\n\n{body}\n"}


TAGGED: Files = {
    f"n{month}.md": f"---\ntags: [데이터베이스]\ncreated: 2023-{month:02}-01\n---\n# {title}\n"
    for month, title in ((2, "정규화"), (5, "인덱스"), (9, "격리 수준"), (10, "조인"))
}
OTHERS: Files = {f"x{n}.md": f"# 다른 노트 {n}\n" for n in range(8)}


def test_a_named_tag_is_one_target_with_the_notes_of_the_months_first(tmp_path: Path) -> None:
    files = review("## 9~10월 데이터베이스\n\n데이터베이스 수업을 들었다") | TAGGED | OTHERS
    with vault_of(tmp_path, files) as vault:
        (found,) = vault.connect("r.md")
    assert (found.target, found.target_kind) == ("#데이터베이스", "tag")
    assert set(found.notes[:2]) == {"n9.md", "n10.md"}
    assert set(found.notes) == set(TAGGED)
    assert (
        found.reasons[0].text == "names the tag #데이터베이스: 4 notes of its time, 2 of its months"
    )


def test_a_group_says_what_it_is_in_json(tmp_path: Path) -> None:
    files = review("## 데이터베이스\n\n데이터베이스 수업을 들었다") | TAGGED | OTHERS
    with vault_of(tmp_path, files) as vault:
        (record,) = to_records(vault.connect("r.md"))
    assert record["target_kind"] == "tag"
    assert sorted(record["notes"]) == sorted(TAGGED)


def test_an_accepted_tag_is_written_as_a_tag(tmp_path: Path) -> None:
    files = review("## 데이터베이스\n\n데이터베이스 수업을 들었다") | TAGGED | OTHERS
    with vault_of(tmp_path, files) as vault:
        plan = vault.edit.connect(vault.connect("r.md"))
        vault.edit.apply(vault.edit.prepare(plan.change))
        assert "- #데이터베이스" in vault.notes.lines("r.md")
    assert not plan.left_out


def test_an_accepted_folder_is_written_as_a_link_to_its_index(tmp_path: Path) -> None:
    dated = "---\ncreated: 2023-05-01\n---\n"
    files = review("## Kafka\n\nKafka를 공부했다") | OTHERS
    files |= {f"kafka/{n}.md": f"{dated}# {n}\n" for n in ("토픽", "파티션", "오프셋", "README")}
    with vault_of(tmp_path, files) as vault:
        (found,) = [c for c in vault.connect("r.md") if c.target_kind == "folder"]
        plan = vault.edit.connect([found])
    assert [connection.target for connection in plan.written] == ["kafka/README.md"]


def test_a_series_is_a_group(tmp_path: Path) -> None:
    dated = "---\ncreated: 2023-05-01\nseries: Raft\n---\n"
    files = review("## Raft\n\nRaft 논문을 읽었다") | OTHERS
    files |= {f"{n}.md": f"{dated}# {n}\n" for n in ("선출", "로그 복제", "스냅숏")}
    with vault_of(tmp_path, files) as vault:
        (found,) = vault.connect("r.md")
    assert (found.target, found.target_kind, len(found.notes)) == ("Raft", "series", 3)


def test_a_group_of_other_years_is_not_meant(tmp_path: Path) -> None:
    old = {path: str(text).replace("2023-", "2019-") for path, text in TAGGED.items()}
    files = review("## 데이터베이스\n\n데이터베이스 수업을 들었다") | old | OTHERS
    with vault_of(tmp_path, files) as vault:
        assert [c for c in vault.connect("r.md") if c.target_kind != "note"] == []


def told(*sure: float, groups: frozenset[Group] = frozenset(), named: int = -1) -> list[Judged]:
    return [
        Judged(s, f"{n}.md", False, n == named, groups, frozenset()) for n, s in enumerate(sure)
    ]


def test_a_section_without_a_sure_one_stays_empty() -> None:
    assert suggestions(told(0.3, 0.3)) == []


def test_less_sure_ones_follow_two_sure_ones_where_more_are_asked_for() -> None:
    ones = told(0.9, 0.5, 0.4, 0.1)
    assert len(suggestions(ones)) == 3
    assert len(suggestions(ones, 10)) == 4
    assert len(suggestions(told(0.9, 0.5, 0.1, 0.1), 10)) == 4
    assert len(suggestions(told(0.9, 0.1, 0.1), 10)) == 1


def test_what_is_only_filed_beside_the_words_stays_silent_unless_more_is_asked_for() -> None:
    sure, weak, filed = told(0.9, 0.3, 0.2)
    ones = [sure, weak, filed._replace(filed=True)]
    assert [one.sure for one in suggestions(ones)] == [0.9, 0.3]
    assert [one.sure for one in suggestions(ones, 10)] == [0.9, 0.3, 0.2]


def test_notes_of_a_group_that_are_suggested_together_are_one_suggestion() -> None:
    kind: GroupKind = "tag"
    group = frozenset([Group(kind, "#a", ("a",), frozenset([0, 1, 2, 3]))])
    (one,) = suggestions(told(0.9, 0.5, 0.4, 0.01, groups=group))
    assert one.notes == ("0.md", "1.md", "2.md", "3.md")
    assert len(suggestions(told(0.9, 0.5, 0.01, groups=group))) == 2
    alone, rest = suggestions(told(0.9, 0.5, 0.4, 0.3, groups=group, named=0))
    assert (alone.notes, alone.group) == (("0.md",), None)
    assert rest.notes == ("1.md", "2.md", "3.md")


def test_words_that_are_written_like_names() -> None:
    assert proper_words("올해 triton을 배웠다") == {"triton"}
    assert proper_words("We moved to Remix. Then we rested, on GitHub") == {"remix", "github"}
    assert proper_words("How To Write A Book") == frozenset()


def test_words_that_the_writer_set_off() -> None:
    assert marked_words("**Redis**와 `kafka`, [Go][1], 나머지") == {"redis", "kafka", "go"}
