"""Values put into a Korean message, and the particle behind each that fits it.

A message has both forms of a particle, as Korean writes them where the word before is open:
`'{0}'을(를) 썼습니다`, `{0}(으)로`. The last syllable of the value decides; behind a word that is
in no Hangul both stay, since its reading is not known.
"""

from __future__ import annotations

import re

from vaultdots.text.hangul import decompose, is_syllable
from vaultdots.text.late import late

_VALUE = late(r"\{(\d)\}")
_QUOTES = "'\"`”’)]}>*"
"""What may stand between a value and its particle."""
_BOTH = late(
    rf"([{re.escape(_QUOTES)}]*)"
    r"(을\(를\)|은\(는\)|이\(가\)|과\(와\)|\(으\)(?=로)|\(이\)(?=라))"
)
_DIGITS = "영일이삼사오육칠팔구"


def filled(message: str, values: tuple[str, ...]) -> str:
    """The message with `{0}`, `{1}`… replaced, and the particles behind them."""
    text, at = "", 0
    for place in _VALUE.finditer(message):
        text += message[at : place.start()] + values[int(place[1])]
        at = place.end()
        if both := _BOTH.match(message, at):
            text += both[1] + particle(both[2], text)
            at = both.end()
    return text + message[at:]


def particle(both: str, before: str) -> str:
    """The form of `을(를)`, `(으)`… that fits behind a text; both where its sound is not known."""
    last = before.rstrip(_QUOTES)[-1:]
    if last.isascii() and last.isdigit():
        last = _DIGITS[int(last)]
    if not is_syllable(last):
        return both
    final = decompose(last)[2]
    if both == "(으)":
        return "으" if final not in ("", "ㄹ") else ""
    if both == "(이)":
        return "이" if final else ""
    return both[0] if final else both[2]
