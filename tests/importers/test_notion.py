"""Notion exports: relations, twins, names that the export has cut, links to notion.so."""

from __future__ import annotations

from pathlib import Path

from tests.disk import write
from vaultdots.importers import PlannedNote, plan
from vaultdots.note.parse import parse_note

A, B, C, D, E = (digit * 32 for digit in "abcde")
UUID = "f" * 8 + "-ffff-ffff-ffff-" + "f" * 12


def planned(root: Path, files: dict[str, str]) -> dict[str, PlannedNote]:
    return {note.path: note for note in plan(write(root, files)).notes}


def links(note: PlannedNote) -> list[tuple[str, str]]:
    found = parse_note(note.path, note.text).links
    return [(link.kind, link.target) for link in found]


def test_a_relation_is_a_link_between_the_pages(tmp_path: Path) -> None:
    found = planned(
        tmp_path,
        {
            f"할 일 {A}.csv": "이름,프로젝트\n글 쓰기,"
            f'"결제 (베타) (프로젝트%20{B}/결제%20(베타)%20{C}.md), 이사 '
            f'(https://www.notion.so/Move-{D}?pvs=21)"\n',
            f"할 일 {A}/글 쓰기 {E}.md": "# 글 쓰기\n\n"
            f"프로젝트: 이사 (../%ED%94%84%EB%A1%9C%EC%A0%9D%ED%8A%B8%20{B}"
            f"/%EC%9D%B4%EC%82%AC%20{D}.md), "
            f"없는 것 (../x/%EC%97%86%EB%8A%94%20%EA%B2%83%20{'9' * 32}.md)\n\n본문\n",
            f"프로젝트 {B}.csv": "이름,상태\n이사,끝\n",
            f"프로젝트 {B}/이사 {D}.md": "# 이사\n\n상태: 끝\n",
        },
    )
    page = found["할 일/글 쓰기.md"]
    assert links(page) == [("property", "프로젝트/이사")]
    assert "- 없는 것" in page.text
    assert any("not in the export" in warning for warning in page.warnings)
    table = found["할 일.md"]
    assert ("markdown", "프로젝트/이사.md") in links(table)


def test_a_relation_told_by_addresses_or_titles_alone(tmp_path: Path) -> None:
    found = planned(
        tmp_path,
        {
            f"일 {A}.csv": "이름,프로젝트,책,상태\n하나,x,데미안,끝\n",
            f"일 {A}/하나 {B}.md": "# 하나\n\n"
            f"프로젝트: ../P%20{C}/Move%20{D}.md\n책: 데미안\n상태: 끝\n",
            f"P {C}.csv": "이름\nMove\n",
            f"P {C}/Move {D}.md": "# Move\n",
            f"책 {UUID}.csv": "이름,저자\n데미안,헤세\n",
            f"책 {UUID}/데미안 {E}.md": "# 데미안\n\n저자: 헤세\n",
        },
    )
    page = found["일/하나.md"]
    assert links(page) == [("property", "P/Move"), ("property", "책/데미안")]
    assert "\n상태: 끝\n" in page.text


def test_twins_get_each_their_own_page(tmp_path: Path) -> None:
    found = planned(
        tmp_path,
        {
            f"회의 {A}.csv": "이름,팀\n주간,뒤\n주간,앞\n",
            f"회의 {A}/주간 {B}.md": "# 주간\n\n팀: 앞\n\n앞 팀 글\n",
            f"회의 {A}/주간 {B}/표 {D}.md": "# 표\n\n앞의 표\n",
            f"회의 {A}/주간 {C}.md": "# 주간\n\n팀: 뒤\n\n"
            f"[표](%EC%A3%BC%EA%B0%84%20{C}/%ED%91%9C%20{E}.md)\n",
            f"회의 {A}/주간 {C}/표 {E}.md": "# 표\n\n뒤의 표\n",
        },
    )
    assert set(found) == {
        "회의.md", "회의/주간.md", "회의/주간/표.md", "회의/주간 2.md", "회의/주간 2/표.md",
    }  # fmt: skip
    assert "뒤의 표" in found["회의/주간 2/표.md"].text
    assert links(found["회의/주간 2.md"]) == [("markdown", "주간 2/표.md")]
    rows = [target for _, target in links(found["회의.md"])]
    assert rows == ["회의/주간 2.md", "회의/주간.md"]


def test_a_name_that_the_export_has_cut_is_matched_by_title_and_id(tmp_path: Path) -> None:
    whole = "아주 긴 이름을 가진 페이지가 하나 있어서 내보내면 잘린다"
    found = planned(
        tmp_path,
        {
            f"글 {A}.csv": f"이름,날짜\n{whole},2024년 3월 1일\n",
            f"글 {A}/아주 긴 이름을 가진 {B}.md": f"# {whole}\n\n날짜: 2024년 3월 1일\n",
            f"첫 장 {C}.md": f"# 첫 장\n\n[글](%EA%B8%80/{'x' * 20}%20{B}.md) "
            f"[또](https://www.notion.so/team/Some-Name-{B}#{D}) "
            f"[밖](https://www.notion.so/{'8' * 32})\n",
        },
    )
    page = found["글/아주 긴 이름을 가진.md"]
    assert f"title: {whole}\n" in page.text
    assert page.year == 2024
    assert links(found["글.md"]) == [("markdown", "글/아주 긴 이름을 가진.md")]
    assert [target for _, target in links(found["첫 장.md"])] == [
        "글/아주 긴 이름을 가진.md",
        "글/아주 긴 이름을 가진.md",
        f"https://www.notion.so/{'8' * 32}",
    ]
