"""Facts in and out: the file formats that other programs read and write."""
