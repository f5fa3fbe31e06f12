"""Personal data: what is kept and why, what is kept of one person, and its erasure."""
