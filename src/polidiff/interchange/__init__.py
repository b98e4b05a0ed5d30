"""The formats of the field, written from the records."""
