"""Where the corpora are: real vaults and reviews beside the checkout, other people's writing.

`DOTS_SHARED` names another parent. Tests that need them skip, with this reason, where they are not.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("DOTS_SHARED") or Path(__file__).parents[2] / "shared")
CORPORA = SHARED / "corpora"
REASON = f"the corpora are not at {CORPORA} (DOTS_SHARED names another place)"
needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason=REASON)
