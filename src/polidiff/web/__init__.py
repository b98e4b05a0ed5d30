"""The workbench: a local web server over a workspace, where people read, search and decide."""
