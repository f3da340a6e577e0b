"""What the two speak about: the named topics that an article is about, as facts of its meetings.

sighted topics of config/lexicon/topics.yaml --what the article is about--> Facts of kind topic
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from streams.languages.text import Text
from streams.rules.ruleset import RuleSet, Topic
from streams.rules.topics import Find, Span, sight
from wire.records import Evidence, Fact, FactKind, FactState, Meeting, Names, Status

FRAMES = ("kk", "pl", "ar")


def with_subjects(  # noqa: PLR0917
    rules: RuleSet, meetings: Sequence[Meeting], article: str, text: Text, finds: Iterable[Find], title_end: int
) -> tuple[Meeting, ...]:
    """Return an article's meetings, each with the topics that the article is about; `finds` are all of the rules'."""
    about = sight(text, [find for find in finds if find.topic in rules.subjects], title_end).about
    found = [(rules.topics[number], _quote(text, article, span)) for number, span in about.items()]
    return tuple(_with(meeting, found) for meeting in meetings)


def _with(meeting: Meeting, about: Sequence[tuple[Topic, Evidence]]) -> Meeting:
    """Return a meeting with its topics; of one called off nothing is discussed."""
    if not about or meeting.status is Status.CANCELLED:
        return meeting
    state = FactState.DONE if meeting.status is Status.HELD else FactState.TO_BE_DONE
    return replace(meeting, facts=(*meeting.facts, *(_fact(topic, state, quote) for topic, quote in about)))


def _fact(topic: Topic, state: FactState, quote: Evidence) -> Fact:
    return Fact(kind=FactKind.TOPIC, state=state, value=f"topic:{topic.name}", names=_names(topic), evidence=(quote,))


def _names(topic: Topic) -> Names:
    """Return a topic's name, in each language that has words for it the first of them."""
    plain = topic.name.replace("-", " ")
    said = {language: lemmas[0] for language, lemmas in topic.words if lemmas}
    kk, pl, ar = (said.get(language, plain) for language in FRAMES)
    return Names(en=plain, kk=kk, pl=pl, ar=ar)


def _quote(text: Text, article: str, span: Span) -> Evidence:
    start, end = span
    return Evidence(article=article, start=start, end=end, quote=text.original[start:end], about="topic")
