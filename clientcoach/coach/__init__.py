"""Choosing phrases, building a script, and the live call as a pure state machine. No input, no output, no clock of its own."""
