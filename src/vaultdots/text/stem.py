"""English stems: Porter's algorithm (An algorithm for suffix stripping, 1980), so that a search for
`test` finds tests and testing. Only for words of a–z; the same in both engines."""

from __future__ import annotations

from functools import lru_cache

from vaultdots.text.late import late

_C = "[^aeiou](?:[^aeiouy]*)"
_V = "[aeiouy][aeiou]*"
_MORE_THAN_0 = late(f"^(?:{_C})?{_V}{_C}")
_EXACTLY_1 = late(f"^(?:{_C})?{_V}{_C}(?:{_V})?$")
_MORE_THAN_1 = late(f"^(?:{_C})?{_V}{_C}{_V}{_C}")
_HAS_VOWEL = late(f"^(?:{_C})?{_V}")
_ENDS_CVC = late(f"^{_C}[aeiouy][^aeiouwxy]$")
_ENDS_DOUBLE = late(r"([^aeiouylsz])\1$")

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize",
    "bli": "ble", "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize",
    "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful",
    "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "",
           "ness": ""}  # fmt: skip
_STEP_4 = late(
    r"(.+?)(?:al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$"
)
_ION = late(r"(.+?[st])ion$")
_SUFFIX_2 = late(f"(.+?)({'|'.join(_STEP_2)})$")
_SUFFIX_3 = late(f"(.+?)({'|'.join(_STEP_3)})$")


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _MORE_THAN_0.match(word[:-3]) else word
    cut = 2 if word.endswith("ed") else 3 if word.endswith("ing") else 0
    if not cut or not _HAS_VOWEL.match(word[:-cut]):
        return word
    word = word[:-cut]
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if len(word) == 2 and word[0] in "aeiou":
        return word + "e"  # used, aged: `us` and `ag` are words of their own
    if _ENDS_DOUBLE.search(word):
        return word[:-1]
    return word + "e" if _ENDS_CVC.match(word) else word


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a lower-case a–z word; words of one or two letters stay."""
    if len(word) < 3:
        return word
    first_y = word[0] == "y"
    if first_y:
        word = "Y" + word[1:]
    word = _past(_plural(word))
    if word.endswith("y") and _HAS_VOWEL.match(word[:-1]):
        word = word[:-1] + "i"
    found = _SUFFIX_2.match(word)
    if found and _MORE_THAN_0.match(found[1]):
        word = found[1] + _STEP_2[found[2]]
    found = _SUFFIX_3.match(word)
    if found and _MORE_THAN_0.match(found[1]):
        word = found[1] + _STEP_3[found[2]]
    found = _STEP_4.match(word)
    if found:
        word = found[1] if _MORE_THAN_1.match(found[1]) else word
    else:
        found = _ION.match(word)
        if found and _MORE_THAN_1.match(found[1]):
            word = found[1]
    if word.endswith("e"):
        root = word[:-1]
        # `us` and `ag` are words of their own, not the stems of use and age.
        short = _EXACTLY_1.match(root) and not _ENDS_CVC.match(root)
        if len(root) > 2 and (_MORE_THAN_1.match(root) or short):
            word = root
    if word.endswith("ll") and _MORE_THAN_1.match(word):
        word = word[:-1]
    return "y" + word[1:] if first_y else word


# Endings of English that the stems above lose, in all their forms.
_ENDINGS = (
    "s es ed er ers ing ings ies ied ier iest iness ily ly edly ingly ize izes ized izing "
    "izer izers ization izations ation ations ational ative atively ator ators able ably "
    "ability abilities ible ibly ibility ance ances ancy ence ences ency ant ent ement "
    "ments ness nesses ful fully fulness less al ally ality alities ial ially ic ics ical "
    "ically icate icates ism isms ist ists ity ities ive ively iveness ivity ous ously "
    "ousness ion ions "
)


_LONGEST = 40
"""Letters past which nobody types a word of English."""


@lru_cache(maxsize=512)
def shorter_stems(begun: str) -> tuple[str, ...]:
    """The stems that a word which begins so may have and that do not begin so themselves.

    `configurabi` may be going to be *configurability*, whose stem is `configur`. begun: lower case,
    a–z.
    """
    found: dict[str, None] = {}
    if len(begun) > _LONGEST:
        return ()
    if len(begun) > 2 and begun[-1] == begun[-2]:
        found[begun[:-1]] = None  # embedd(ing), controll(er)
    for ending in _ENDINGS.split():
        for typed in range(1, len(ending) + 1):
            if begun.endswith(ending[:typed]) and len(begun) > typed:
                one = stem(begun + ending[typed:])
                if not one.startswith(begun):
                    found[one] = None
    return tuple(found)
