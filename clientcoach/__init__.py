"""clientcoach: the next right line while a customer is angry."""

__version__ = "0.1.0"
