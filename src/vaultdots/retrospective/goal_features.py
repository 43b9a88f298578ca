"""What is known of a unit when it is asked whether it is a goal: about forty named features.

Structure first: its heading, its list, the paragraph before it; then the form of its words, which
the lexicons know for each language. The weights are those of goal_item.toml and goal_prose.toml.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain, islice, starmap

from vaultdots.note.plans import plans_ahead
from vaultdots.retrospective.contents import is_plan, numbered_levels, worded_levels
from vaultdots.retrospective.document import ReviewDocument, Unit
from vaultdots.retrospective.frame import ahead_year
from vaultdots.retrospective.goal_lists import HEADS_GOALS, SEEN, of_list, parts_of, tells
from vaultdots.retrospective.modals import is_past, is_question, is_resolved, strength_of
from vaultdots.retrospective.model import SectionKind
from vaultdots.retrospective.past_sections import of_own_year
from vaultdots.retrospective.sections import Stretch
from vaultdots.retrospective.verdicts import by_mark, marks
from vaultdots.retrospective.words import any_of, compiled, each_of
from vaultdots.text.columns import width
from vaultdots.text.late import late
from vaultdots.text.periods import periods_in

MEANS = {
    "under-goals": "stands under a heading that announces goals",
    "under-check": "stands under a heading that looks back on goals",
    "under-told": "stands under a heading that tells of the year",
    "under-other": "stands under a heading that says neither",
    "heading-ahead": "its heading names a year to come",
    "goals-elsewhere": "the review has a heading of goals, and this is not under it",
    "late": "stands in the last third of the note",
    "intends": "says what will be done",
    "wishes": "says what one would like",
    "hopes": "hopes that it will be so",
    "names-aim": "names a goal as such",
    "plan-form": "has the form in which intentions are written down",
    "ahead": "names a time to come",
    "past": "tells of the past",
    "all-past": "every sentence tells of the past",
    "asks": "is a question",
    "no-goal": "speaks to readers, of the text itself, or of an intention that was",
    "guesses": "says it as a guess",
    "someday": "is for some day",
    "short": "is short",
    "counts-goals": "only says how many goals follow",
    "address": "is an address or a link, and no more",
    "after-ahead": "follows a line that looks ahead",
    "announced": "follows a line that announces what will be done",
    "pointed-at": "follows a line that says what will be done and points to what follows",
    "marked": "is marked as done or not",
    "empty-box": "has an empty box",
    "siblings-marked": "others of its list are marked",
    "siblings-plan": "most of its list has the form of intentions",
    "under-label": "the item above it only groups",
    "part": "is one of the parts that make up the item above it, each in a few words",
    "is-label": "only groups what stands under it",
    "of-groups": "stands under an item of a list that only groups",
    "groups": "its list only groups what stands under its items",
    "of-a-field": "only names a field of life",
    "leaf-of-goals": "is a heading under a heading of goals, with no list and no heading below",
    "announced-item": "is an item of a list that is announced as one of goals",
    "goals-and-will": "stands under goals and says what will be done",
    "ahead-and-will": "names a time to come and says what will be done",
    "item-of-goals": "is an item of its own under a heading of goals",
    "only-told-of-goals": "tells only of the past under a heading of goals",
    "no-will": "says nothing of what will be done",
    "of-the-past": "names a year that is over, and none to come",
    "names-field": "is a heading that only names what the paragraphs under it state goals of",
}

TOLD: frozenset[SectionKind] = frozenset(
    {"achievement", "failure", "keep", "problem", "liked", "learned", "lacked", "summary"}
)
_AIM = compiled(
    [
        r"목표|다짐|계획|숙제|결심|할\s?(?:일|것)",
        r"goals?|resolutions?|plans?|objectives?",
        "目標|抱負|計画",
    ]
)
_NUMBER = late(r"\d")
_ADDRESS = late(r"(?:https?://|www\.)\S+|\[(?:[^\[\]\n]|\[[^\[\]\n]*\]){1,200}\]\([^()\n]{1,800}\)")
_FIELDS = {"work", "study", "health", "people", "travel", "talk", "book", "project"}
_FIELD, _NAME = 2, 3
"""Words of a heading that only names a field, or what paragraphs under it state goals of."""
_BARE = 2
"""Letters beside the words for goals and their time in an item that only announces them."""
_FEWEST_PARTS = 2
_ANNOUNCING = 2
"""Sentences right before a list that may announce it."""
_PART_WIDTH = 56
"""Columns of an item that is named, not told: a line that is wrapped is longer."""
CALLED_GOAL = late(
    r"\W*(?:(?!team|project|company|group)[a-z]+\s)?(?:goal|목표|目標)\s?(?:#?\d{1,2})?(?:[:：.]\s*|\s[–—-]\s)"
    r"(?!(?:how|why|what|recap|review|done|abandoned|회고|점검|결과|振り返り)(?![^\W\d_]))\w",
    re.IGNORECASE,
)
"""`Goal 2: Spend less`: a heading that says of itself that it is one."""
_LATE = 0.6
_SHORT = 24
_GROUPSEEN = 60
"""Items of a list that are looked at."""


class GoalFeatures:
    """The features of one document's units; what several units share is looked at once."""

    def __init__(self, document: ReviewDocument) -> None:
        self.document = document
        self.frame = document.frame
        self.has_goals = any(stretch.goals for stretch in document.stretches)
        self.plans = self.frame.target is not None or plans_ahead(document.source.note)
        self._over = of_own_year(document, self.frame) if self.plans else frozenset()
        self._heads = [*starmap(self._of_head, enumerate(document.stretches)), {"under-check": 1.0}]
        self._lists: dict[tuple[int, int], dict[str, float]] = {}
        self._announced: set[int] = set()
        """The stretches in which a list of goals was announced, as far as they were looked at."""
        self._parts_of: dict[tuple[int, int], frozenset[int]] = {}

    def _of_head(self, number: int, stretch: Stretch) -> dict[str, float]:
        found: dict[str, float] = {}
        kind = stretch.kind
        plan = self.plans and bool(stretch.heading or self.frame.target is not None)
        if stretch.check or number in self._over:
            found["under-check"] = 1.0
        elif kind in {"goals-how", "goals-someday"}:
            pass
        elif stretch.goals or (plan and kind not in TOLD):
            found["under-goals"] = 1.0
        elif kind in TOLD or kind == "book":
            found["under-told"] = 1.0
        elif stretch.heading:
            found["under-other"] = 1.0
        if ahead_year(stretch.heading, self.frame) is not None:
            found["heading-ahead"] = 1.0
        if self.has_goals and not stretch.goals and not self.plans:
            found["goals-elsewhere"] = 1.0
        return found

    def _is_below(self, number: int) -> bool:
        """Whether a section stands under a heading of goals; in a note that makes only goals, at a
        level of headings most of which word one; in one called by goals that opens with last
        year's account, behind the heading of the new ones."""
        stretch = self.document.stretches[number]
        if number in self._over:
            return False
        called = self.plans and CALLED_GOAL.match(stretch.heading) is not None
        return stretch.below or called or stretch.level in self._levels or number in self._behind

    @cached_property
    def _levels(self) -> frozenset[int]:
        """The levels of headings, in a note that makes only goals, two thirds of which word one, or
        which are counted from one."""
        if self.frame.target is None:
            return frozenset()
        heads = [h for n, h in enumerate(self.document.stretches) if n not in self._over]
        heads = [h for h in heads if h.kind not in TOLD]
        worded = worded_levels((h.level, h.heading) for h in heads)
        return worded | numbered_levels((h.level, h.heading) for h in heads)

    @cached_property
    def _behind(self) -> frozenset[int]:
        """The sections behind a heading of goals for a year to come and of its level, in a review
        that is called by them: those before it tell of last year's."""
        if not self.plans or self.frame.target is not None:
            return frozenset()
        found: set[int] = set()
        level = 0
        for number, stretch in enumerate(self.document.stretches):
            if level and stretch.level == level:
                found.add(number)
            if not level and stretch.goals and ahead_year(stretch.heading, self.frame) is not None:
                level = stretch.level
        return frozenset(found)

    def of(self, index: int) -> dict[str, float]:
        """The features of the unit `index`."""
        document, unit = self.document, self.document.units[index]
        found = dict(self._heads[-1 if index in document.restated else unit.stretch])
        if index > _LATE * len(document.units):
            found["late"] = 1.0
        found.update(self._text(unit))
        before = unit.caption if unit.kind in {"item", "row"} else self._before(index)
        if before is not None:
            self._after(document.units[before], found)
        if unit.kind in {"item", "row"}:
            found.update(self._list(unit))
        if unit.kind == "heading" and self._is_below(unit.stretch):
            if self._is_leaf(index) or CALLED_GOAL.match(unit.text):
                found["leaf-of-goals"] = 1.0
            stretch = document.stretches[unit.stretch]
            says = found.keys() & {"plan-form", "intends", "wishes"}
            words = 0 if says else len(unit.text.split())
            told = stretch.span.of(document.source.text).strip() and not unit.text[0].isdigit()
            beside = unit.stretch in self._worded
            field = told and stretch.kind in _FIELDS and 0 < words <= _FIELD
            if field and unit.stretch not in self._mostly_worded:
                found["of-a-field"] = 1.0
            if 0 < words <= _NAME and not beside and self._states_below(index):
                found["names-field"] = 1.0
        if unit.parent is not None:
            above = document.units[unit.parent]
            grouped = found.pop("groups", 0.0) and above.parent is None
            of_goals = found.keys() & {"under-goals", "announced"}
            if self._groups(above):
                found["under-label"] = 1.0
            elif of_goals and unit.parent in self._wholes(unit):
                found["part"] = 1.0
            if grouped and of_goals:
                found["of-groups"] = 1.0
        if (index in document.below or unit.kind == "heading") and self._groups(unit):
            found["is-label"] = 1.0
        if "announced" in found and unit.kind in {"item", "row"} and unit.parent is None:
            found["announced-item"] = 1.0
            if "heading-ahead" in found:
                found["item-of-goals"] = 1.0
        if "under-goals" in found:
            if "all-past" in found and "plan-form" not in found:
                found["only-told-of-goals"] = 1.0
            own = unit.parent is None or "under-label" in found
            of_table = unit.kind == "row" and any(map(HEADS_GOALS.search, unit.header))
            if (unit.kind == "item" or of_table) and own and "groups" not in found:
                found["item-of-goals"] = 1.0
            if any(map(is_resolved, parts_of(unit))):
                found["intends"] = 1.0  # `면허를 딴다`: only a heading of goals makes it one
        will = "intends" in found or "wishes" in found or "names-aim" in found
        if will:
            for name, with_it in (
                ("goals-and-will", "under-goals"), ("ahead-and-will", "ahead"),
            ):  # fmt: skip
                if with_it in found:
                    found[name] = 1.0
            if {"after-ahead", "intends"} <= found.keys() and unit.kind == "paragraph":
                found["ahead-and-will"] = 1.0  # it goes on with what the line before looks ahead to
        else:
            found["no-will"] = 1.0
        return found

    def _groups(self, unit: Unit) -> bool:
        """Whether an item only names what kind of goals stand under it: `1순위`, `내년 목표`."""
        if any_of("goals", "label").search(unit.text):
            return True
        bare = _AIM.sub("", unit.text)
        for _, word in each_of("goals", "ahead"):
            bare = word.sub("", bare)
        return bare != unit.text and sum(map(str.isalpha, bare)) <= _BARE

    def _wholes(self, unit: Unit) -> frozenset[int]:
        """The items of a unit's list that others make up, where what stands under items never
        explains them: no item of the list has a sentence or a lone remark under it."""
        key = (unit.stretch, unit.group)
        if key not in self._parts_of:
            numbers = self.document.groups[key]
            below = {n: self.document.below[n] for n in numbers if n in self.document.below}
            named = all(
                len(under) >= _FEWEST_PARTS
                and not any(
                    tells(self.document.units[n])
                    or width(self.document.units[n].text) > _PART_WIDTH
                    for n in under[:_GROUPSEEN]
                )
                for under in islice(below.values(), _GROUPSEEN)
            )
            self._parts_of[key] = frozenset(below) if named else frozenset()
        return self._parts_of[key]

    def _is_leaf(self, index: int) -> bool:
        """Whether a heading has running text under it and nothing else; or it has the form of an
        intention and text of its own, before headings or before a lone item."""
        document, stretch = self.document, self.document.units[index].stretch
        level = document.stretches[stretch].level
        after = range(index + 1, len(document.units))
        at = next((n for n in after if document.units[n].kind != "paragraph"), len(document.units))
        if at == len(document.units):
            return True
        own = at > index + 1 and is_plan(document.units[index].text)
        there = document.units[at].stretch
        if there == stretch:
            return own and len(document.groups[there, document.units[at].group]) < _FEWEST_PARTS
        return own or document.stretches[there].level <= level

    @cached_property
    def _siblings(self) -> list[list[int]]:
        """The stretches under headings of goals, those side by side together."""
        beside: dict[int, list[int]] = {}  # level → stretches side by side
        found: list[list[int]] = []
        for number, stretch in enumerate(self.document.stretches):
            beside = {level: there for level, there in beside.items() if level <= stretch.level}
            if not self._is_below(number):
                beside = {}
                continue
            if stretch.level not in beside:
                beside[stretch.level] = []
                found.append(beside[stretch.level])
            beside[stretch.level].append(number)
        return found

    @cached_property
    def _worded(self) -> frozenset[int]:
        """The stretches beside which another one, or they themselves, word a goal."""
        heads = self.document.stretches

        def words(number: int) -> bool:
            heading = heads[number].heading
            return is_plan(heading) or len(heading.split()) > _NAME

        return frozenset(chain.from_iterable(t for t in self._siblings if any(map(words, t))))

    @cached_property
    def _mostly_worded(self) -> frozenset[int]:
        """The stretches of which, with those beside them, most word a goal."""
        heads = self.document.stretches
        most = (t for t in self._siblings if 2 * sum(is_plan(heads[n].heading) for n in t) > len(t))
        return frozenset(chain.from_iterable(most))

    def _states_below(self, index: int) -> bool:
        """Whether a third or more of the paragraphs right under a heading say what will be done."""
        stretch = self.document.units[index].stretch
        said = []
        for unit in self.document.units[index + 1 : index + 1 + _GROUPSEEN]:
            if unit.stretch != stretch or unit.kind != "paragraph":
                break
            said.append(any(strength_of(part) is not None for part in parts_of(unit)))
        return bool(said) and 3 * sum(said) >= len(said)

    def _before(self, index: int) -> int | None:
        """The paragraph before this one, in the same section."""
        units = self.document.units
        if index and units[index - 1].stretch == units[index].stretch:
            return index - 1 if units[index - 1].kind == "paragraph" else None
        return None

    def _text(self, unit: Unit) -> dict[str, float]:
        text = unit.text[:SEEN]
        parts = parts_of(unit)
        found: dict[str, float] = {}

        def put(name: str, value: object) -> None:
            if value:
                found[name] = 1.0

        for part in parts:
            said = strength_of(part)
            counted = any_of("goals", "counted").search(part) and not is_past(part)
            put("intends", said == "stated" or counted)
            put("wishes", said == "wish")
            put("hopes", said == "wish" and any_of("goals", "hope").search(part))
            put("names-aim", any_of("goals", "declared").search(part) and not is_past(part))
            put("guesses", any_of("goals", "guess").search(part))
            put("intends", is_plan(part) and ahead_year(part, self.frame) is not None)
        ahead = ahead_year(text, self.frame) is not None
        ahead = ahead or any_of("goals", "onward").search(text) is not None
        put("ahead", ahead)
        put("of-the-past", not ahead and self._names_past_year(text))
        past = [is_past(part) for part in parts]
        put("past", any(past))
        # Below a name on a line of its own stands how it came about.
        named = unit.kind == "item" and bool(unit.sentences) and text != unit.sentences[0].text
        put("all-past", all(past) and not (named and not is_past(text)))
        if unit.kind == "paragraph":
            put("asks", is_question(text))
        else:  # `Get a job?` is a goal in doubt, and so is `Learn more. Perhaps Rust?`
            put("asks", all(map(is_question, parts)) and not is_plan(text.rstrip("?？!~. ")))
        put("no-goal", any_of("goals", "no_goal").search(text))
        put("someday", any_of("goals", "someday").search(text))
        put("short", len(text) <= _SHORT)
        put("counts-goals", any_of("goals", "announces").search(text))
        put("address", _ADDRESS.fullmatch(unit.raw.strip()) and not is_plan(text))
        put("plan-form", is_plan(unit.lead or text))
        said_mark = marks().get(unit.check) if unit.check else by_mark(text)
        put("marked", said_mark not in {None, "empty"})
        put("empty-box", unit.check is not None and marks().get(unit.check) == "empty")
        return found

    def _names_past_year(self, text: str) -> bool:
        year = self.frame.year
        if year is None or not _NUMBER.search(text):
            return False
        named = {m.year for m in periods_in(text) if m.year and str(m.year) in m.span.of(text)}
        return bool(named) and max(named) <= year

    def _after(self, before: Unit, found: dict[str, float]) -> None:
        if ahead_year(before.text[-SEEN:], self.frame) is not None:
            found["after-ahead"] = 1.0
        last = parts_of(before)[-1]
        announces = any(map(self._announces, parts_of(before)[-_ANNOUNCING:]))
        # Further goals, of which a list above was announced: `I have a bunch of smaller ones, too.`
        further = before.stretch in self._announced and (
            any_of("goals", "announces").search(before.text[-SEEN:]) is not None
        )
        if announces or further:
            self._announced.add(before.stretch)
            found["announced"] = 1.0
            found.pop("goals-elsewhere", None)
            if last.rstrip().endswith((":", "：")) or any_of("goals", "points").search(last):
                found["pointed-at"] = 1.0

    def _announces(self, sentence: str) -> bool:
        """Whether a sentence says what will be done in a time to come."""
        will = strength_of(sentence) is not None or _AIM.search(sentence) is not None
        return will and ahead_year(sentence, self.frame) is not None and not is_past(sentence)

    def _list(self, unit: Unit) -> dict[str, float]:
        key = (unit.stretch, unit.group)
        if key not in self._lists:
            units = [self.document.units[n] for n in self.document.groups[key]]
            tops = [u for u in units if u.parent is None and u.kind == unit.kind][:_GROUPSEEN]
            self._lists[key] = of_list(tops)
            seen = [n for n in self.document.groups[key] if self.document.units[n].parent is None]
            under = [self.document.below.get(n, []) for n in seen[:_GROUPSEEN]]
            told = (tells(self.document.units[n]) for ns in under for n in ns[:_GROUPSEEN])
            many = max(map(len, under), default=0) >= _FEWEST_PARTS
            if len(under) > 1 and many and all(under) and not any(told):
                self._lists[key]["groups"] = 1.0
        return self._lists[key]
