"""What the newsroom's world is called in three languages: people with dated offices, countries, places, words."""

from streams.lexicon.lexicon import Lexicon
from streams.lexicon.mentions import Mention, Recognised
from streams.lexicon.phrases import Match, Phrases, longest

__all__ = ["Lexicon", "Match", "Mention", "Phrases", "Recognised", "longest"]
