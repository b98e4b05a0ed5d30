"""The verify room: see docs/house.md."""
