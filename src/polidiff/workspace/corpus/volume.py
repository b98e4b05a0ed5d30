"""A part of a corpus' index: some documents' provisions as plain arrays, in memory or mapped from a folder."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polidiff.errors import InputError
from polidiff.model import Coding, Provision, codec
from polidiff.ranking.index import Part
from polidiff.ranking.postings import Postings, joined
from polidiff.workspace.corpus.block import SIZE, Block, Facts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]
    Mask = NDArray[np.bool_]

__all__ = ["Damaged", "Entry", "Volume", "bound"]

ENTRIES = "documents.json"


class Damaged(InputError):
    """A volume's files aren't those that were written."""

    def __init__(self, what: str) -> None:
        super().__init__("the index", f"is damaged ({what})", "ask again: it will be made anew")


@dataclass(frozen=True)
class Entry:
    """A document of a volume: what names its version and the way it was made (``mark``), and its provisions' count.

    ``coded`` says whether it can be found by meaning and by codes too.
    """

    document: str
    mark: str
    title: str
    facts: Facts
    provisions: int
    coded: bool


@dataclass(frozen=True, eq=False)
class Volume:
    """Documents one after another. ``part`` is what ranking needs; ``codes`` holds ``theme:ID``, ``printed:ID``,
    ``actor:NAME``, ``strength:ID`` and ``kind:ID`` as terms of the provisions."""

    entries: tuple[Entry, ...]
    part: Part
    codes: Postings
    records: _Texts
    codings: _Texts
    texts: _Texts

    @property
    def size(self) -> int:
        """How many provisions it has."""
        return len(self.part.chinese)

    @staticmethod
    def of(blocks: Sequence[Block], marks: Sequence[str]) -> Volume:
        """Make a volume in memory: some 200 microseconds a provision, most of it for its terms."""
        import numpy as np

        vectors = np.zeros((sum(len(block.provisions) for block in blocks), SIZE), dtype=np.float32)
        start = 0
        for block in blocks:
            if block.vectors is not None and len(block.vectors):
                vectors[start : start + len(block.vectors)] = block.vectors
            start += len(block.provisions)
        passages = [passage for block in blocks for passage in block.passages]
        codings = [one for block in blocks for one in block.codings or [None] * len(block.provisions)]
        return Volume(
            tuple(
                Entry(block.document, mark, block.title, block.facts, len(block.provisions), block.ready)
                for block, mark in zip(blocks, marks, strict=True)
            ),
            Part.of(passages, vectors),
            Postings.of([_codes(one) for one in codings]),
            _Texts.of(codec.dump(one) for block in blocks for one in block.provisions),
            _Texts.of(b"" if one is None else codec.dump(one) for one in codings),
            _Texts.of(passage.text.encode("utf-8", "surrogatepass") for passage in passages),
        )

    def provision(self, offset: int) -> Provision:
        """Return a provision. Raises Damaged where its bytes aren't those that were written."""
        return codec.load(Provision, self.records.at(offset))

    def coding(self, offset: int) -> Coding | None:
        """Return a provision's coding, None where it wasn't coded."""
        data = self.codings.at(offset)
        return codec.load(Coding, data) if data else None

    def write(self, folder: Path) -> None:
        """Write it into a new folder. Raises OSError."""
        import numpy as np

        folder.mkdir(parents=True)
        arrays = self._arrays()
        for name, array in arrays.items():
            np.save(folder / f"{name}.npy", array, allow_pickle=False)
        shapes = {name: [array.dtype.str, list(array.shape)] for name, array in arrays.items()}
        body = {"entries": [asdict(one) for one in self.entries], "arrays": shapes}
        (folder / ENTRIES).write_text(json.dumps(body), encoding="utf-8")

    def _arrays(self) -> dict[str, NDArray[Any]]:
        part = self.part
        return {
            **part.words.arrays("words"),
            **part.concepts.arrays("concepts"),
            **self.codes.arrays("codes"),
            **self.records.arrays("records"),
            **self.codings.arrays("codings"),
            **self.texts.arrays("texts"),
            "chinese": part.chinese,
            "vectors": part.vectors,
            "lengths": part.lengths,
        }

    @staticmethod
    def open(folder: Path) -> Volume:
        """Map a volume from its folder. Raises Damaged where it isn't whole."""
        import numpy as np

        try:
            body = json.loads((folder / ENTRIES).read_text(encoding="utf-8"))
            arrays: dict[str, NDArray[Any]] = {}
            for name, (kind, shape) in body["arrays"].items():
                mode: Any = "r" if all(shape) else None
                array = np.load(folder / f"{name}.npy", mmap_mode=mode, allow_pickle=False)
                if array.dtype.str != kind or list(array.shape) != shape:
                    raise Damaged(name)
                arrays[name] = array.view(np.ndarray)
            entries = tuple(Entry(**{**one, "facts": Facts(**one["facts"])}) for one in body["entries"])
            return _from(entries, arrays)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
            raise Damaged(str(error)) from error


