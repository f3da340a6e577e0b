"""What the stages share: records, topics, ids, the broker, settings and the reading of people's files."""
