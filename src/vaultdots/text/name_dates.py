"""The date that a note's name or path says, as people and plugins name their notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultdots.text.calendar import WEEKDAY_NAMES, is_date, month_number, plain_digits
from vaultdots.text.dates import dates_in
from vaultdots.text.moment import Stamp, read

_LONGEST = 200
_STAMP = re.compile(
    r"(?<!\d)((?:19|20|21)\d\d)(\d\d)(\d\d)(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d)"
)
"""8, 12 or 14 digits: a day, with its hour and minute, with its second."""
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:19|20|21)\d\d)(?![\d.])")
_SPACED = re.compile(r"(\d{4})[-_. ](\d{1,2})[-_. ](\d{1,2})(?!\d)")
_YEAR_FOLDER = re.compile(r"((?:19|20|21)\d\d)년?")
_MONTH_FOLDER = re.compile(
    r"(?:(?:19|20|21)\d\d[-_. ]?)?(\d{1,2}월?|[A-Za-z]{3,9})(?:[-_. ]+(.{1,20}))?"
)
_DAY_NAME = re.compile(
    rf"(\d{{1,2}})일?(?:[-_. ,(]*(?:{WEEKDAY_NAMES}|[월화수목금토일](?:요일)?)\)?)?|(\d\d)[-_. ].+",
    re.IGNORECASE,
)
_BUNDLES = {"index", "_index", "readme"}


def date_in_name(name: str) -> str | None:
    """The date at the start or the end of a file's name, as far as it is written.

    `2023-05-06-title` → `2023-05-06`, `회의 2023-05-06`, `20230506`, `202305060930 x` and
    `06.05.2023` the same, `2023-05` → `2023-05`; a year alone (`retrospective-2021`) is no date.
    """
    name = plain_digits(name[:_LONGEST])
    for found in _STAMP.finditer(name):
        if day := _iso(found[1], found[2], found[3]):
            return day
    for found in _DAY_FIRST.finditer(name):
        if day := _iso(found[3], found[2], found[1]):
            return day
    spaced = _SPACED.sub(r"\1-\2-\3", name)
    spaced = re.sub(r"(?<=\d)_|_(?=\d)", " ", spaced)
    whole = [m for m in dates_in(spaced) if m.year is not None and m.month is not None]
    best = next((m for m in whole if m.day is not None), whole[0] if whole else None)
    return best.iso if best is not None else None


def date_in_path(path: str, formats: Sequence[tuple[str, str]] = ()) -> str | None:
    """The date that a note's path says: by the vault's own formats, by its name, by its folders.

    formats: (folder, Moment.js format) of the vault's daily and other periodic notes. A week is
    dated by its first day, a month by `2023-05`. `2019/05/04.md`, `2019/05-May/04-Saturday.md`.
    """
    bare = path.rsplit(".", 1)[0] if "." in path.rpartition("/")[2] else path
    for folder, format_ in formats:
        inside = folder.strip("/")
        if not inside or bare.startswith(inside + "/"):
            stamp = read(format_, bare[len(inside) :].lstrip("/"))
            if stamp is not None:
                return _of_stamp(stamp)
    *folders, name = bare.split("/")
    if name.casefold() in _BUNDLES and folders:
        *folders, name = folders
    said = date_in_name(name)
    if said is not None and len(said) == 10:
        return said
    return _by_folders(folders, name) or said


def _by_folders(folders: Sequence[str], name: str) -> str | None:
    """`2019/05/04`, each of them in the forms that people write."""
    if not folders:
        return None
    last = plain_digits(folders[-1])
    day = _DAY_NAME.fullmatch(plain_digits(name))
    if day is not None and len(folders) > 1:
        year, month = _YEAR_FOLDER.fullmatch(plain_digits(folders[-2])), _month_of(last)
        if year and month:
            return _iso(year[1], str(month), day[1] or day[2])
    return None


def _month_of(folder: str) -> int | None:
    found = _MONTH_FOLDER.fullmatch(folder)
    if found is None:
        return None
    month = month_number(found[1])
    named = month_number(found[2]) if found[2] else None
    return month if named in (None, month) else None


def _of_stamp(stamp: Stamp) -> str:
    iso = stamp.day.isoformat()
    return iso if stamp.unit in ("day", "week") else iso[:4] if stamp.unit == "year" else iso[:7]


def _iso(year: str, month: str, day: str) -> str | None:
    if not is_date(int(year), int(month), int(day)):
        return None
    return f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
