"""Reading what people write: which words of a note, a message or a draft the rules of `playbooks/rules` point at."""
