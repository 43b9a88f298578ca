"""Whether a Hangul word is how Koreans write a Latin one: 도커 is docker, 알고리즘 algorithm.

Both are reduced to the consonants that survive the way into Hangul (the *skeleton*), by the rules
of loanword orthography (외래어 표기법) seen from both sides; the vowels must agree roughly. It is
meant for words that a vault has in both scripts, not for all words of two languages.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from vaultdots.text.everyday import everydayness
from vaultdots.text.late import late
from vaultdots.text.names import nfc

_LIST = Path(__file__).parent / "lexicon" / "loanwords.toml"
_SYLLABLES = 0xAC00
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_SOUND = {
    "ㄱ": "k", "ㄲ": "k", "ㅋ": "k", "ㄴ": "n", "ㅇ": "n", "ㄷ": "t", "ㄸ": "t", "ㅌ": "t",
    "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅃ": "p", "ㅍ": "p", "ㅅ": "s", "ㅆ": "s", "ㅈ": "s",
    "ㅉ": "s", "ㅊ": "s", "ㅎ": "h",
}  # fmt: skip
"""ㅇ sounds only as a final. ㅈ, ㅊ and ㅅ all stand for j, ch, z, s or th."""
_FINAL_SOUND = {**_SOUND, "ㅅ": "t"}
"""A final ㅅ is how a loan word writes a t that it ends in: 커밋, 소켓."""
_OPEN = {
    "ㅏ": "aoyi", "ㅐ": "ae", "ㅑ": "ai", "ㅓ": "aeoui", "ㅔ": "ea", "ㅕ": "ye", "ㅖ": "ye",
    "ㅗ": "oau", "ㅘ": "wauo", "ㅙ": "we", "ㅚ": "ow", "ㅛ": "yo", "ㅜ": "uow", "ㅝ": "wo",
    "ㅞ": "we", "ㅟ": "wi", "ㅠ": "uy", "ㅢ": "ui", "ㅣ": "ieya", "ㅒ": "y",
    "ㅔㅣ": "ae", "ㅏㅣ": "iyae",
}  # fmt: skip
"""A vowel of Hangul → the letters that it is written for. ㅡ only carries a consonant; 에이 and
아이 are one vowel of the original."""
_RULES = [
    (late(pattern), sound)
    for pattern, sound in (
        (r"tion|sion|cion", "sən"),
        (r"gg", "k"), (r"dge?|g(?=[eiy])(?!e[tr]|i[rtf])", "s"), (r"ng(?![aeiouy])", "n"),
        (r"sch|tch|ch|sh", "s"), (r"th", "s"), (r"ph", "p"),
        (r"gh(?![aeiouy])", ""), (r"mn$", "m"), (r"kn", "n"), (r"wr", "r"),
        (r"ck|qu|q", "k"), (r"gn(?=$|s)", "n"),
        (r"x", "ks"), (r"c(?=[eiy])", "s"), (r"c", "k"),
        (r"[jz]", "s"), (r"[fvb]", "p"), (r"d", "t"), (r"g", "k"), (r"r", "l"),
    )
]  # fmt: skip
_SILENT_R = late(r"r(?![aeiouyr])|r(?=e$)")
_VOWEL_GROUP = late(r"[aeiouyə]+")
_LEAST = 3
"""Consonants from which a skeleton says enough; of two the vowels must agree one by one."""
_FEWEST = 2
_LONGEST = 40
MOST_UNLIKE = 2.0
"""From here on two words are not the same: 빠르게 is 2.0 from `broker`, 버튼 1.0 from `button`."""
_VOWEL = "V"
_HUSHED = late(r"(?:ch|sh|g|c)e?$", re.IGNORECASE)


@cache
def hangul_skeleton(word: str) -> str:
    """The consonants of a Hangul word as its Latin original may have them; "" for other text."""
    return _collapsed(_read(word)[0])


@cache
def latin_skeleton(word: str) -> str:
    """The consonants of a Latin word that survive into Hangul; "" for other text."""
    return _collapsed(re.sub(r"[^klmnpsth]", "", _sounds(word)))


def sounds_like(hangul: str, latin: str) -> bool:
    """Whether a Hangul word may be the Latin one: `스프링`, `spring`. Both without other signs."""
    if not _FEWEST <= len(hangul) <= _LONGEST or not _FEWEST < len(latin) <= _LONGEST:
        return False
    bones = hangul_skeleton(hangul)
    if len(bones) < _FEWEST or bones != latin_skeleton(latin):
        return False
    _, vowels = _read(hangul)
    if not any(_vowels_agree(one, hangul, latin) for one in (vowels, _drawn_together(vowels))):
        return False
    return unlikeness(hangul, latin) < MOST_UNLIKE


def unlikeness(hangul: str, latin: str) -> float:
    """How far apart the two words of one skeleton are: how many letters their shapes differ in, and
    a tenth for each vowel that does not stand for the other. `클래스` is 0 from `class`, and 2 from
    `calls`."""
    vowels = _drawn_together(_read(hangul)[1])
    groups = _VOWEL_GROUP.findall(_unsilent(latin.casefold()))
    wrong = sum(g[0] not in _OPEN.get(v, "") for v, g in zip(vowels, groups, strict=False))
    return _distance(_hangul_shape(hangul), _latin_shape(latin)) + wrong / 10


@cache
def _hangul_shape(word: str) -> str:
    """The consonants of a Hangul word with `V` where a vowel sounds: lVlVs for 릴리스."""
    return _collapsed(_read(word, _VOWEL)[0])


@cache
def _latin_shape(word: str) -> str:
    """The same of a Latin word: lVlVs for `release`, the silent e aside."""
    sounds = _VOWEL_GROUP.sub(_VOWEL, _sounds(word))
    if _unsilent(word.casefold()) != word.casefold():
        sounds = sounds.removesuffix(_VOWEL)
    return _collapsed(re.sub(rf"[^klmnpsth{_VOWEL}]", "", sounds))


def _distance(one: str, other: str) -> int:
    """The letters to put in, take out or change to make one word of the other."""
    row = list(range(len(other) + 1))
    for number, char in enumerate(one, 1):
        last, row[0] = row[0], number
        for at, theirs in enumerate(other, 1):
            last, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, last + (char != theirs))
    return row[-1]


def _vowels_agree(vowels: list[str], hangul: str, latin: str) -> bool:
    bones = hangul_skeleton(hangul)
    groups = _VOWEL_GROUP.findall(_unsilent(latin.casefold()))
    if vowels[-1:] == ["ㅣ"] and _HUSHED.search(latin) and len(vowels) > len(groups):
        vowels = vowels[:-1]  # 캐시, 메시지: ch, sh and ge end in a syllable of their own
    if not vowels or not groups:
        return False
    # Of two vowels that Hangul writes apart (리액트, 클라우드) Latin makes one group.
    apart = sum(_initial(char) == "ㅇ" for char in nfc(hangul)[1:])
    if not 0 <= len(vowels) - len(groups) <= apart:
        return False
    if len(vowels) > len(groups):
        return len(bones) >= _LEAST and _opens_alike(vowels[0], hangul, groups[0], latin)
    wrong = sum(g[0] not in _OPEN.get(v, "") for v, g in zip(vowels, groups, strict=True))
    return wrong <= (len(bones) > _LEAST) and _opens_alike(vowels[0], hangul, groups[0], latin)


def _drawn_together(vowels: list[str]) -> list[str]:
    """The vowels with 에이 and 아이 as the one that they stand for in 하이라이트, highlight."""
    found: list[str] = []
    for vowel in vowels:
        if found and vowel == "ㅣ" and found[-1] + vowel in _OPEN:
            found[-1] += vowel
        else:
            found.append(vowel)
    return found


def skeleton(word: str) -> str:
    """The key under which a word meets its like in the other script; "" for one too short."""
    bones = latin_skeleton(word) if word.isascii() else hangul_skeleton(word)
    return bones if len(bones) >= _FEWEST and len(word) <= _LONGEST else ""


def is_same_word(one: str, other: str) -> bool:
    """Whether two words, one in Hangul and one in Latin letters, are the same.

    Native words sound like some Latin one by chance (처음, schema): only a word that has what loan
    words have and native ones hardly do is compared by its sound; others are pairs of a list.
    """
    if one.isascii() == other.isascii():
        return False
    hangul, latin = (other, one) if one.isascii() else (one, other)
    if latin in loan_words().get(hangul, ()):
        return True
    if _LOAN.search(hangul) is None:
        return False
    if len(hangul_skeleton(hangul)) < _LEAST and everydayness(hangul) > 0:
        return False
    return sounds_like(hangul, latin)


def may_be_loan(hangul: str) -> bool:
    """Whether a Hangul word is compared at all: it has the look of a loan word, or is listed."""
    return _LOAN.search(hangul) is not None or is_listed(hangul)


@cache
def loan_words() -> dict[str, list[str]]:
    """Hangul → Latin, the pairs that are known by heart."""
    import tomllib  # few words that are asked for stand in the list

    found: dict[str, list[str]] = tomllib.loads(_loan_word_list())["latin_of"]
    return found


@cache
def _loan_word_list() -> str:
    return _LIST.read_text(encoding="utf-8")


def is_listed(word: str) -> bool:
    """Whether a word, in either script, is one of the pairs that are known by heart."""
    if word not in _loan_word_list():
        return False
    return word in loan_words() or any(word in written for written in loan_words().values())


_LOAN = late(
    "[카-킿타-팋파-핗크트프브드스즈츠그르므흐블클플글슬]|[가-힣](?<=[릭맥백팩웹앱넷샵롬쉘])"
)
"""Syllables that loan words are full of: aspirated ones, and consonants carried by ㅡ."""


def _opens_alike(vowel: str, hangul: str, group: str, latin: str) -> bool:
    """Whether both begin with a vowel, or both with a consonant and the same first vowel."""
    if (_initial(nfc(hangul)[0]) == "ㅇ") != (latin[0].casefold() in "aeiouyw"):
        return False
    return group[0] in _OPEN.get(vowel, "")


def _initial(char: str) -> str:
    code = ord(char) - _SYLLABLES
    return _INITIALS[code // 588] if 0 <= code < 11_172 else ""


def _read(word: str, mark: str = "") -> tuple[str, list[str]]:
    """The consonants of a Hangul word, `mark` where a vowel sounds, and its sounding vowels."""
    consonants = ""
    vowels: list[str] = []
    for char in nfc(word):
        code = ord(char) - _SYLLABLES
        if not 0 <= code < 11_172:
            return "", []
        initial, vowel = _INITIALS[code // 588], _VOWELS[code % 588 // 28]
        final = _FINALS[code % 28]
        if initial != "ㅇ" and (initial != "ㅎ" or not consonants):
            consonants += _SOUND[initial]
        if vowel != "ㅡ":
            vowels.append(vowel)
            consonants += mark
        if final != " ":
            consonants += _FINAL_SOUND.get(final, "")
    return consonants, vowels


def _unsilent(word: str) -> str:
    """A Latin word without the e that is not spoken: `node`."""
    return re.sub(r"(?<=[^aeiou])e$", "", word) if len(word) > 3 else word


def _sounds(word: str) -> str:
    word = _SILENT_R.sub("", word.casefold())
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word[:1] + re.sub(r"h", "", word[1:])


def _collapsed(consonants: str) -> str:
    return re.sub(r"(.)\1+", r"\1", consonants)
