"""``python -m polidiff``: the command line."""

from polidiff.cli import main

main()
