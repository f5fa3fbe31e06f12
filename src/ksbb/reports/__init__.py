"""Figures as of any moment, what they say in words, and the proof that the books agree."""
