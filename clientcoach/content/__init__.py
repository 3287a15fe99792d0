"""Content: YAML, read strictly, checked, compiled once into JSON shards."""
