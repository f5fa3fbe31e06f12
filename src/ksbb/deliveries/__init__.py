"""Hand-overs, and the word of the place that received them."""
