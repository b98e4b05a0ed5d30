"""The command ``serve``: the workbench in the browser."""

from __future__ import annotations

import contextlib
import secrets
import threading
import webbrowser

import click

from polidiff.cli.asking import judge_asked, judge_option, model_option


@click.command()
@click.argument("workspace", required=False, default="")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8477, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address; another than loopback asks for a token.")
@click.option("--open", "browse", is_flag=True, help="Open the workbench in the browser.")
@click.option("--auth", is_flag=True, help="Ask whoever opens it for the group's password (polidiff[auth]).")
@click.option("--new-password", is_flag=True, help="With --auth: set another password.")
@judge_option
@model_option
@click.option("--log", is_flag=True, help="Print a line for each request, without its query.")
def serve(
    workspace: str,
    port: int,
    host: str,
    browse: bool,
    auth: bool,
    new_password: bool,
    judge: str | None,
    model: str | None,
    log: bool,
) -> None:
    """Open the workbench of a workspace in the browser: read, review, search, decide.

    WORKSPACE is a file, a folder or an address of a database; without one, the only workspace in this folder, and
    where there is none, a new one (comparison.polidiff): the page that opens asks for the documents. The workbench
    answers to this machine alone unless --host says otherwise, and then to those who have its token.
    """
    from polidiff.web.server import find_workspace, listen, run
    from polidiff.web.settings import Settings, is_loopback

    if judge is not None or model is not None:
        judge_asked(judge, model)
    where = workspace or find_workspace()
    password = _password(where, again=new_password) if auth or new_password else ""
    token = "" if is_loopback(host) or password else secrets.token_urlsafe(24)
    socket, port = listen(host, port)
    with socket:
        settings = Settings(
            where, host=host, port=port, token=token, password=password, judge=judge or "", model=model or "", log=log
        )
        address = settings.address + (f"?token={token}" if token else "")

        def ready() -> None:
            click.echo(f"{address}  (stop with Ctrl-C)")
            if token:
                click.echo("whoever has this address can read and decide; it is shown this once", err=True)
            if browse:
                threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()

        with contextlib.suppress(KeyboardInterrupt):
            run(settings, socket, ready)
        click.echo("stopped; every decision is kept")


def _password(where: str, *, again: bool) -> str:
    """Return the hash of the workspace's password, asking for one where there is none, or another one."""
    from polidiff.web.passwords import PASSWORD, hashed
    from polidiff.workspace import Workspace

    with Workspace.open(where) as work:
        held = work.store.settings().get(PASSWORD, "")
        if not held or again:
            held = hashed(click.prompt("Password of the group", hide_input=True, confirmation_prompt=True, err=True))
            work.store.set({PASSWORD: held})
    return held


COMMANDS = (serve,)
