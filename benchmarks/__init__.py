"""Speed, memory and damaged files, measured beside what a reader would take instead."""
