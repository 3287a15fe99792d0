"""Where the worker's next action comes from in a terminal: lines typed, a key or a word and Enter at a time."""
