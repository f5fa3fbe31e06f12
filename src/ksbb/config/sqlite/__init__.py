"""Django's backend for SQLite, with a queue before the one place of the writer."""
