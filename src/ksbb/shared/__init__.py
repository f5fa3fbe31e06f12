"""Words with no aid meaning: clock, numbers, codes, errors. Knows nothing above it."""
