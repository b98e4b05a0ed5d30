"""What the two processes say to one another.

A frame is one letter, eight bytes of length (big-endian) and the body.
"""

from __future__ import annotations

from typing import BinaryIO


def receive(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """Return the next frame, or None at the end of the stream."""
    head = stream.read(9)
    if len(head) < 9:
        return None
    size = int.from_bytes(head[1:], "big")
    body = stream.read(size)
    return (head[:1], body) if len(body) == size else None


def send(stream: BinaryIO, kind: bytes, body: bytes) -> None:
    """Write one frame."""
    stream.write(kind + len(body).to_bytes(8, "big"))
    stream.write(body)
    stream.flush()
