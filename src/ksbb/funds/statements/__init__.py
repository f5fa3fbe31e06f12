"""Bank statements in, rows out: pure, no database, no web; whole files or none of them."""
