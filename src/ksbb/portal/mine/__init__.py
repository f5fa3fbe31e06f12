"""What the pages of a giver's members say and find: their commitments, the next step, the days."""
