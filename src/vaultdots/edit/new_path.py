"""Where a file or folder goes, by what a person says of its new place."""

from __future__ import annotations

from vaultdots.errors import EditError
from vaultdots.note.paths import beneath, is_folder_note, joined, path_parts, undated
from vaultdots.store.catalog import Catalog
from vaultdots.text.names import nfc


def new_path(
    catalog: Catalog, old: str, new: str, *, in_folder: bool = True, called: str | None = None
) -> str:
    """Where `dots mv OLD NEW` moves a file or folder: into NEW where that is a folder or ends in a
    slash; else NEW is its path. in_folder: without a slash it is its new name in the same folder. A
    note keeps its ending where NEW has none, a post of Jekyll's its date. called: the name that it
    has in a folder, else OLD's.
    """
    wanted = new.replace("\\", "/")
    if not wanted.strip():
        raise EditError("the new name is empty", place=old)
    if wanted.rpartition("/")[2] in (".", ".."):
        wanted += "/"
    is_name = "/" not in wanted
    if wanted.startswith("./"):
        wanted = wanted[2:] or "/"
    inside = catalog.has_folder(nfc(wanted).strip("/"))
    into = wanted.endswith("/") or (inside and nfc(wanted).strip("/") != old)
    name = old.rpartition("/")[2]
    if into:
        inner = name if called is None else called + path_parts(old).ending
        inner = _in_vault(beneath(wanted.strip("/"), inner), new)
        return _still_a_post(catalog, old, inner, called)
    role = catalog.role_of(old)
    if role is None:
        wanted = _folder_of(wanted)
    ending = path_parts(old).ending if role == "note" else ""
    if ending and not path_parts(wanted).ending:
        wanted += ending
    elif not ending and role and "." not in wanted.rpartition("/")[2]:
        wanted += name[len(name.rsplit(".", 1)[0]) :]
    if is_name and in_folder:
        folder = old.rpartition("/")[0]
        if called is not None and old.endswith("/index.md") and _dialect(catalog, old) == "hugo":
            folder = folder.rpartition("/")[0]  # what lies in a bundle is no page
        return _still_a_post(catalog, old, beneath(folder, wanted), called)
    return _still_a_post(catalog, old, _in_vault(wanted, new))


def _dialect(catalog: Catalog, path: str) -> str:
    note = catalog.note(path)
    return note.dialect if note is not None else ""


def _folder_of(wanted: str) -> str:
    """A folder's new path where it is given as that of the folder's note: `x.md`, `x/index.md`."""
    bare = path_parts(wanted).bare
    return bare.rpartition("/")[0] if is_folder_note(wanted, "hugo") else bare


def _still_a_post(catalog: Catalog, old: str, new: str, called: str | None = None) -> str:
    """A new path among Jekyll's posts, with the date of the old one where it has none: without it
    the note would be a post no more. called: the heading of which a post's name is made."""
    folder, name, ending = path_parts(new)
    was = path_parts(old).name
    date = was.removesuffix(undated(was))
    is_post = _dialect(catalog, old) == "jekyll" and "_posts" in folder.split("/")
    if not is_post or undated(name) != name or not date:
        return new
    if name == called:
        name = "-".join(name.lower().split())
    return beneath(folder, date + name + ending)


def _in_vault(path: str, new: str) -> str:
    found = joined("", path)
    if not found:
        raise EditError("the new place lies outside of the vault", place=new)
    return found
