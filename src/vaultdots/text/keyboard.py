"""The two-set Korean keyboard (KS X 5002), read both ways: what was meant with the other layout on.

`ghlrh` was 회고, and ㅗㅐㅔㄷ was hope.
"""

from __future__ import annotations

from vaultdots.text.hangul import FINALS, INITIALS, VOWELS, compose, decompose, is_syllable

_LETTER_OF_KEY = dict(
    zip(
        "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml",
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ",
        strict=True,
    )
)
_KEY_OF_LETTER = {letter: key for key, letter in _LETTER_OF_KEY.items()}
_VOWEL_PAIRS = {"ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ",
                "ㅡㅣ": "ㅢ"}  # fmt: skip
_FINAL_PAIRS = {"ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ",
                "ㄹㅅ": "ㄽ", "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ"}  # fmt: skip
_SPLIT = {joined: pair for pair, joined in (*_VOWEL_PAIRS.items(), *_FINAL_PAIRS.items())}


def _letter(char: str) -> str:
    """The letter on the key of `char`; with shift held where that key has no second letter too."""
    return _LETTER_OF_KEY.get(char) or _LETTER_OF_KEY.get(char.lower(), "")


def hangul_of_keys(text: str) -> str:
    """What the keys of `text` write with the Korean layout on; other characters stay."""
    out: list[str] = []
    initial = vowel = final = ""

    def flush() -> None:
        nonlocal initial, vowel, final
        if initial and vowel:
            out.append(compose(initial, vowel, final))
        else:
            out.append(initial + vowel)
        initial = vowel = final = ""

    for char in text:
        letter = _letter(char) if char.isascii() else ""
        if not letter:
            flush()
            out.append(char)
        elif letter in VOWELS:
            if final:  # the consonant begins the next syllable: 갑+ㅏ → 가바
                pair = _SPLIT.get(final, " " + final)
                final, moved = pair[0].strip(), pair[1]
                flush()
                initial, vowel = moved, letter
            elif vowel and vowel + letter in _VOWEL_PAIRS:
                vowel = _VOWEL_PAIRS[vowel + letter]
            else:
                if vowel:
                    flush()
                vowel = letter
        elif final and final + letter in _FINAL_PAIRS:
            final = _FINAL_PAIRS[final + letter]
        elif initial and vowel and not final and letter in FINALS:
            final = letter
        else:
            flush()
            initial = letter
    flush()
    return "".join(out)


def keys_of_hangul(text: str) -> str:
    """The keys that write `text` with the Korean layout on, lower case where both would do."""
    out = []
    for char in text:
        letters = "".join(decompose(char)) if is_syllable(char) else char
        for letter in letters:
            for part in _SPLIT.get(letter, letter):
                out.append(_KEY_OF_LETTER.get(part, part))
    return "".join(out)


def other_layout(text: str) -> str | None:
    """`text` as the other layout would have written it; None where it changes nothing sensible.

    Latin letters become Hangul only when whole syllables come out (`git` → 햣 does, `vim` does
    not), so this is an offer for a query that found nothing, never a silent change.
    """
    if any("ㄱ" <= c <= "ㅣ" or is_syllable(c) for c in text):
        meant = keys_of_hangul(text)
    else:
        meant = hangul_of_keys(text)
        if any(c in INITIALS or c in VOWELS or c in FINALS[1:] for c in meant):
            return None
    return None if meant == text else meant
