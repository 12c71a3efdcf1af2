"""One module a format, each with one function from a file's bytes to a `Text`; the table of them is in `reading.files`."""
