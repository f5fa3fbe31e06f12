"""What search engines ask for: the list of all pages, what to leave alone, facts about a page."""
