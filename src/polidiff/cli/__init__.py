"""The command line: a door, without logic that a Python user could not reach."""
