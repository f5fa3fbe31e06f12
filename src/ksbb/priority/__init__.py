"""Who is served next: the published rule, the list it makes, and lists that were frozen."""
