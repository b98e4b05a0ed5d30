"""The command line: a door, without logic that a Python user could not reach.

Exit status: 0 done; 1 done, and something was found that the user asked to be told about; 2 the input or the options
are at fault, with one line on standard error that names the file, the place and the remedy.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from polidiff.cli.root import root, spread_options
from polidiff.processes import collect_rarely
from polidiff.settings import settings


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit status; no traceback reaches the user."""
    collect_rarely()
    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))


def run(arguments: list[str]) -> int:
    """Run a command and return its exit status."""
    import click

    from polidiff.errors import PolidiffError

    try:
        result = root.main(spread_options(arguments), prog_name="polidiff", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        click.echo(f"polidiff: {error.format_message()}", err=True)
        return 2
    except PolidiffError as error:
        click.echo(f"polidiff: {error}", err=True)
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("polidiff: stopped; what was there before is unchanged, run it again to start over", err=True)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        click.echo("polidiff: memory ran out; give fewer or smaller documents", err=True)
        return 2
    except OSError as error:
        place = error.filename or "the system"
        click.echo(f"polidiff: {place}: {error.strerror or error}; check the path and its permissions", err=True)
        return 2
    except Exception as error:
        if settings().debug:
            raise
        kind = type(error).__name__
        detail = " ".join(str(error).split())[:200]
        click.echo(
            f"polidiff: a fault in polidiff itself ({kind}: {detail}); "
            "please report it with what POLIDIFF_DEBUG=1 prints",
            err=True,
        )
        return 2
