"""The public read API: the book as JSON, for partner systems and scripts."""
