"""Aid of other sources at our places: what is there already, beside the book and never in it."""
