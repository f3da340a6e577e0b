"""Passes over articles, timed on one core: Told x RuleSet -> microseconds an article, and where they went.

Each repetition runs in a process of its own, forked when the rules are loaded and nothing is read: its first pass is
cold. Time is the processor's, and passes take turns chunk by chunk, so a busy machine disturbs all alike.
"""

import gc
import multiprocessing
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from statistics import median
from time import process_time
from typing import Final, NamedTuple, TypeVar

from benchmarks.match.setting import Told
from streams.languages import LANGUAGES, Code, Text
from streams.rules.judge import judged, sight
from streams.rules.ruleset import RuleSet
from wire.records import Article

T = TypeVar("T")
Pass = Callable[[Sequence[Told]], int]
CHUNK: Final = 15
STAGES: Final = ("tokens", "topics found", "topics weighed, rules judged")
_WORD: Final = re.compile(r"\w+")


class Cost(NamedTuple):
    """Microseconds an article, in each repetition."""

    cold: tuple[float, ...]
    warm: tuple[float, ...]


def bare(dictionary: Mapping[str, int]) -> Pass:
    """Return what the rules are held against: every word looked up in a dictionary, and nothing else."""

    def scan(told: Sequence[Told]) -> int:
        found = 0
        for each in told:
            for word in _WORD.findall(each.article.body.lower()):
                if word in dictionary:
                    found += 1
        return found

    return scan


def judging(rules: RuleSet) -> Pass:
    """Return what is measured: tokens, topics and judged rules of articles, given their meetings.

    An article is read whole, sentences and all, as recognition has done before there is a meeting to judge.
    """

    def read(told: Sequence[Told]) -> int:
        hits = 0
        for article, language, meetings in told:
            text = whole(article, language)
            hits += sum(map(len, judged(rules, meetings, text, len(article.title))))
        return hits

    return read


def whole(article: Article, language: Code) -> Text:
    """Return an article's words, offsets and sentences."""
    text = LANGUAGES[language].text(article.body)
    assert text.sentences
    assert text.bounds
    return text


def costs(passes: Mapping[str, Pass], told: Sequence[Told], repeat: int) -> dict[str, Cost]:
    """Return what each pass costs an article: cold, and warm in turn with the others."""
    cold = {name: tuple(apart(_timed, one, told) for _ in range(repeat)) for name, one in passes.items()}
    warm = apart(_in_turn, passes, told, repeat)
    return {name: Cost(cold[name], warm[name]) for name in passes}


def _timed(one: Pass, told: Sequence[Told]) -> float:
    start = process_time()
    one(told)
    return (process_time() - start) / len(told) * 1e6


def _in_turn(passes: Mapping[str, Pass], told: Sequence[Told], repeat: int) -> dict[str, tuple[float, ...]]:
    for one in passes.values():
        one(told)
    spent: dict[str, list[float]] = {name: [0.0] * repeat for name in passes}
    for turn in range(repeat):
        for first in range(0, len(told), CHUNK):
            chunk = told[first : first + CHUNK]
            for name, one in passes.items():
                spent[name][turn] += _timed(one, chunk) * len(chunk) / len(told)
    return {name: tuple(each) for name, each in spent.items()}


def stages(rules: RuleSet, told: Sequence[Told], repeat: int) -> dict[str, float]:
    """Return the microseconds an article that each stage takes, warm; the parts of `judging`."""
    runs = apart(_stages, rules, told, repeat + 1)[1:]
    return {stage: median(run[stage] for run in runs) for stage in STAGES}


def _stages(rules: RuleSet, told: Sequence[Told], repeat: int) -> list[dict[str, float]]:
    return [_one_run(rules, told) for _ in range(repeat)]


def _one_run(rules: RuleSet, told: Sequence[Told]) -> dict[str, float]:
    """Time every stage by doing one more each time: what the last adds is its own."""
    upto: list[Callable[[Told], object]] = [
        lambda each: whole(each.article, each.language),
        lambda each: list(rules.find(whole(each.article, each.language))),
        lambda each: judging(rules)([each]),
    ]
    spent = [0.0] * len(upto)
    for first in range(0, len(told), CHUNK):
        for at, one in enumerate(upto):
            start = process_time()
            for each in told[first : first + CHUNK]:
                one(each)
            spent[at] += process_time() - start
    added = [later - before for before, later in zip([0.0, *spent], spent, strict=False)]
    return {stage: seconds / len(told) * 1e6 for stage, seconds in zip(STAGES, added, strict=True)}


def hits(rules: RuleSet, told: Sequence[Told]) -> dict[str, float]:
    """Return how many topics an article names, and how many rules want it."""
    counted: Counter[str] = Counter()
    for each in told:
        text = LANGUAGES[each.language].text(each.article.body)
        counted["topics"] += len(sight(rules, text, len(each.article.title)).mentions)
        counted["wanted"] += judging(rules)([each])
    return {name: number / len(told) for name, number in counted.items()}


def apart(function: Callable[..., T], *arguments: object) -> T:
    """Call a function in a process forked for it, whose caches nobody else fills; what is loaded is no garbage there.

    (Nor is it in a worker: streams/__main__.py.)
    """
    gc.collect()
    gc.freeze()
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    child = context.Process(target=lambda: send.send(function(*arguments)))
    child.start()
    send.close()
    try:
        answer: T = receive.recv()
    finally:
        child.join()
    return answer


def afresh(function: Callable[..., T], *arguments: object) -> T:
    """Call a function in a new interpreter: its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()
