"""What a file's path says by itself: its ending, the folder whose note it is, the paths it answers
to; and where a relative path leads. Paths are vault-relative, POSIX, NFC."""

from __future__ import annotations

from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

FOLDER_NOTES: dict[str, tuple[str, ...]] = {
    "hugo": ("index", "_index"),
    "jekyll": ("index", "readme"),
    "vuepress": ("readme", "index"),
    "obsidian": (),
}
"""By dialect, the file stems that are their folder's note, in lower case, the first preferred."""

NOTE_ENDINGS = (".md", ".markdown")
"""The endings of notes, which a link may leave out."""

_DATED = late(r"\d{4}-\d{1,2}-\d{1,2}-(?=.)")


class PathParts(NamedTuple):
    """`a/b/Note.md`: the folder `a/b`, the name `Note`, the ending `.md`. Of what is not a note,
    the ending is part of the name."""

    folder: str
    name: str
    ending: str

    @property
    def bare(self) -> str:
        """The path without a note's ending."""
        return beneath(self.folder, self.name)


def path_parts(path: str) -> PathParts:
    """Cut a path."""
    folder, _, name = path.rpartition("/")
    ending = note_ending(name)
    return PathParts(folder, name[: len(name) - len(ending)], ending)


def note_ending(path: str) -> str:
    """The ending that makes the path a note's, as it is spelled; "" for another file."""
    low = path[-9:].lower()
    for ending in NOTE_ENDINGS:
        if low.endswith(ending) and not path[: -len(ending)].endswith("/") and path[: -len(ending)]:
            return path[-len(ending) :]
    return ""


def is_folder_note(path: str, dialect: str) -> bool:
    """Whether the note is the one that its folder's name means: `index.md`, `README.md`."""
    folder, _, name = path.rpartition("/")
    return bool(folder) and _stem(name).lower() in FOLDER_NOTES[dialect]


def answering_paths(path: str, dialect: str) -> tuple[tuple[str, str], ...]:
    """(way, path without ending) by which a link can name a note: its own (`name`), its folder's
    (`folder`), and a post's without the date (`undated`)."""
    folder, _, name = path.rpartition("/")
    stem = _stem(name)
    found = [("name", beneath(folder, stem))]
    if is_folder_note(path, dialect):
        found.append(("folder", folder))
    if dialect == "jekyll" and undated(stem) != stem:
        found.append(("undated", beneath(folder, undated(stem))))
    return tuple(found)


def called(path: str, dialect: str) -> str:
    """The last part of what a note is called by: its file's name, or its folder's."""
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[2] if is_folder_note(path, dialect) else _stem(name)


def file_title(path: str, dialect: str) -> str:
    """What a note without a title is called: its file's name, or its bundle folder's."""
    name = called(path, dialect)
    return undated(name) if dialect == "jekyll" and not is_folder_note(path, dialect) else name


def undated(stem: str) -> str:
    """A Jekyll post's name without its date (`2023-12-31-name` → `name`)."""
    return _DATED.sub("", stem, count=1)


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]


def beneath(folder: str, path: str) -> str:
    """`path` inside of `folder`, which is "" for the vault's root."""
    return f"{folder}/{path}" if folder else path


def joined(folder: str, path: str) -> str | None:
    """Where a relative path leads from `folder`, "" for the root; None above the root."""
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def relative_to(folder: str, path: str) -> str:
    """How `path` is reached from `folder`, "" for the root: what `joined` takes back; `.` where
    they are one. `os.path.relpath` asks the process where it is, twice, and fails where that folder
    is gone."""
    here = folder.split("/") if folder else []
    there = path.split("/") if path else []
    shared = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:]) or "."
