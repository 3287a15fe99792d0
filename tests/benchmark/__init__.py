"""How fast we are, against bare Python and against others, in one run: `python -m tests.benchmark`. No part of the suite."""
