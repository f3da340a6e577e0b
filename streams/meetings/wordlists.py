"""Lists of folded words, written as text: one string -> a set of words."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())
