"""How many provisions are coded and encoded in a second of the processor.

python -m benchmarks.coding FILE...

Reading and splitting are left out, and so is loading: the first document is coded once before. Nothing is kept.
"""

from __future__ import annotations

import argparse
import os
import time


def main() -> None:
    """Measure and print."""
    os.environ["POLIDIFF_KEEP_ENCODINGS"] = "0"
    from polidiff import api, coding, provisions
    from polidiff.model import Provision
    from polidiff.ranking.passage import compared_text

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    documents = [api.read(one) for one in parser.parse_args().files]
    split: list[tuple[Provision, ...]] = [tuple(provisions.split(one)) for one in documents]
    coding.code(documents[0], split[0][:5])
    api.default_encoder().encode(["one text"])
    started = time.process_time()
    for document, parts in zip(documents, split, strict=True):
        coding.code(document, parts)
        api.default_encoder().encode([compared_text(document, part) for part in parts])
    taken = time.process_time() - started
    count = sum(map(len, split))
    length = sum(len(part.text) for parts in split for part in parts) / count
    print(f"{count} provisions of {length:.0f} characters in {taken:.1f} s of processor: {count / taken:.0f} a second")
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
