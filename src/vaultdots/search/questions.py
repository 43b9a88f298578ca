# ruff: noqa: SIM905
"""A query that is asked as a question: `how does kafka guarantee ordering`, `캐시는 왜 느린가요`.

Its words of asking say nothing of what is looked for: what answers it is looked for, and ordered,
without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from vaultdots.search.query import And, Node, Phrase, Word
from vaultdots.text.folding import folded
from vaultdots.text.hangul import decompose, has_final, is_syllable
from vaultdots.text.late import late
from vaultdots.text.particles import ASKING_ENDINGS

ASKING = frozenset(
    "how what why when where which who whom whose"
    " 어떻게 왜 무엇 무엇을 무엇이 무엇인가 무엇인가요 무엇인지 뭔가요 뭔지 뭐야 뭐지 뭐예요 뭐에요"
    " 뭐 뭐가 뭘까 뭔가 언제 어디 어디서 어디에 어디에서 어디로 누가 누구 얼마나 얼마"
    " 무슨 어떤 어느 어떨까 무엇일까 알려줘 알려줘요 알려주세요 궁금해 궁금해요".split()
)
"""Words that make a query a question."""
_AUXILIARIES = frozenset(
    "is are was were do does did can could should would will shall may might must has have".split()
)
"""Verbs that make a question of a query which they begin, where what they ask about follows."""
_SUBJECTS = frozenset(
    "i you he she it we they a an the my your our his her its their this that these those there"
    " one someone anyone anything".split()
)
_VERBS = "하 되 있 없 싶 주 좋 않 계 맞 같"
_FILLING = (
    "하는 하면 하려면 하고 하기 하지 하게 하죠 하는데 하려고 할 할까 할까요 할지 해야 해서 해요"
    " 한가 한가요 했나 했지 했더라 합니까 되는 되면 되려면 되죠 될 될까 될까요 돼 돼요 됐나 됩니까"
    " 있는 있을 있지 있어 있어요 있습니까 없이 싶다 싶은 싶은데 싶어 싶어요 싶습니다 주는 줘 줘요"
    " 주세요 좋은 좋아 좋을지 좋지 인가 인가요 인지 일까 일까요 였지 였더라 것 것이 것을 것은"
    " 거 안 잘 좀 더 꼭 그 이 저 내 제 나 내가 제가 나는 저는 방법 방법은"
    " 방법이 방법을"
)
FILLING = frozenset(
    "a an the is are was were be been am do does did can could should would will shall may might"
    " must have has had i me my we us our you your it its they their he she this that these those"
    " of in on at to for from by with about as and or if there so".split()
    + _FILLING.split()
    + [verb + ending for verb, ending in product(_VERBS.split(), ASKING_ENDINGS)]
)
"""Words of a question that hold it together."""
_AFTER_A_VERB = frozenset("수 게 건 걸 때 줄 중 법 법은 법이".split())
"""Words of a question after a verb (지울 수, 하는 게), and names of things elsewhere (게 요리)."""
_AFTER_ASKING = frozenset("못 해".split())
"""Words of a question after one that asks (왜 못, 어떻게 해), and names of things elsewhere."""
_CAN = ("있", "없", "알", "모")
"""How the verb begins in 지울 수 있나요 and 지울 줄 모르는."""
_LAST = late(r"(?:나요|까요?|는가요?|은가요?|는지요?|죠|줘요?|싶어요?|싶은데요?|하려면|방법)\Z")
"""How the last word of a Korean question ends."""


def is_question(tree: Node) -> bool:
    """Whether a query is asked as a question."""
    words = [plain_text(word.text) for word in _words(tree)]
    return bool(words) and (
        any(word in ASKING for word in words)
        or (len(words) > 2 and words[0] in _AUXILIARIES and words[1] in _SUBJECTS)
        or (len(words) > 2 and words[0] == "does")  # which names nothing
        or _LAST.search(words[-1]) is not None
    )


def words_of_asking(tree: Node) -> tuple[Word, ...]:
    """The words of a query that only ask; none where it is no question or asks for nothing else."""
    if not is_question(tree):
        return ()
    words = [(word, plain_text(word.text)) for word in _words(tree)]
    before = ("", *(text for _, text in words))
    found = tuple(
        word for (word, text), last in zip(words, before, strict=False) if _only_asks(text, last)
    )
    return found if len(found) < len(words) else ()


def _has_final(text: str, finals: str) -> bool:
    """Whether a word ends in one of these consonants."""
    return is_syllable(text[-1:]) and has_final(text[-1]) and decompose(text[-1])[2] in finals


def _only_asks(text: str, before: str) -> bool:
    """Whether a word of a question only asks, after the word before it."""
    if text in _AFTER_A_VERB:
        return _has_final(before, "ㄴㄹ")
    return text in ASKING or text in FILLING or (text in _AFTER_ASKING and before in ASKING)


def verbs_by_next(words: Sequence[Word]) -> frozenset[Word]:
    """The words that are verbs by what follows: 지우는 방법, 지울 수 있나요, 지우고 싶어요."""
    texts = [*(plain_text(word.text) for word in words), "", ""]
    return frozenset(
        word
        for word, text, after, then in zip(words, texts, texts[1:], texts[2:], strict=False)
        if (text.endswith("는") and (after in _AFTER_A_VERB or after.startswith(("방법", "것"))))
        or (_has_final(text, "ㄹ") and after in ("수", "줄") and then.startswith(_CAN))
        or (text.endswith("고") and after.startswith("싶"))
    )


def without(tree: Node, words: tuple[Word, ...]) -> Node:
    """The query without some of its words."""
    assert isinstance(tree, And)
    kept = tuple(part for part in tree.parts if part not in words)
    return kept[0] if len(kept) == 1 else And(kept)


def as_phrase(tree: Node) -> Node:
    """A query with its words side by side."""
    assert isinstance(tree, And)
    words = _words(tree)
    phrase = Phrase(" ".join(word.text for word in words), words[0].at)
    return And((phrase, *(part for part in tree.parts if not isinstance(part, Word))))


def _words(tree: Node) -> list[Word]:
    parts = tree.parts if isinstance(tree, And) else ()
    return [part for part in parts if isinstance(part, Word)]


def plain_text(text: str) -> str:
    """What a word of a query says, without the signs behind it."""
    return folded(text).rstrip("?!.,")
