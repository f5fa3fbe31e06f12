"""Opening files of all kinds: each gives sheets, and each sheet its lines."""
