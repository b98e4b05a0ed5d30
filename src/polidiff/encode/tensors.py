"""Tensors out of an ONNX file, read without a library: a walk over the protocol buffer's fields.

The numbers of fields and types are those of ``onnx.proto`` (ModelProto.graph 7, GraphProto.initializer 5, TensorProto:
dims 1, data_type 2, name 8, raw_data 9).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tensor = NDArray[np.float32] | NDArray[np.int8]

GRAPH, INITIALIZER = 7, 5
DIMENSIONS, TYPE, NAME, RAW = 1, 2, 8, 9
FLOAT, INT8 = 1, 3


def read_tensors(data: bytes) -> dict[str, Tensor]:
    """Return the float32 and int8 tensors of a model by name, in the file's order; the others are passed over.

    Raises ValueError or IndexError where the bytes are no such file.
    """
    import numpy as np

    found: dict[str, Tensor] = {}
    for number, graph in _fields(memoryview(data)):
        if number != GRAPH or isinstance(graph, int):
            continue
        for inner, tensor in _fields(graph):
            if inner != INITIALIZER or isinstance(tensor, int):
                continue
            shape, kind, name, raw = _tensor(tensor)
            if kind in (FLOAT, INT8) and raw is not None:
                values: Tensor
                if kind == FLOAT:
                    values = np.frombuffer(raw, dtype="<f4").astype(np.float32)
                else:
                    values = np.frombuffer(raw, dtype=np.int8)
                found[name] = values.reshape(shape)
    return found


def _tensor(data: memoryview) -> tuple[list[int], int, str, memoryview | None]:
    shape: list[int] = []
    kind, name, raw = 0, "", None
    for number, value in _fields(data):
        if number == DIMENSIONS:
            shape.extend([value] if isinstance(value, int) else _packed(value))
        elif number == TYPE and isinstance(value, int):
            kind = value
        elif number == NAME and not isinstance(value, int):
            name = bytes(value).decode()
        elif number == RAW and not isinstance(value, int):
            raw = value
    return shape, kind, name, raw


def _packed(data: memoryview) -> list[int]:
    found, at = [], 0
    while at < len(data):
        value, at = _number(data, at)
        found.append(value)
    return found


def _fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield each field's number and value: an integer, or the bytes of anything longer."""
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        kind = key & 7
        if kind == 0:
            value, at = _number(data, at)
            yield key >> 3, value
            continue
        if kind == 2:
            size, at = _number(data, at)
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
        else:
            raise ValueError(f"field type {kind} at byte {at}")
        if at + size > len(data):
            raise ValueError(f"a field runs past the end at byte {at}")
        yield key >> 3, data[at : at + size]
        at += size


def _number(data: memoryview, at: int) -> tuple[int, int]:
    """A variable-length integer at ``at`` and the offset behind it."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
