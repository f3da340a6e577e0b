"""Days and numbers as texts write them, resolved against the publication."""
