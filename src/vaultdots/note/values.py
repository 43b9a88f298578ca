"""What a property's value says: a title, names, tags. YAML lets a person write each of them
in several ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from vaultdots.note.model import PropertyValue
from vaultdots.text.names import name_key, nfc

_TAG_SPLIT = re.compile(r"[,\s]+")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#39);")
"""What programs write for the characters of markup; any other entity is a title's own."""


def title_text(value: PropertyValue) -> str:
    """`title:` as one line, `&lt;` as `<`; of a list its texts, "" for none."""
    if isinstance(value, list):
        return ", ".join(filter(None, (title_text(item) for item in value)))
    if isinstance(value, dict) or value is None:
        return ""
    return " ".join(_ENTITY.sub(lambda entity: unescape(entity[0]), str(value)).split())


def aliases(values: Mapping[str, PropertyValue]) -> tuple[str, ...]:
    """`aliases:` (and the old `alias:`): a list, or one text split at commas."""
    names: list[str] = []
    for key in ("aliases", "alias"):
        value = values.get(key)
        if isinstance(value, str):
            names += value.split(",")
        elif isinstance(value, list):
            names += [
                str(item)
                for item in value
                if item is not None and not isinstance(item, (dict, list))
            ]
        elif value is not None and not isinstance(value, dict):
            names.append(str(value))
    unique: dict[str, str] = {}
    for name in names:
        if name.strip():
            unique.setdefault(name_key(name), nfc(name.strip()))
    return tuple(unique.values())


def listed_tags(value: PropertyValue) -> list[str]:
    """`tags:` a list, or one string split at commas and spaces; `#` is optional."""
    if isinstance(value, str):
        names = _TAG_SPLIT.split(value)
    elif isinstance(value, list):
        names = [
            str(item) for item in value if item is not None and not isinstance(item, (dict, list))
        ]
    elif value is None or isinstance(value, dict):
        names = []
    else:
        names = [str(value)]
    return [name.strip().removeprefix("#") for name in names if name.strip()]
