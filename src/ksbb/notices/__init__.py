"""Letters about what happened: a row with the event, sent after it, once to each reader."""
