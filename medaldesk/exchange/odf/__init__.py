"""Olympic Data Feed messages, in and out (RULES 9)."""
