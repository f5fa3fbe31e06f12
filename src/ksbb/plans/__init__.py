"""Offers whose place the working group chooses, and the plans it publishes over all of them."""
