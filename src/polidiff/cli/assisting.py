"""The command ``mcp``: a server for assistants that speak the Model Context Protocol."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import click


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FOLDER...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Keep the reports here; else they go when it stops."
)
@click.option(
    "--http", "port", type=click.IntRange(0, 65535), help="Serve HTTP at this port of this machine, not stdio."
)
@click.option(
    "--limit", type=click.IntRange(2_000, 2_000_000), default=20_000, show_default=True, help="Bytes of an answer."
)
def mcp(folders: tuple[Path, ...], output: Path | None, port: int | None, limit: int) -> None:
    """Serve an assistant (Model Context Protocol): read, search, compare, check what it writes, judge.

    Only files under the FOLDERs can be read, and only -o is written to. Nothing leaves this machine but what the
    assistant asks for.
    """
    from polidiff.errors import InputError
    from polidiff.mcp import Shelf, Tools

    try:
        from polidiff.mcp.server import make_server
    except ModuleNotFoundError as error:
        raise InputError("polidiff mcp", f"needs {error.name}", "pip install 'polidiff[mcp]'") from error
    with contextlib.ExitStack() as held:
        reports = output or Path(held.enter_context(tempfile.TemporaryDirectory(prefix="polidiff-")))
        server = make_server(Tools(Shelf(folders, reports), limit))
        with contextlib.suppress(KeyboardInterrupt):
            if port is None:
                server.run()
            else:
                click.echo(f"http://127.0.0.1:{port}/mcp  (stop with Ctrl-C)", err=True)
                server.run("streamable-http", host="127.0.0.1", port=port)


COMMANDS = (mcp,)
