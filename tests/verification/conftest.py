from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from made_output import ARTICLE, Made


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A true output of two documents and an article, with the sources beside it."""
    output = Made(tmp_path)
    (tmp_path / "article.txt").write_bytes(ARTICLE.encode())
    return output
