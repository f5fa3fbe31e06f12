"""Who did what, when, to which object. Rows are added and never changed."""
