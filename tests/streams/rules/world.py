"""A small world for rule tests: names, meetings and a finder of whole words, all plain values and functions."""

import itertools
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from streams.languages.text import Text, Token
from streams.rules.compile import Finder, Known, compile_rules
from streams.rules.names import KnownNames
from streams.rules.ruleset import RuleSet, Topic
from streams.rules.topics import Find
from wire.files import Problem, Problems, read_text
from wire.records import (
    Actor,
    Country,
    Evidence,
    Fact,
    FactKind,
    FactState,
    Form,
    Level,
    Meeting,
    Names,
    Place,
    Status,
    StatusDetail,
)

NAMES = KnownNames(
    countries={
        "KZ": "Kazakhstan", "UZ": "Uzbekistan", "KG": "Kyrgyzstan", "CN": "China", "NO": "Norway",
        "PL": "Poland", "EU": "European Union", "BE": "Belgium", "AE": "United Arab Emirates",
    },
    groups={"central-asia": frozenset({"UZ", "KG", "KZ"}), "alone": frozenset({"KZ"})},
    offices=frozenset({"head-of-state", "foreign-minister", "deputy-minister", "envoy"}),
    people={"tokayev": "KZ", "mirziyoyev": "UZ", "xi-jinping": "CN"},
    cities={"astana": "KZ", "tashkent": "UZ", "beijing": "CN", "brussels": "BE", "dubai": "AE"},
    called={"польша": ("PL",), "си цзиньпин": ("xi-jinping",), "ташкент": ("tashkent",)},
    union=frozenset({"BE"}),
)  # fmt: skip
DESKS = ("asia", "europe")
REFUSALS = ("telegram", "sport")
KNOWN = Known(NAMES, DESKS, REFUSALS)


def text(body: str, language: str = "kk") -> Text:
    """Return a text cut into words, with a sentence for each full stop or line."""
    tokens = tuple(Token(*word.span(), word[0].lower()) for word in re.finditer(r"\w+(?:-\w+)*", body))
    cuts = [0]
    for at, (before, after) in enumerate(itertools.pairwise(tokens), 1):
        between = body[before.end : after.start]
        if "." in between or "\n" in between:
            cuts.append(at)
    ends = [*cuts[1:], len(tokens)]
    return Text(body, language, tokens, tuple(zip(cuts, ends, strict=True)) if tokens else ())


def whole_words(topics: Sequence[Topic]) -> Finder:
    """Return a finder of lemmas that stand in the text as they are."""

    def find(read: Text) -> Iterable[Find]:
        for number, topic in enumerate(topics):
            for lemma in dict(topic.words).get(read.language, ()):
                yield from (Find(number, at, at) for at, word in enumerate(read.folded) if word == lemma)

    return find


def compiled(*files: str, known: Known = KNOWN) -> RuleSet:
    """Return the rule set of these YAML texts."""
    return compile_rules([read_text(each, f"{at}.yaml")[0] for at, each in enumerate(files)], known, whole_words)


def problems(*files: str, known: Known = KNOWN) -> list[Problem]:
    """Return what is wrong with these YAML texts."""
    try:
        compiled(*files, known=known)
    except Problems as faults:
        return list(faults.problems)
    return []


def rule(id: str = "a-rule", when: str = "{with: [UZ]}", more: str = "") -> str:
    """Return the text of a rule."""
    return f"id: {id}\ntitle: A rule\npriority: routine\ndesks: [asia]\nwhen: {when}\n{more}"


def named(name: str) -> Names:
    """Return one name in every frame language."""
    return Names(en=name, kk=name, pl=name, ar=name)


def actor(country: str, office: str, level: Level, person: str | None = None) -> Actor:
    """Return an office holder."""
    return Actor(
        country=country, office=office, level=level, office_names=named(office), person=person,
        names=named(person) if person else None,
    )  # fmt: skip


def meeting(
    partner: str = "UZ",
    *,
    form: Form = Form.MEETING,
    status: Status = Status.HELD,
    detail: StatusDetail | None = None,
    place: Place | None = None,
    counterpart: Actor | None = None,
    kz: Actor | None = None,
    invited: FactState | None = None,
    evidence: Sequence[Evidence] = (),
) -> Meeting:
    """Return a meeting of the two presidents, or as said."""
    invitation = Fact(kind=FactKind.INVITATION, state=invited, value="x", names=named("x")) if invited else None
    return Meeting(
        partner=Country(code=partner, names=named(NAMES.countries[partner])),
        kz=kz or actor("KZ", "head-of-state", Level.HEAD_OF_STATE, "tokayev"),
        counterpart=counterpart or actor(partner, "head-of-state", Level.HEAD_OF_STATE),
        form=form,
        status=status,
        status_detail=detail,
        place=place,
        facts=(invitation,) if invitation else (),
        evidence=tuple(evidence),
    )


def repository() -> Path:
    """Return the folder of the repository."""
    return Path(__file__).parents[3]
