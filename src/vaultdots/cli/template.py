"""`--format TEMPLATE`: a line a record, as a Jinja template says (`{{path}}:{{line}} {{title}}`).

The template runs in Jinja's sandbox: it reads the record and nothing else, and what it writes is
bounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultdots.errors import UsageError

LONGEST = 1_000_000
"""Characters that one record may become."""


class Template:
    """A template, ready for many records. Raises UsageError where it cannot be read."""

    def __init__(self, source: str) -> None:
        """source: as typed in a shell; `\\n` and `\\t` are a line's end and a tab."""
        from jinja2 import StrictUndefined, TemplateError
        from jinja2.exceptions import SecurityError
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        class Sandbox(ImmutableSandboxedEnvironment):
            """Jinja's sandbox without powers, which can take for ever."""

            intercepted_binops = frozenset(("**",))

            def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
                raise SecurityError(f"{operator} is not for templates")

        written = source.replace("\\n", "\n").replace("\\t", "\t")
        environment = Sandbox(undefined=StrictUndefined, keep_trailing_newline=True)
        self._errors = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError)
        try:
            self._template = environment.from_string(written)
        except TemplateError as error:
            raise UsageError(f"--format cannot be read: {error}") from None

    def line(self, record: Mapping[str, Any]) -> str:
        """One record as text. Raises UsageError for a key that there is not."""
        try:
            parts: list[str] = []
            size = 0
            for part in self._template.generate(record):
                size += len(part)
                if size > LONGEST:
                    raise UsageError("--format writes too much")
                parts.append(part)
        except self._errors as error:
            keys = ", ".join(record)
            raise UsageError(f"--format: {error}", hint=f"the keys are {keys}") from None
        return "".join(parts)
