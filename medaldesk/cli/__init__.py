"""The commands of the terminal. Nothing here imports Qt."""
