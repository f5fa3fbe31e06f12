"""Targets, and what each still lacks by aid type and phase."""
