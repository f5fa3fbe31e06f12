"""The public pages: where help is needed, giving, following, confirming, what was achieved."""
