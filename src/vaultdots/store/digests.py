"""BLAKE2b (RFC 7693), by which the catalog tells texts apart.

Python has it in a module of its own, behind `hashlib`, which loads all of OpenSSL first: 3 ms.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:  # another Python than CPython
    from hashlib import blake2b

__all__ = ["blake2b"]
