"""Invented rules, as a desk's analysts would have them: number -> rule files of a configuration folder.

Most ask for one or two countries and something more, so on a given article nearly all of them are silent; together
they use every line of the grammar. Rule n is the same in a set of 10 and in one of 10,000.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

import msgspec

from benchmarks.match.topics import Topic
from streams.rules.names import KnownNames
from streams.rules.schema import FORMS, LANGUAGES, LEVELS, PRIORITIES

A_FILE: Final = 20
DESKS: Final = ("asia", "europe", "gulf", "diplomacy")
STATUSES: Final = ("planned", "cancelled", "postponed", "invited")
SHARES: Final[Mapping[str, float]] = {
    "counterpart": 0.45, "kazakhstan": 0.2, "form": 0.3, "status": 0.35, "place": 0.2, "about": 0.6, "mentions": 0.15,
}  # fmt: skip
"""How many of the blocks have a line."""
WITH, GROUP, EITHER, NOT, FOLLOW, LANGUAGE, OWN_TOPIC = 0.85, 0.1, 0.15, 0.15, 0.2, 0.1, 0.05

Lines = dict[str, Any]


class Analysts:
    """Draws rules; every rule has a line that an article must meet by chance: a country, a person or a topic."""

    def __init__(self, names: KnownNames, topics: Sequence[Topic], seed: int) -> None:
        self.random = Random(seed)
        self._topics = topics
        self._countries = sorted(set(names.people.values()) - {"KZ", "EU"})
        self._groups = sorted(group for group, members in names.groups.items() if len(members) < 20)
        self._people = sorted(id for id, country in names.people.items() if country != "KZ")
        self._country_of = names.people
        self._ours = sorted(id for id, country in names.people.items() if country == "KZ")
        self._roles = sorted({*LEVELS, *names.offices})
        self._cities = sorted(names.cities)

    def rule(self, number: int) -> dict[str, Any]:
        """Return one rule as its file says it."""
        topic = self.random.choice(self._topics)
        when = self._block(topic)
        made: dict[str, Any] = {
            "id": f"rule-{number:05}",
            "title": f"Invented rule {number}",
            "priority": self.random.choice(PRIORITIES),
            "desks": [self.random.choice(DESKS)],
            "when": [when, self._block(topic)] if self._often(EITHER) else when,
        }
        if self._often(LANGUAGE):
            made["language"] = [self.random.choice(LANGUAGES)]
        if self._often(FOLLOW):
            made["follow"] = True
        if self._often(NOT):
            made["not"] = {"mentions": [self._other(topic).name], "status": ["cancelled"]}
        if self._often(OWN_TOPIC):
            made["topics"] = {f"own-{number:05}": topic.written()}
            made["when"] = {**when, "about": [f"own-{number:05}"]}
        made["tests"] = [self._test()]
        return made

    def _block(self, topic: Topic) -> Lines:
        lines: Lines = {}
        if self._often(WITH):
            known = self._groups if self._often(GROUP) else self._countries
            lines["with"] = self.random.sample(known, self.random.choice((1, 1, 1, 2, 3)))
        lines |= {line: self._words(line, topic) for line, share in SHARES.items() if self._often(share)}
        if "with" not in lines and "mentions" not in lines:
            lines["about"] = [topic.name]  # else it would want every other meeting
        if lines.keys() <= {"with", "status", "form"}:
            lines["counterpart"] = [self.random.choice(self._roles)]
        if "place" in lines:
            lines.pop("form", None)  # a call has no place
        if (person := lines.get("counterpart", [""])[0]) in self._country_of:
            lines["with"] = [self._country_of[person]]
        return lines

    def _words(self, line: str, topic: Topic) -> list[str]:
        if line == "counterpart":
            return self.random.sample(self._roles, 2) if self._often(0.8) else [self._someone()]
        if line == "kazakhstan":
            return [self.random.choice((*self._roles, *self._ours))]
        if line == "form":
            return [self.random.choice(FORMS)]
        if line == "status":
            return ["held"] if self._often(0.5) else [self.random.choice(STATUSES)]
        if line == "place":
            return [self.random.choice((*self._countries, *self._cities, "third-country"))]
        other = self._other(topic)
        return [topic.name, other.name] if line == "about" else [other.name]

    def _someone(self) -> str:
        return self.random.choice(self._people)

    def _other(self, topic: Topic) -> Topic:
        while (other := self.random.choice(self._topics)) is topic:
            pass
        return other

    def _test(self) -> Mapping[str, str]:
        return {"no-match": "Астанада қар жауып тұр.", "at": "2024-06-12"}

    def _often(self, share: float) -> bool:
        return self.random.random() < share


def drawn(analysts: Analysts, count: int) -> list[dict[str, Any]]:
    """Return so many rules, no two of the same meaning."""
    made: dict[str, dict[str, Any]] = {}
    while len(made) < count:
        rule = analysts.rule(len(made))
        letter = repr([rule.get(key) for key in ("when", "not", "language", "follow")])
        made.setdefault("".join(sorted(letter)), rule)  # by its letters, in whatever order: near enough to be strict
    return list(made.values())


def write(config: Path, names: KnownNames, topics: Sequence[Topic], rules: int, seed: int) -> None:
    """Write a configuration folder's rules and topics; its lexicon and desks are there."""
    folder = config / "rules"
    folder.mkdir()
    made = drawn(Analysts(names, topics, seed), rules)
    for first in range(0, rules, A_FILE):
        (folder / f"{first:05}.yaml").write_bytes(msgspec.yaml.encode(made[first : first + A_FILE]))
    named = {topic.name: topic.written() for topic in topics}
    (config / "lexicon" / "topics.yaml").write_bytes(msgspec.yaml.encode(named))
