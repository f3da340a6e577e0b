"""A chat of our own for the demo and the tests: speaks Telegram's Bot API and Slack's incoming webhooks."""
