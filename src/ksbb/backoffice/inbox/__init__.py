"""What waits for a decision, whatever it is: one list, oldest due first.

A kind of thing is one `Source` in `sources.SOURCES`; nothing else needs to know of it.
"""
