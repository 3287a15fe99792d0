"""The picture of the live call in the README, drawn by the call itself: `python -m tests.recording` renews it."""
