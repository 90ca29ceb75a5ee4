"""Dialogs: few, short, and nothing typed in them is lost."""
