"""The check room: see docs/house.md."""
