"""What each language knows of its words: folding, tokens, sentences, inflection; three files, one shape."""

from streams.languages.arabic import Arabic
from streams.languages.kazakh import Kazakh
from streams.languages.polish import Polish
from streams.languages.shape import Code, Language, Pos, Reading, Stem
from streams.languages.text import Text, Token
from streams.languages.vocabulary import Vocabulary

LANGUAGES: dict[Code, Language] = {"kk": Kazakh(), "pl": Polish(), "ar": Arabic()}

__all__ = ["LANGUAGES", "Code", "Language", "Pos", "Reading", "Stem", "Text", "Token", "Vocabulary"]
