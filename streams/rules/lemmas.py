"""Topics of a rule file and of config/lexicon/topics.yaml: names -> numbered topics, their lemmas linted.

{uranium: {kk: [уран], ...}} --lint--> Topic(uranium, words) --number--> keys of `about:` and `mentions:`
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from streams.rules.ruleset import Topic
from streams.rules.schema import LANGUAGES
from wire.files import Document, Path_, Problem, suggest

SCRIPTS = {
    "kk": re.compile(r"[\u0400-\u04ff]|[a-zğıñöşüáéíóúāńçýþ’'ʼ]", re.IGNORECASE),  # Kazakh is written in Latin too
    "pl": re.compile(r"[a-ząćęłńóśźżäöüéèáíşçğıñ]", re.IGNORECASE),
    "ar": re.compile(r"[\u0600-\u06ff\u0750-\u077f]"),
}
SCRIPT_NAMES = {"kk": "Kazakh", "pl": "Polish", "ar": "Arabic"}
SHORTEST, MOST_WORDS = 2, 5
_PATTERN = re.compile(r"[*+?|^$\\(){}\[\]]")
_SENTENCE = re.compile(r"[.!?؟…:;؛]\s|[.!?؟…]{2,}|\n")


class Defined(NamedTuple):
    """A topic, and where it stands."""

    topic: Topic
    document: Document
    path: Path_


def terms(value: Any) -> list[tuple[Path_, str]]:
    """Return the words of a line, one or a list, each with its place behind the line's own; other shapes are faults."""
    if isinstance(value, str):
        return [((), value)] if value else []
    if isinstance(value, list):
        return [((at,), word) for at, word in enumerate(value) if isinstance(word, str)]
    return []


def defined(document: Document, path: Path_, value: Any) -> Mapping[str, Defined]:
    """Return the topics of a mapping that stands at `path`."""
    if not isinstance(value, dict):
        return {}
    return {
        name: Defined(Topic(name, _words(words)), document, (*path, name))
        for name, words in value.items()
        if isinstance(words, dict)
    }


def _words(words: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = ((language, tuple(dict.fromkeys(word for _, word in terms(words.get(language))))) for language in LANGUAGES)
    return tuple((language, lemmas) for language, lemmas in found if lemmas)


def lint_topics(topics: Mapping[str, Defined]) -> Iterator[Problem]:
    """Yield every lemma that no newsroom would write, and topics without any."""
    for name, each in topics.items():
        words = _at(each.document, each.path)
        if not each.topic.words:
            yield each.document.problem(
                each.path, f"topic {name!r} has no words", "add kk: [...], pl: [...], ar: [...]"
            )
        for language in LANGUAGES:
            yield from _lint_lemmas(each, language, terms(words.get(language)))


def _lint_lemmas(each: Defined, language: str, lemmas: list[tuple[Path_, str]]) -> Iterator[Problem]:
    twice = {word for word, times in Counter(word for _, word in lemmas).items() if times > 1}
    polish = {word for _, word in terms(_at(each.document, each.path).get("pl"))} if language == "kk" else set()
    for step, lemma in lemmas:
        path = (*each.path, language, *step)
        if fault := lemma_fault(lemma, language):
            yield each.document.problem(path, *fault)
        elif lemma in twice:
            twice.discard(lemma)
            yield each.document.problem(path, f"{lemma!r} stands here twice", "keep one")
        elif lemma in polish and lemma.islower() and SCRIPTS["pl"].match(lemma):  # NATO may be both
            what = f"{lemma!r} stands under pl: too, and is no Kazakh word"
            yield each.document.problem(path, what, "write the word that Kazakh newsrooms write")


def lemma_fault(lemma: str, language: str) -> tuple[str, str] | None:
    """Return why no newsroom would write a lemma, and what to do."""
    if sign := _PATTERN.search(lemma):
        what = f"{lemma!r} holds {sign[0]!r}: patterns are not read here, words are looked for"
        return what, "write the word as a dictionary has it: every inflected form counts"
    letters = [letter for letter in lemma if letter.isalpha()]
    if len(letters) < SHORTEST:
        return f"{lemma!r} is too short: it would be found everywhere", "write a whole word"
    if not all(SCRIPTS[language].match(letter) for letter in letters):
        return f"{lemma!r} is not written as {SCRIPT_NAMES[language]} is", "put it under its own language"
    if len(lemma.split()) > MOST_WORDS or _SENTENCE.search(lemma):
        return (
            f"{lemma!r} is a sentence: no article would repeat it",
            f"write a term of at most {MOST_WORDS} words",
        )
    if lemma != lemma.strip():
        return f"{lemma!r} begins or ends with a space", "remove it"
    return None


def unknown_topic(word: str, own: Mapping[str, Defined], named: Mapping[str, Defined]) -> tuple[str, str]:
    """Return the words for a topic that is nowhere."""
    mend = suggest(word, (*own, *named)) or "define it under topics: in this file"
    return f"unknown topic {word!r}", f"{mend}; topics: in this file, or config/lexicon/topics.yaml"


def _at(document: Document, path: Path_) -> Any:
    value = document.value
    for step in path:
        value = value[step]
    return value
