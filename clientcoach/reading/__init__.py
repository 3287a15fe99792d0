"""Reading: what a customer's message says (`triage`) and what a worker's draft does (`check`). Pure: text and signals in, findings out."""
