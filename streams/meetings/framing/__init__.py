"""What a line tells: trigger words bound to the two who meet (a Frame), or why it tells of no meeting (a Refusal)."""
