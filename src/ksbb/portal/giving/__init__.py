"""The giving form between its pages: kept in the session until it is sent."""
