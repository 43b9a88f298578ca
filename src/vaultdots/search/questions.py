# ruff: noqa: SIM905
"""A query that is asked as a question: `how does kafka guarantee ordering`, `캐시는 왜 느린가`.

Its words of asking say nothing of what is looked for. Sections that hold them all the same come
first, as for any query; below them stand those that hold the rest.
"""

from __future__ import annotations

from vaultdots.search.query import And, Node, Word
from vaultdots.text.folding import folded

ASKING = frozenset(
    "how what why when where which who whom whose"
    " 어떻게 왜 무엇 무엇을 무엇이 무엇인가 무엇인가요 무엇인지 뭔가요 뭔지 뭐야 뭐지 뭐예요 뭐에요"
    " 뭐 뭐가 뭘까 뭔가 언제 어디 어디서 어디에 누가 누구"
    " 무슨 어떤 어느 어떨까 무엇일까".split()
)
"""Words that make a query a question."""
FILLING = frozenset(
    "a an the is are was were be been am do does did can could should would will shall may might"
    " must have has had i me my we us our you your it its they their he she this that these those"
    " of in on at to for from by with about as and or if there so"
    " 하나 하나요 하는가 하는지 할까 할까요 했나 했지 했더라 인가 인가요 인지 일까 되나 되나요"
    " 되는가 되는지 될까 있나 있나요 있는지 있을까 좋을까 좋은가 있지 였지 였더라".split()
)
"""Words of a question that hold it together."""


def words_of_asking(tree: Node) -> tuple[Word, ...]:
    """The words of a query that only ask; none where it is no question or asks for nothing else."""
    parts = tree.parts if isinstance(tree, And) else ()
    words = [(part, _plain(part)) for part in parts if isinstance(part, Word)]
    if not any(text in ASKING for _, text in words):
        return ()
    found = tuple(word for word, text in words if text in ASKING or text in FILLING)
    return found if len(found) < len(words) else ()


def without(tree: Node, words: tuple[Word, ...]) -> Node:
    """The query without some of its words."""
    assert isinstance(tree, And)
    kept = tuple(part for part in tree.parts if part not in words)
    return kept[0] if len(kept) == 1 else And(kept)


def _plain(word: Word) -> str:
    return folded(word.text).rstrip("?!.,")
