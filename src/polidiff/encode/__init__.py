"""The encode room: see docs/house.md."""
