"""The book: a SQLite file of facts and decisions, and everything derived from them."""
