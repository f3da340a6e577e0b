"""Analysts' rules: files --load--> terms and lines --compile--> a rule set that judges meetings, and says why."""
