"""Which passages answer these words: candidates by words and by meaning, their union, the top reranked."""
