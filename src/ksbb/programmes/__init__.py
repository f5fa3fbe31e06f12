"""Programmes with their phases, aid types, target kinds and need rules: data, not code."""
