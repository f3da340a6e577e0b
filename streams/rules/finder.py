"""Topics' lemmas -> phrases of each language -> finds in a text, at a dictionary look-up a token.

(language, lemma) --once, with all topics that say it--> Phrases --find--> Find(topic, first, last)
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from streams.languages import LANGUAGES
from streams.languages.text import Text
from streams.lexicon.phrases import Phrases
from streams.rules.ruleset import Topic
from streams.rules.topics import Find

Numbers = tuple[int, ...]


class Said(NamedTuple):
    """What a lemma stands for: topics, and the lemmas beside it there, which show a verb to be one."""

    topics: Numbers
    beside: tuple[str, ...]


def finder(topics: Sequence[Topic]) -> Callable[[Text], Iterable[Find]]:
    """Return what finds these topics, in every inflected form of their lemmas."""
    by_language = {language: _phrases(language, lemmas) for language, lemmas in _lemmas(topics).items()}

    def find(text: Text) -> Iterable[Find]:
        phrases = by_language.get(text.language)
        matches = phrases.find(text) if phrases else ()
        return [Find(number, first, last) for numbers, first, last in matches for number in numbers]

    return find


def _phrases(language: str, lemmas: Mapping[str, Said]) -> Phrases[Numbers]:
    phrases: Phrases[Numbers] = Phrases(next(each for code, each in LANGUAGES.items() if code == language))
    for lemma, (numbers, beside) in lemmas.items():
        phrases.add(lemma, numbers, beside=beside)
    return phrases


def _lemmas(topics: Sequence[Topic]) -> Mapping[str, Mapping[str, Said]]:
    """Return the topics that each lemma of each language means, and what it stands with: many topics share lemmas."""
    found: dict[str, dict[str, Said]] = defaultdict(dict)
    for number, topic in enumerate(topics):
        for language, lemmas in topic.words:
            for lemma in lemmas:
                numbers, beside = found[language].get(lemma, Said((), ()))
                found[language][lemma] = Said((*numbers, number), (*beside, *lemmas))
    return found
