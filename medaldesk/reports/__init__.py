"""Documents of a book: the content once, in many formats."""
