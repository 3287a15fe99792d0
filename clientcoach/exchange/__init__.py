"""Phrases on their way into the tools people already use, and back: one neutral list of lines, one module a format."""
