"""pygls's protocol with what it lacks: errors for what it cannot read, answers that are JSON."""

from __future__ import annotations

import json
from typing import Any

from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol

from vaultdots.text.tuples import NamedTuple


class Encoded(NamedTuple):
    """An answer that is JSON already, in pieces."""

    pieces: tuple[bytes, ...]

    def value(self) -> Any:
        """What it says."""
        return json.loads(b"".join(self.pieces))


def encoded(value: Any) -> Encoded:
    """An answer that was made of lists and dictionaries, as the protocol has it."""
    text = json.dumps(value, separators=(",", ":"), check_circular=False)
    return Encoded((text.encode("ascii"),))


class Protocol(LanguageServerProtocol):
    """pygls's protocol, which left a request that it could not read without an answer."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message as an object; a request that is none gets its error."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if isinstance(data.get("id"), int | str) and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def _send_response(self, msg_id: Any, result: Any = None, error: Any = None) -> None:
        if error is not None or not isinstance(result, Encoded) or self.writer is None:
            super()._send_response(msg_id, result, error)
            return
        self._result_types.pop(msg_id, None)
        head = f'{{"jsonrpc":"{self.VERSION}","id":{json.dumps(msg_id)},"result":'.encode()
        pieces = (head, *result.pieces, b"}")
        size = b"Content-Length: %d\r\n\r\n" % sum(map(len, pieces))
        self.writer.write(b"".join((size, *pieces)))
