"""What polidiff measures of itself, on real documents and people's labels, with floors that CI holds."""
