"""The case: what is known of the customer, the worker and the matter. The bottom layer; imports nothing above it."""
