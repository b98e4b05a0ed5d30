"""XML of legislatures and agencies."""
