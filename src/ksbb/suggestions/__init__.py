"""What officers of areas and neighbours propose about places; the working group decides."""
