"""A module a file format: its bytes become lines of plain text, and what the file says of itself."""
