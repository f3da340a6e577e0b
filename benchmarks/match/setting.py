"""What is measured: a configuration folder for each number of rules, articles, and the meetings found in them."""

import shutil
from pathlib import Path
from random import Random
from time import perf_counter
from typing import NamedTuple

from benchmarks.match import rules as invented
from benchmarks.match.articles import articles
from benchmarks.match.topics import Topic, topics
from streams.languages import LANGUAGES, Code
from streams.lexicon import Lexicon
from streams.pipeline import Pipeline
from streams.rules.finder import finder
from streams.rules.known import known
from streams.rules.load import load_rules
from streams.rules.ruleset import RuleSet
from wire.records import Article, Meeting

CONFIG = Path(__file__).parents[2] / "config"
SPARE = 1.7
"""Articles written for one that is used: in some no meeting is found."""


class Told(NamedTuple):
    """An article, and the meetings it tells of."""

    article: Article
    language: Code
    meetings: tuple[Meeting, ...]


class Loaded(NamedTuple):
    """A rule set, and how long it took to load, in seconds."""

    rules: RuleSet
    seconds: float


def folder(at: Path, lexicon: Lexicon, named: list[Topic], count: int, seed: int) -> Path:
    """Return a configuration folder with so many invented rules."""
    config = at / f"rules-{count}"
    shutil.copytree(CONFIG / "lexicon", config / "lexicon")
    shutil.copy(CONFIG / "desks.yaml", config)
    invented.write(config, known(lexicon, config).names, named, count, seed)
    return config


def loaded(config: Path, lexicon: Lexicon) -> Loaded:
    """Return a folder's rules, read and compiled as a worker does."""
    start = perf_counter()
    rules = load_rules(config, known(lexicon, config), finder)
    return Loaded(rules, perf_counter() - start)


def named_topics(lemmas: int, seed: int) -> list[Topic]:
    """Return invented topics of so many lemmas."""
    return topics(lemmas, Random(seed))


def told(lexicon: Lexicon, named: list[Topic], count: int, seed: int) -> list[Told]:
    """Return so many articles in which meetings are found, as many in each language."""
    pipeline = Pipeline(lexicon, loaded(CONFIG, lexicon).rules)
    found: dict[Code, list[Told]] = {code: [] for code in LANGUAGES}
    for article in articles(lexicon, named, round(count * SPARE), seed):
        read = pipeline.recognise(article)
        for code in LANGUAGES:
            if code == read.language and read.recognition.meetings and len(found[code]) < count // 3:
                found[code].append(Told(article, code, read.recognition.meetings))
    return [each for rows in zip(*found.values(), strict=False) for each in rows]
