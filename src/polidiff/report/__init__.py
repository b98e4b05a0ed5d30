"""The report room: see docs/house.md."""
