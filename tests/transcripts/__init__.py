"""Sessions in Markdown, run as they stand: those of the README and those beside this file."""
