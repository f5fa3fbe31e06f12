"""Pictures other places show when somebody passes on the address of a page."""
