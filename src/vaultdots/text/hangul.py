"""Hangul: syllables and their letters, and the particles that hang on a word.

A syllable is U+AC00 + (initial × 21 + vowel) × 28 + final (The Unicode Standard, 3.12).
"""

from __future__ import annotations

from vaultdots.text.particles import PARTICLES, SURE_ENDINGS, VERB_ENDINGS, After

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

_BASE = 0xAC00
_LAST = 0xD7A3
_KOREAN_SHARE = 0.15
"""Hangul among the letters of a Korean text, at least: much in one is Latin (code, names)."""
_PER_INITIAL = 588  # 21 vowels × 28 finals
_PER_VOWEL = 28
_L = FINALS.index("ㄹ")
_SS = FINALS.index("ㅆ")

_PARTICLE_AFTER: dict[str, After] = {p.text: p.after for p in PARTICLES}
_LONGEST_PARTICLE = max(map(len, _PARTICLE_AFTER))
_VERB_ENDINGS = tuple(sorted((text for text, _ in VERB_ENDINGS), key=len, reverse=True))
_MELTED = {"ㅝ": "ㅜ", "ㅕ": "ㅣ", "ㅘ": "ㅗ"}
"""The vowel that an ending in 어 or 아 made of the stem's: 바꿔 is 바꾸어."""


def is_syllable(char: str) -> bool:
    """Whether `char` is one whole syllable such as 회."""
    return len(char) == 1 and "가" <= char <= "힣"


def is_korean(text: str) -> bool:
    """Whether what is written into a text, or made of it, should be in Korean."""
    letters = sum(char.isalpha() for char in text)
    return sum(map(is_syllable, text)) > _KOREAN_SHARE * letters


def is_initial(char: str) -> bool:
    """Whether `char` is a letter that can begin a syllable, standing alone: ㅎ."""
    return len(char) == 1 and char in INITIALS


def is_letter(char: str) -> bool:
    """Whether `char` is a Hangul letter standing alone (ㅎ, ㅏ, ㄳ)."""
    return "ㄱ" <= char <= "ㅣ"


def decompose(syllable: str) -> tuple[str, str, str]:
    """The initial, the vowel and the final ("" where there is none) of one syllable."""
    code = ord(syllable) - _BASE
    if not 0 <= code <= _LAST - _BASE:
        raise ValueError(f"no Hangul syllable: {syllable!r}")
    return (
        INITIALS[code // _PER_INITIAL],
        VOWELS[code % _PER_INITIAL // _PER_VOWEL],
        FINALS[code % _PER_VOWEL],
    )


def compose(initial: str, vowel: str, final: str = "") -> str:
    """The syllable of three letters; the reverse of `decompose`."""
    index = INITIALS.index(initial) * _PER_INITIAL + VOWELS.index(vowel) * _PER_VOWEL
    return chr(_BASE + index + FINALS.index(final))


def initials(text: str) -> str:
    """`text` with every syllable replaced by its first letter: 회고록 → ㅎㄱㄹ."""
    return "".join(
        INITIALS[(ord(c) - _BASE) // _PER_INITIAL] if "가" <= c <= "힣" else c for c in text
    )


def syllables_of(half: str) -> tuple[str, str]:
    """The first and last syllable that a half-typed one can still become, both included.

    ㄱ → 가…깋, 고 → 고…곻. Anything else stays itself.
    """
    if is_initial(half):
        first = _BASE + INITIALS.index(half) * _PER_INITIAL
        return chr(first), chr(first + _PER_INITIAL - 1)
    if is_syllable(half) and not has_final(half):
        return half, chr(ord(half) + _PER_VOWEL - 1)
    return half, half


def half_typed(syllable: str) -> tuple[str, ...]:
    """What a syllable becomes when its last consonant goes to the next one: 골 → 고ㄹ."""
    if not has_final(syllable):
        return ()
    initial, vowel, final = decompose(syllable)
    return (compose(initial, vowel) + final,) if final in INITIALS else ()


def has_final(syllable: str) -> bool:
    """Whether a syllable ends in a consonant (받침)."""
    return is_syllable(syllable) and (ord(syllable) - _BASE) % _PER_VOWEL != 0


def agrees(before: str, after: After) -> bool:
    """Whether a particle that wants `after` may follow the character `before`.

    A letter or digit of another script agrees with everything: how `API` is read is not written.
    """
    if after == "any":
        return True
    if not is_syllable(before):
        return after != "past"
    final = (ord(before) - _BASE) % _PER_VOWEL
    if after == "past":
        return final == _SS
    if after == "closed":
        return final != 0
    return final == 0 or (after == "open-or-l" and final == _L)


def stems(word: str) -> list[str]:
    """What may stand before a particle or ending of `word`, the longest particle first.

    객체에서는 → [객체] by 에서는; every stem keeps at least one character. A particle that does not
    agree with the syllable before it is no particle: 가을 keeps its 을.
    """
    found = []
    for size in range(min(_LONGEST_PARTICLE, len(word) - 1), 0, -1):
        after = _PARTICLE_AFTER.get(word[-size:])
        if after is not None and agrees(word[-size - 1], after):
            found.append(word[:-size])
    return found


def is_particle(text: str, before: str) -> bool:
    """Whether `text` is a particle or ending that may follow the character `before`."""
    after = _PARTICLE_AFTER.get(text)
    return after is not None and agrees(before, after)


def verb_stems(word: str, *, sure: bool = False) -> list[str]:
    """What may be the stem of a verb, the likeliest first: 바꾸나요 → [바꾸], 지운 → [지우].

    Of a noun with 하다 or 되다 the noun. A stem of one syllable ends in a consonant: 넣, not 쓰.
    sure: only of a word that its ending tells from a noun, 바꾸나요 and 정리하기, not 감기 or 사과.
    """
    if not word or not all(map(is_syllable, word)):
        return []
    found = [word[: -len(ending)] for ending in _VERB_ENDINGS if word.endswith(ending)]
    if sure:
        found = [stem for stem in found if word[len(stem) :] in SURE_ENDINGS or _is_of_a_noun(stem)]
    else:
        initial, vowel, final = decompose(word[-1])
        if final in ("", "ㅆ") and vowel in _MELTED:
            found.append(word[:-1] + compose(initial, _MELTED[vowel]))
        elif final in ("ㄴ", "ㄹ", "ㅂ"):
            found.append(word[:-1] + compose(initial, vowel))
    found += [stem[:-1] for stem in found if _is_of_a_noun(stem)]
    return [stem for stem in dict.fromkeys(found) if len(stem) > 1 or has_final(stem)]


def _is_of_a_noun(stem: str) -> bool:
    return stem.endswith(("하", "되")) and len(stem) > 2
