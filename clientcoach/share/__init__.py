"""The man page and the shell completions, generated from the table of options. Nothing here runs when a verb does."""
