"""Aggregators' gifts of money and goods, on a double-entry ledger down to the package."""
