"""What sport means: marks, ranking, medals, records. Standard library only."""
