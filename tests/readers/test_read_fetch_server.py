"""Fetching from a real https server on an address of the public kind, in a network namespace of the test's own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap

import pytest

ADDRESS = "192.88.99.1"
"""A public address (of a service that is no more), given to the loopback device of a namespace without any other."""

SERVER = textwrap.dedent(
    """
    import http.server, json, os, ssl, subprocess, sys, threading
    from polidiff.errors import PolidiffError
    from polidiff.readers.fetch import fetch

    address = sys.argv[1]
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["ip", "addr", "add", address + "/32", "dev", "lo"], check=True)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            base = f"https://{address}:8443"
            moves = {
                "/moved": base + "/plan.md",
                "/loop": base + "/loop",
                "/inside": "https://127.0.0.1:8443/plan.md",
                "/plain": f"http://{address}:8443/plan.md",
            }
            if self.path in moves:
                self.send_response(302)
                self.send_header("Location", moves[self.path])
                self.end_headers()
            elif self.path == "/missing":
                self.send_error(404)
            elif self.path == "/huge":
                self.send_response(200)
                self.send_header("Content-Length", str(10**12))
                self.end_headers()
            elif self.path == "/cut":
                self.send_response(200)
                self.send_header("Content-Length", "5000")
                self.end_headers()
                self.wfile.write(b"# A plan")
                self.close_connection = True
            else:
                body = b"# A plan\\n\\n- The ministry will fund research.\\n"
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer((address, 8443), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("cert.pem", "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    said = {}
    for path in ("/plan.md", "/moved", "/loop", "/inside", "/plain", "/missing", "/huge", "/cut"):
        try:
            said[path] = fetch(f"https://{address}:8443{path}").read_text()
        except PolidiffError as error:
            said[path] = f"{type(error).__name__}: {error}"
    server.shutdown()
    said["again"] = fetch(f"https://{address}:8443/plan.md").read_text()
    print(json.dumps(said))
    """
)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    tools = [tool for tool in ("unshare", "ip", "openssl") if shutil.which(tool) is None]
    if sys.platform != "linux" or tools:
        pytest.skip(f"a network namespace needs Linux and {', '.join(tools) or 'its tools'}")
    enter = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--net"]
    if subprocess.run([*enter, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets no process open a network namespace of its own")
    folder = tmp_path_factory.mktemp("server")
    subprocess.run(
        (
            "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=plans "
            f"-addext subjectAltName=IP:{ADDRESS}"
        ).split(),
        cwd=folder,
        check=True,
        capture_output=True,
    )
    environment = {**os.environ, "SSL_CERT_FILE": str(folder / "cert.pem"), "POLIDIFF_CACHE": str(folder / "cache")}
    done = subprocess.run(
        [*enter, sys.executable, "-c", SERVER, ADDRESS],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, str] = json.loads(done.stdout)
    return result


def test_a_document_is_fetched_and_its_copy_used_when_the_server_is_gone(said: dict[str, str]) -> None:
    assert "fund research" in said["/plan.md"]
    assert said["again"] == said["/plan.md"]


def test_a_redirect_is_followed_and_a_loop_ends(said: dict[str, str]) -> None:
    assert said["/moved"] == said["/plan.md"]
    assert said["/loop"].startswith("FetchError")
    assert "redirects" in said["/loop"]


def test_no_redirect_leads_inside_or_out_of_https(said: dict[str, str]) -> None:
    assert "no public address" in said["/inside"]
    assert "not an https address" in said["/plain"]


def test_a_refusal_a_huge_file_and_a_cut_one_are_told(said: dict[str, str]) -> None:
    assert "404" in said["/missing"]
    assert "over the bound" in said["/huge"]
    assert said["/cut"].startswith("FetchError")


def test_the_messages_are_one_line(said: dict[str, str]) -> None:
    assert all("\n" not in text for path, text in said.items() if text.startswith("FetchError"))
