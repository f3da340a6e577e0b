"""Who is spoken of: mentions --offices, countries, names put together--> parties."""
