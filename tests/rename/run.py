"""Run the matrix with any tool that renames: which references does it leave stale?

    python -m tests.rename.run -- dots mv --yes {old} {new}
    python -m tests.rename.run -- foam rename note {old_name} {new_name}
    python -m tests.rename.run --write          the golden files, by dots as a library

The command runs in the vault's folder, once a move. A table of operations and kinds is printed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.rename.reading import references, stale
from tests.rename.test_matrix import EXPECTED, rename, told
from tests.rename.vaults import OPERATIONS, VAULTS, Operation, write_vault


def one(operation: Operation, command: list[str] | None, folder: Path) -> dict[str, str] | str:
    """What an operation leaves stale by file, or why it was refused."""
    texts = VAULTS[operation.vault]()
    root, cache = folder / "vault", folder / "cache"
    write_vault(root, texts)
    before = references(root, cache)
    for old, new in operation.moves:
        if command is None:
            rename(root, cache, old, new)
            continue
        folder_name, _, name = new.rpartition("/")
        values = {
            "old": old,
            "new": new,
            "old_name": old.rpartition("/")[2].removesuffix(".md"),
            "new_name": name.removesuffix(".md"),
            "new_folder": folder_name or ".",
        }
        words = [word.format(**values) for word in command]
        done = subprocess.run(words, cwd=root, capture_output=True, text=True, timeout=120)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            return said[-1] if said else f"exit {done.returncode}"
    if command is None and not operation.refused:
        (EXPECTED / f"{operation.name}.txt").write_text(
            told(texts, root, operation), encoding="utf-8"
        )
    return stale(before, references(root, cache), operation, texts, root)


def main() -> int:
    """Print a table; exit 1 where anything is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the golden files")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = [word for word in options.command if word != "--"] or None
    if command is None and not options.write:
        parser.error("a command with {old} and {new}, or --write")
    bad = 0
    kinds: Counter[str] = Counter()
    print("| operation | references stale | which |\n|---|---|---|")
    for operation in OPERATIONS:
        if operation.refused and command is None:
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = one(operation, command, Path(folder))
        total = len(VAULTS[operation.vault]())
        if isinstance(found, str):
            fine = operation.refused
            print(f"| {operation.name} | {'refused' if fine else 'FAILED'} | {found} |")
            bad += not fine
            continue
        names = sorted(path.rpartition("/")[2] for path in found)
        kinds.update(names)
        bad += len(names) + operation.refused
        print(f"| {operation.name} | {len(names)} of {total} files | {', '.join(names)} |")
    for name, count in kinds.most_common():
        print(f"{name}: {count}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