def _from(entries: tuple[Entry, ...], arrays: Arrays) -> Volume:
    texts = _Texts.from_arrays(arrays, "texts")
    part = Part(
        Postings.from_arrays(arrays, "words"),
        Postings.from_arrays(arrays, "concepts"),
        arrays["chinese"],
        arrays["vectors"],
        arrays["lengths"],
        texts.text,
    )
    if sum(one.provisions for one in entries) != len(part.chinese):
        raise Damaged(ENTRIES)
    codes = Postings.from_arrays(arrays, "codes")
    return Volume(
        entries,
        part,
        codes,
        _Texts.from_arrays(arrays, "records"),
        _Texts.from_arrays(arrays, "codings"),
        texts,
    )


def bound(volumes: Sequence[tuple[Volume, Sequence[bool]]]) -> Volume:
    """Return several volumes as one, without the documents that are marked False."""
    import numpy as np

    keeps = [np.repeat(np.array(alive), [one.provisions for one in volume.entries]) for volume, alive in volumes]
    held = [(volume, keep) for (volume, _), keep in zip(volumes, keeps, strict=True)]
    texts = _Texts.joined([(volume.texts, keep) for volume, keep in held])
    part = Part(
        joined([(volume.part.words, keep) for volume, keep in held]),
        joined([(volume.part.concepts, keep) for volume, keep in held]),
        np.concatenate([volume.part.chinese[keep] for volume, keep in held]),
        np.concatenate([volume.part.vectors[keep] for volume, keep in held]),
        np.concatenate([volume.part.lengths[keep] for volume, keep in held]),
        texts.text,
    )
    return Volume(
        tuple(one for volume, alive in volumes for one, lives in zip(volume.entries, alive, strict=True) if lives),
        part,
        joined([(volume.codes, keep) for volume, keep in held]),
        _Texts.joined([(volume.records, keep) for volume, keep in held]),
        _Texts.joined([(volume.codings, keep) for volume, keep in held]),
        texts,
    )


def _codes(coding: Coding | None) -> list[str]:
    if coding is None:
        return []
    names = dict.fromkeys(actor.name for actor in (*coding.lead, *coding.others))
    return [
        *(f"theme:{theme.id}" for theme in coding.themes),
        *(f"printed:{theme.id}" for theme in coding.themes if theme.printed),
        *(f"actor:{name}" for name in names),
        f"strength:{coding.strength.id}",
        *([f"kind:{coding.kind.id}"] if coding.kind.printed else []),
    ]


@dataclass(frozen=True, eq=False)
class _Texts:
    """Pieces of bytes one after another, each with a checksum, so that no damaged word is ever shown."""

    data: NDArray[np.uint8]
    ends: NDArray[np.int64]
    sums: NDArray[np.uint32]

    @staticmethod
    def of(pieces: Any) -> _Texts:
        import numpy as np

        held = list(pieces)
        ends = np.zeros(len(held) + 1, dtype=np.int64)
        ends[1:] = np.cumsum([len(piece) for piece in held])
        sums = np.array([zlib.crc32(piece) for piece in held], dtype=np.uint32)
        return _Texts(np.frombuffer(b"".join(held), dtype=np.uint8), ends, sums)

    @staticmethod
    def from_arrays(arrays: Arrays, prefix: str) -> _Texts:
        return _Texts(arrays[f"{prefix}-data"], arrays[f"{prefix}-ends"], arrays[f"{prefix}-sums"])

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        return {f"{prefix}-data": self.data, f"{prefix}-ends": self.ends, f"{prefix}-sums": self.sums}

    @staticmethod
    def joined(parts: Sequence[tuple[_Texts, Mask]]) -> _Texts:
        import numpy as np

        data, sizes, sums = [], [], []
        for part, keep in parts:
            own = np.diff(part.ends)
            data.append(part.data if keep.all() else part.data[np.repeat(keep, own)])
            sizes.append(own[keep])
            sums.append(part.sums[keep])
        ends = np.zeros(sum(len(own) for own in sizes) + 1, dtype=np.int64)
        ends[1:] = np.cumsum(np.concatenate(sizes))
        return _Texts(np.concatenate(data), ends, np.concatenate(sums))

    def at(self, number: int) -> bytes:
        piece = self.data[int(self.ends[number]) : int(self.ends[number + 1])].tobytes()
        if zlib.crc32(piece) != int(self.sums[number]):
            raise Damaged("a piece of text")
        return piece

    def text(self, number: int) -> str:
        return self.at(number).decode("utf-8", "surrogatepass")
