"""What a file has beside its bytes: mode, owner, extended attributes (ACLs are such), other names.

A file is replaced by a new one under its name, so each of these is copied; what cannot be copied is
told before anything is written.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_LISTS = hasattr(os, "listxattr")  # Linux
_EFFECTIVE = os.access in os.supports_effective_ids


def obstacles(target: Path) -> list[str]:
    """Why a file should not be written over without being asked twice, in words."""
    status = os.stat(target)
    found = []
    mode = status.st_mode
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        found.append("it is read-only")
    elif not os.access(target, os.W_OK, effective_ids=_EFFECTIVE):
        found.append("it is not yours to write")
    if status.st_nlink > 1:
        found.append(f"it has {status.st_nlink} names (hard links), which would part")
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        if status.st_uid != os.geteuid():
            found.append("its owner would change")
        elif status.st_gid != os.getegid() and status.st_gid not in os.getgroups():
            found.append("its group would change")
    return found


def copy_metadata(source: Path, handle: int, name: str, *, force: bool) -> None:
    """Give the open file `handle` what `source` has. Raises OSError where it cannot, unless
    `force`. name: of the open file."""
    status = os.stat(source)
    if hasattr(os, "fchown"):
        here = os.fstat(handle)
        if (here.st_uid, here.st_gid) != (status.st_uid, status.st_gid):
            try:
                os.fchown(handle, status.st_uid, status.st_gid)
            except PermissionError:
                if not force:
                    raise
    os.fchmod(handle, stat.S_IMODE(status.st_mode)) if hasattr(os, "fchmod") else os.chmod(
        name, stat.S_IMODE(status.st_mode)
    )
    if not _LISTS:
        return
    for attribute, value in attributes(source).items():
        try:
            os.setxattr(handle, attribute, value)
        except OSError as error:
            # Labels of the system's own (SELinux) are given to a new file by the system.
            if not force and not attribute.startswith("security."):
                raise OSError(
                    error.errno, f"its attribute {attribute} cannot be kept: {error.strerror}"
                ) from None


def attributes(path: Path) -> dict[str, bytes]:
    """A file's extended attributes; none where the file system has none."""
    if not _LISTS:
        return {}
    try:
        return {name: os.getxattr(path, name) for name in os.listxattr(path)}
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENODATA):
            return {}
        raise
