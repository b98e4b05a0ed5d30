"""Bad input gets one clear line, exit status 2, and no partial output."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from polidiff.cli import run

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8cfc0000000030001a5f6458e0000000049454e44ae426082"
)

GOOD = "# A plan\n\n- The ministry will fund research on machine learning.\n- Schools should teach it.\n"


def scanned(path: Path) -> None:
    from PIL import Image

    canvas = Canvas(str(path))
    for _ in range(2):
        canvas.drawImage(ImageReader(Image.new("L", (300, 400), 200)), 50, 50, 500, 700)
        canvas.showPage()
    canvas.save()


def encrypted(path: Path) -> None:
    canvas = Canvas(str(path), encrypt=pdfencrypt.StandardEncryption("open sesame", canPrint=0))
    canvas.drawString(72, 700, "The ministry will fund research.")
    canvas.save()


def login_wall(path: Path) -> None:
    path.write_text(
        "<html><head><title>Sign in</title></head><body><form action='/login'><h1>Sign in</h1>"
        "<label>Email</label><input name='email'><label>Password</label><input type='password'>"
        "<button>Sign in</button></form></body></html>"
    )


MAKERS = {
    "scanned.pdf": (scanned, "ocr"),
    "encrypted.pdf": (encrypted, "password"),
    "empty.pdf": (lambda path: path.write_bytes(b""), "empty"),
    "picture.pdf": (lambda path: path.write_bytes(PNG), "png"),
    "page.html": (login_wall, "log in"),
    "cut.pdf": (lambda path: path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog"), "damaged"),
    "noise.bin": (lambda path: path.write_bytes(bytes(range(256)) * 40), ""),
}


@pytest.mark.parametrize("name", MAKERS)
def test_one_line_that_names_the_file_and_status_2(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    maker, word = MAKERS[name]
    path = tmp_path / name
    maker(path)
    good = tmp_path / "good.md"
    good.write_text(GOOD)
    out = tmp_path / "report"
    out.mkdir()
    (out / "index.html").write_text("an earlier report")
    assert run(["compare", str(good), str(path), "-o", str(out)]) == 2
    said = capsys.readouterr()
    lines = said.err.strip().splitlines()
    assert len(lines) == 1
    assert name in lines[0]
    assert word in lines[0].lower()
    assert ";" in lines[0]
    assert "Traceback" not in said.err
    assert [p.name for p in out.iterdir()] == ["index.html"]
    assert (out / "index.html").read_text() == "an earlier report"


def test_a_wrong_path_says_so_and_what_lies_near(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan.md").write_text(GOOD)
    assert run(["read", str(tmp_path / "plam.md")]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert "plam.md" in lines[0]
    assert "plan.md" in lines[0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "gb18030"])
def test_other_encodings_are_read_as_they_are(
    encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "各国应加快建设数据中心，并保护个人隐私。" * 6
    path = tmp_path / "plan.txt"
    path.write_bytes(f"{words}\n第二条 应支持开源社区的发展。\n".encode(encoding))
    assert run(["read", str(path), "--format", "jsonl"]) == 0
    assert words in capsys.readouterr().out


def test_options_at_fault(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    plan = tmp_path / "a.md"
    plan.write_text(GOOD)
    assert run(["compare", str(plan), "-o", str(tmp_path / "r")]) == 2
    assert "two documents" in capsys.readouterr().err
    assert run(["check", str(plan), "--against", str(plan), "--fail-on", "wrong"]) == 2
    assert "not a verdict" in capsys.readouterr().err
    assert run(["code", str(plan), "--codebook", str(tmp_path / "none.toml")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on a file's size that stands for a full disk is POSIX")
def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(GOOD)
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000));"
        "from polidiff.cli import main; main(sys.argv[1:])"
    )
    out = tmp_path / "report"
    out.mkdir()
    (out / "index.html").write_text("an earlier report")
    arguments = ["compare", str(tmp_path / "a.md"), str(tmp_path / "b.md"), "-o", str(out)]
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "could not be written" in done.stderr
    assert (out / "index.html").read_text() == "an earlier report"
