"""The Ramadan 2020 scenario: published figures, and around them example data from a seed."""
