"""Articles of a made-up press, the same for the same seed: events and quiet days -> a stream with edits.

seed, lexicon --> events --> tellings, two to five each --mixed with quiet news, edited, withdrawn--> Articles
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from jarshy.newsroom.calendar import WORDS
from streams.lexicon import Lexicon
from tests.chaos.phrases import PHRASES, Text
from wire import ids
from wire.records import Article, Names, Quality

LANGUAGES = ("kk", "pl", "ar")
HOME = "KZ"
OFFICES = ("head-of-state", "head-of-government", "foreign-minister", "speaker")
TELLING = 0.05
"""Share of articles that tell of a meeting."""
EDITED, EDITED_TELLING = 0.02, 0.2
"""Share of quiet articles, and of tellings, that appear a second time with other words."""
TWO_EVENTS = 0.1
"""Share of tellings that tell of another event too."""
LATEST_EDIT = 600
"""Articles between an article and its edit, at most."""
NEAREST = timedelta(days=3)
"""Between two events of the same two people, so that each is one of its own."""
EARLIEST, LATEST = -6, 9


class Pair(NamedTuple):
    """Two who can meet: office holders of today."""

    partner: str
    us: Names
    them: Names


class Event(NamedTuple):
    """One meeting or call, and how it went: what was planned was held, or cancelled, or is still to come."""

    pair: Pair
    day: date
    city: Names
    phone: bool
    course: tuple[str, ...]  # of planned, held, cancelled


def stream(lexicon: Lexicon, seed: int, count: int, now: datetime) -> list[Article]:
    """Return `count` articles, all different, and the edits of some: what feeds publish, in their order.

    The same for the same seed and `now`; another `now` moves only the days.
    """
    return _Press(lexicon, random.Random(f"articles {seed}"), now).articles(count)


def pairs(lexicon: Lexicon, day: date) -> list[Pair]:
    """Return everyone who is in office on the day, with the colleague in Kazakhstan."""
    return [
        Pair(person.country, lexicon.person_names(home), lexicon.person_names(person.id))
        for person in lexicon.files.people.people
        for holding in person.holds
        if holding.office in OFFICES and holding.on(day) and person.country != HOME and all(_spelt(person))
        if (home := lexicon.holder(HOME, holding.office, day))
    ]


def _spelt(person: object) -> Iterator[bool]:
    return (bool(getattr(person, language)) for language in LANGUAGES)


class _Press:
    """The papers of one seed."""

    def __init__(self, lexicon: Lexicon, dice: random.Random, now: datetime) -> None:
        self._dice, self._now = dice, now
        self._pairs = pairs(lexicon, now.date())
        self._cities = [lexicon.city_names(city.id) for city in lexicon.files.cities.cities[:40]]

    def articles(self, count: int) -> list[Article]:
        """Return the stream."""
        told = sorted(self._told(int(count * TELLING)), key=lambda place: place[0])
        quiet = [(self._dice.random(), None) for _ in range(count - len(told))]
        order = sorted([*told, *quiet], key=lambda place: place[0])
        firsts = [self._article(number, events) for number, (_, events) in enumerate(order)]
        placed = [(float(number), article) for number, article in enumerate(firsts)]
        placed += [
            (number + self._dice.uniform(1, LATEST_EDIT), self._edited(article, number + count))
            for number, (article, (_, events)) in enumerate(zip(firsts, order, strict=True))
            if self._dice.random() < (EDITED_TELLING if events else EDITED)
        ]
        placed.sort(key=lambda place: place[0])
        start = self._now - timedelta(seconds=len(placed) + 60)
        return [replace(article, seen=start + timedelta(seconds=number)) for number, (_, article) in enumerate(placed)]

    def _told(self, count: int) -> list[tuple[float, list[tuple[Event, str]]]]:
        """Return the tellings with their places between 0 and 1."""
        found: list[tuple[float, list[tuple[Event, str]]]] = []
        events = self._events()
        while len(found) < count:
            event = next(events)
            at = self._dice.random() * 0.9
            for stage in event.course:
                many = self._dice.randint(1, 3)
                found += [(at + self._dice.random() * 0.03, [(event, stage)]) for _ in range(many)]
                at += 0.05
        for _, told in found:
            other = self._dice.choice(found)[1][0]
            if self._dice.random() < TWO_EVENTS and _of_one_day(told[0], other):
                told.append(other)
        return found[:count]

    def _events(self) -> Iterator[Event]:
        """Yield events: no two of the same people and form within days of one another."""
        taken: dict[tuple[Names, bool], list[date]] = {}
        while True:
            pair, phone = self._dice.choice(self._pairs), self._dice.random() < 0.3
            offset = self._dice.randint(EARLIEST, LATEST)
            day = self._now.date() + timedelta(days=offset)
            days = taken.setdefault((pair.them, phone), [])
            if all(abs(day - other) >= NEAREST for other in days):
                days.append(day)
                yield Event(pair, day, self._dice.choice(self._cities), phone, self._course(offset))

    def _course(self, offset: int) -> tuple[str, ...]:
        if offset > 0:
            return self._dice.choice([("planned",), ("planned",), ("planned", "cancelled")])
        return self._dice.choice([("held",), ("planned", "held"), ("held",)])

    def _article(self, number: int, events: Sequence[tuple[Event, str]] | None) -> Article:
        language = self._dice.choice(LANGUAGES)
        title, text = self._words(language, number, events)
        paper = f"{language}-{self._dice.randint(1, 9)}"
        return Article(
            id=ids.make(ids.ARTICLE, paper, str(number)),
            keys=(ids.make(ids.KEY, paper, str(number)),),
            feed=paper,
            outlet=f"Chaos {paper}",
            language=language,
            title=title,
            text=text,
            seen=self._now,
            url=f"https://{paper}.example/{number}",
            published=self._published(events),
            quality=Quality.EXACT,
        )

    def _edited(self, article: Article, number: int) -> Article:
        """Return the article with other words: corrected, or, now and then, about something else."""
        title, text = article.title, f"{article.text} {self._note(article.language, number)}"
        if self._dice.random() < 0.4:
            title, text = self._words(article.language, number, None)
        return replace(article, title=title, text=text)

    def _words(self, language: str, number: int, events: Sequence[tuple[Event, str]] | None) -> Text:
        phrases = PHRASES[language]
        if not events:
            pair, city = self._dice.choice(self._pairs), self._dice.choice(self._cities)
            nobody = Event(pair, self._now.date(), city, False, ())
            title, text = _filled(self._dice.choice(phrases.quiet), language, nobody, number)
        else:
            told = [_filled(self._dice.choice(_ways(language, *each)), language, each[0], number) for each in events]
            title, text = told[0][0], "\n\n".join(text for _, text in told)
        return title, f"{text} {self._note(language, number)}"

    def _note(self, language: str, number: int) -> str:
        return PHRASES[language].note.format(number=number)

    def _published(self, events: Sequence[tuple[Event, str]] | None) -> datetime:
        """Return a time after the event where it was held, before it where it is planned, never in the future."""
        early = self._now - timedelta(hours=6)
        if not events:
            return early
        days = (max(map(_told_on, events)) - self._now.date()).days
        return early + timedelta(days=min(0, days), seconds=self._dice.randint(0, 3600))


def _told_on(told: tuple[Event, str]) -> date:
    event, stage = told
    return event.day if stage == "held" else event.day - timedelta(days=2)


def _of_one_day(one: tuple[Event, str], other: tuple[Event, str]) -> bool:
    """Whether one article can tell of both: what is ahead in it is ahead of what has been."""
    day = max(_told_on(one), _told_on(other))
    return all(stage == "held" or event.day > day for event, stage in (one, other))


def _ways(language: str, event: Event, stage: str) -> tuple[Text, ...]:
    phrases = PHRASES[language]
    if event.phone:
        return {"held": phrases.called, "planned": phrases.call_planned, "cancelled": phrases.call_cancelled}[stage]
    return {"held": phrases.held, "planned": phrases.planned, "cancelled": phrases.cancelled}[stage]


def _filled(words: Text, language: str, event: Event, number: int) -> Text:
    calendar = WORDS[language]
    month = event.day.month - 1
    places = {
        "us": getattr(event.pair.us, language),
        "them": getattr(event.pair.them, language),
        "city": getattr(event.city, language),
        "date": f"{event.day.day} {calendar.months[month]}",
        "date_in": f"{event.day.day} {(calendar.months_in or calendar.months)[month]}",
        "number": str(number),
    }
    title, text = words
    return title.format(**places), text.format(**places)
