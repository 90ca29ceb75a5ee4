"""The pages in the tabs of the window."""
