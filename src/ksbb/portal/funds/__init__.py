"""Gifts through aggregators as the public, donors and aggregators see them."""
