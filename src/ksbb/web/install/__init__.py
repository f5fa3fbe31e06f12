"""What makes the pages installable: the manifest, the worker, the page for no network."""
