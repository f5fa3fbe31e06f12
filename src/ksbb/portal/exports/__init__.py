"""The list of places as files to take along: csv, xlsx and GeoJSON, written row by row."""
