"""Qt item models: what a book says, in rows and columns; no widgets, no SQL."""
