"""The compare room: see docs/house.md."""
