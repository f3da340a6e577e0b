"""`jarshy demo`: the whole system on this machine, with a newsroom to watch and a chat to read."""
