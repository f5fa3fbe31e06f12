"""The desk of the working group: verify, accept, hand over, settle."""
