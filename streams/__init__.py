"""Article -> Report -> Story -> Alert: what happened, told once."""
