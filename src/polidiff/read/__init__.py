"""The read room: see docs/house.md."""
