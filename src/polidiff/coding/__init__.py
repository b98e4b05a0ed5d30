"""The coding room: see docs/house.md."""
