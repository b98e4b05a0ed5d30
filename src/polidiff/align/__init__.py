"""The align room: see docs/house.md."""
