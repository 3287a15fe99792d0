"""Words and patterns of words: how a text is cut and held against what a team lead has written. Below content and reading alike."""
