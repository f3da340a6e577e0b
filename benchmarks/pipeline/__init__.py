"""What a stream worker carries, beside a Faust agent that only forwards the same bytes."""
