"""The front door: settings -> broker -> stages under one supervisor -> what a person sees."""
