"""Tidy results into a book: recognise, map, match, look at the plan, make one edit of it."""
