"""Where the worker's next action comes from: a file of answers, or lines typed in a terminal."""
