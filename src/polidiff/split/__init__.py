"""The split room: see docs/house.md."""
