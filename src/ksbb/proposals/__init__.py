"""Where an offer does most: reads the needs of now, asks the allocation engine, writes nothing."""
