"""Files of targets: read, looked at, written whole or not at all, and taken back whole."""
