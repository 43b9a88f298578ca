# ruff: noqa: SIM905
"""Vaults to measure with: made from a seed, Korean and English, of any number of notes.

A note has frontmatter (tags, a date, now and then an alias), five headings, five links, a list,
a table or a fence now and then, and about 5 KB of UTF-8. Ten are reviews of a year, as many as a
person has, with the goals of the next year and an account of the last ones. Which note a link names
is drawn by preferential attachment, so that a few notes are named very often and most hardly ever.
The same seed gives the same bytes; a vault is written once to the temporary folder and found there
again.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import tempfile
from pathlib import Path

LAYOUT = 2
"""Raised when the generator's bytes change, so that an older vault is not taken for a new one."""
SEED = 20_241_231
NOTE_BYTES = 5_000
LINKS = 5
HEADINGS = 5
# One link in this many names no note yet, as in vaults that people live in.
UNRESOLVED_EVERY = 50
# How often a link follows an earlier one's choice; the rest are drawn evenly.
FOLLOWS = 0.85
SENTENCES = 20_000
# 2024-01-01, well before any sync: no file of the vault counts as just written.
_MTIME = 1_704_067_200

_KOREAN = (
    "기록 설계 구조 성능 테스트 배포 서버 화면 요청 응답 연결 그래프 노드 색인 검색 문장 단어 "
    "의미 질문 답변 시간 공간 메모리 캐시 디스크 파일 폴더 이름 경로 링크 제목 본문 목록 표 코드 "
    "함수 객체 타입 값 상태 변화 사건 순서 동기 비동기 스레드 프로세스 잠금 교착 트랜잭션 격리 "
    "수준 색상 디자인 사용자 경험 팀 동료 회의 일정 습관 운동 산책 독서 책 작가 문체 "
    "글쓰기 번역 여행 바다 산 겨울 여름 봄 가을 아침 저녁 커피 가족 친구 건강 마음 불안 용기 실패 "
    "성공 배움 가르침 발표 면접 이직 회사 서비스 고객 시장 가격 비용 위험"
).split()
_PARTICLES = ("은", "는", "이", "가", "을", "를", "에", "에서", "으로", "와", "과", "의", "도", "")
_VERBS = (
    "정리했다 배웠다 고쳤다 느꼈다 읽었다 만들었다 옮겼다 줄였다 늘렸다 나누었다 합쳤다 미뤘다 "
    "시작했다 끝냈다 살펴보았다 중요하다 어렵다 쉽다 재미있다"
).split()
_ENGLISH = (
    "design structure latency test release server screen request reply link graph "
    "node index search sentence word meaning question answer time space memory cache disk file "
    "folder name path title body list table code function object type value state change event "
    "order thread process lock transaction isolation level colour user team meeting schedule "
    "habit run walk reading book author style writing translation journey sea mountain winter "
    "summer spring autumn morning evening coffee family friend health mind courage failure success"
).split()
_FILLER = (
    "the a of and to in for with on at by from that this it is was are be as not but or so we"
).split()
_FOLDERS = ("공부", "프로젝트", "책", "notes", "notes/2023", "inbox", "일기")
_TAGS = (
    "기록 공부 책 프로젝트 python database 글쓰기 운동 주간 아이디어 reading/2023 reading/2024"
).split()
REVIEWS = 10
"""Reviews of a year in a vault of any size: what a person has."""
FIRST_REVIEW = 2015
_FENCE = """```python
def {name}(value: int) -> int:
    # [[not a link]] #not-a-tag
    return value + {n}
```"""
_TABLE = "| {a} | {b} |\n| --- | ---: |\n| {c} | {n} |\n| {d} | `{e}` |"


def vault(notes: int, seed: int = SEED) -> Path:
    """The folder of a vault with this many notes; written where it does not stand yet."""
    folder = Path(tempfile.gettempdir()) / "vaultdots-bench" / f"vault-{seed}-{notes}-v{LAYOUT}"
    if not folder.is_dir():
        unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
        shutil.rmtree(unfinished, ignore_errors=True)
        write_vault(unfinished, notes, seed)
        unfinished.rename(folder)
    return folder


def write_vault(folder: Path, notes: int, seed: int = SEED) -> None:
    """Write the vault into `folder`, which does not exist yet."""
    chance = random.Random(f"{seed} {notes}")
    writer = _Writer(chance, notes)
    for path in sorted({path.rpartition("/")[0] for path in writer.paths}):
        (folder / path).mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(writer.paths):
        file = folder / path
        file.write_text(writer.note(number), encoding="utf-8", newline="\n")
        os.utime(file, (_MTIME + number, _MTIME + number))


