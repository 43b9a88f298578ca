"""The process that fills a template of a vault: `python -P -m vaultdots.edit.template_worker`.

It reads a pickled (template, values) of its parent, binds itself, and answers in JSON. Running out
of its seconds ends it with a signal, running out of its memory with a MemoryError.
"""

from __future__ import annotations

import json
import pickle
import sys

from vaultdots.edit.template import MEMORY, SECONDS, render


def main() -> None:
    """One template, then the end."""
    import jinja2.sandbox  # noqa: F401  before the bounds, which are for the template alone

    template, values = pickle.loads(sys.stdin.buffer.read())
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the bound
        pass
    else:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.write(json.dumps(render(template, values)))


if __name__ == "__main__":
    main()
