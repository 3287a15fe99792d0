"""A compiled message and a case become a sentence: plural rules, names, dates and money, one module per language."""