class _Writer:
    def __init__(self, chance: random.Random, notes: int) -> None:
        self.chance = chance
        self.words = _words(chance)
        weights = itertools.accumulate(1 / rank for rank in range(1, len(self.words) + 1))
        self.weights = list(weights)
        self.sentences = [self._sentence() for _ in range(SENTENCES)]
        self.names = [self._name(number) for number in range(notes)]
        self.paths = [
            f"{'회고' if number < REVIEWS else _FOLDERS[number % len(_FOLDERS)]}/{name}.md"
            for number, name in enumerate(self.names)
        ]
        self.goals = [self._goals() for _ in range(REVIEWS + 1)]
        self.headings = [
            [f"{chance.choice(self.words)} {chance.choice(self.words)}" for _ in range(HEADINGS)]
            for _ in range(notes)
        ]
        self.chosen: list[int] = []
        self.missing = itertools.count()

    def note(self, number: int) -> str:
        """One note's text."""
        chance = self.chance
        tags = chance.sample(_TAGS, 2)
        day = f"20{18 + number % 7}-{1 + number % 12:02}-{1 + number % 28:02}"
        if number < REVIEWS:
            day = f"{FIRST_REVIEW + number}-12-30"
        head = ["---", f"date: {day}", f"tags: [{', '.join(tags)}]"]
        if number % 4 == 0:
            head.append(f"aliases: [{self.names[number]} 메모]")
        parts = ["\n".join([*head, "---"]), f"# {self.names[number]}"]
        links = [self._link(number, nth) for nth in range(LINKS)]
        room = NOTE_BYTES // HEADINGS
        for nth, heading in enumerate(self.headings[number]):
            if nth:
                parts.append(f"## {heading}")
            parts += self._section(room, links[nth], number + nth)
        if number < REVIEWS:
            parts += self._years(number)
        return "\n\n".join(parts) + "\n"

    def _years(self, number: int) -> list[str]:
        """What a review says of the goals of its year, and those of the next."""
        answers = ("[x] {}", "[ ] {}", "{}: 절반만 했다", "{}")
        account = [
            f"- {answers[nth % len(answers)].format(goal)}"
            for nth, goal in enumerate(self.goals[number])
        ]
        plans = [f"- {goal}" for goal in self.goals[number + 1]]
        return ["## 올해 목표 돌아보기", "\n".join(account), "## 내년 목표", "\n".join(plans)]

    def _goals(self) -> list[str]:
        first = self.chance.choices(self.words, cum_weights=self.weights, k=8)
        second = self.chance.choices(self.words, cum_weights=self.weights, k=8)
        return [
            f"{a} {b} {n + 2}번 하기" for n, (a, b) in enumerate(zip(first, second, strict=True))
        ]

    def _section(self, room: int, link: str, turn: int) -> list[str]:
        chance, parts = self.chance, []
        used, at = 0, 0
        while used < room - 150:
            lines = chance.choices(self.sentences, k=chance.randint(2, 4))
            if at == 0:
                lines.insert(1, f"{chance.choice(self.words)} {link} {chance.choice(_VERBS)}.")
            if at == 1 and turn % 3 == 0:
                lines = [f"- {line}" for line in lines]
                part = "\n".join(lines)
            elif at == 1 and turn % 7 == 1:
                part = _FENCE.format(name=chance.choice(_ENGLISH), n=turn)
            elif at == 1 and turn % 11 == 2:
                a, b, c, d, e = chance.choices(self.words, k=5)
                part = _TABLE.format(a=a, b=b, c=c, d=d, e=e, n=turn)
            else:
                part = ("\n" if chance.random() < 0.3 else " ").join(lines)
            parts.append(part)
            used += len(part.encode())
            at += 1
        return parts

    def _link(self, source: int, nth: int) -> str:
        chance = self.chance
        if (source * LINKS + nth) % UNRESOLVED_EVERY == UNRESOLVED_EVERY - 1:
            return f"[[아직 없는 글 {next(self.missing) % 1000}]]"
        if self.chosen and chance.random() < FOLLOWS:
            target = chance.choice(self.chosen)
        else:
            target = chance.randrange(len(self.names))
        self.chosen.append(target)
        name = self.names[target]
        form = chance.random()
        if form < 0.55:
            return f"[[{name}]]"
        if form < 0.70:
            return f"[[{name}|{chance.choice(self.words)}]]"
        if form < 0.85:
            return f"[[{name}#{self.headings[target][chance.randrange(1, HEADINGS)]}]]"
        if form < 0.92:
            return f"![[{name}]]"
        return f"[{chance.choice(self.words)}](<{_up(self.paths[source])}{self.paths[target]}>)"

    def _name(self, number: int) -> str:
        first, second = self.chance.choices(self.words, cum_weights=self.weights, k=2)
        if number < REVIEWS:
            return f"{FIRST_REVIEW + number}년 회고"
        # No number is a year's.
        return f"{first} {second} {number + 30_000}"

    def _sentence(self) -> str:
        chance = self.chance
        words = chance.choices(self.words, cum_weights=self.weights, k=chance.randint(5, 12))
        if chance.random() < 0.6:
            korean = [f"{word}{chance.choice(_PARTICLES)}" for word in words[:7]]
            text = f"{' '.join(korean)} {chance.choice(_VERBS)}."
        else:
            mixed = [word for pair in zip(words, chance.choices(_FILLER, k=len(words)), strict=True)
                     for word in pair]  # fmt: skip
            text = " ".join(mixed).capitalize() + "."
        mark = chance.random()
        if mark < 0.05:
            return f"**{words[0]}**: {text}"
        return f"`{words[0]}` {text}" if mark < 0.1 else text


def _words(chance: random.Random) -> list[str]:
    """A few thousand words, the frequent ones first: plain, then pairs put together."""
    pairs = [a + b for a, b in itertools.product(_KOREAN, _KOREAN) if a != b]
    english = [f"{a}{b}" for a, b in itertools.product(_ENGLISH, _ENGLISH) if a != b]
    rare = chance.sample(pairs, 2_500) + chance.sample(english, 1_500)
    plain = [*_KOREAN, *_ENGLISH]
    chance.shuffle(plain)
    chance.shuffle(rare)
    return plain + rare


def _up(path: str) -> str:
    return "../" * path.count("/")
