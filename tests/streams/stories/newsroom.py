"""Reports as recognition would make them, with as few words as a test needs; and a desk that follows them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import asdict

from streams.stories import Gathered, Kept, Rows, follow
from streams.stories.grouping import groups
from streams.stories.tellings import article_of, tellings
from wire.records import (
    Actor,
    Alert,
    AlertKind,
    Country,
    EventDate,
    Evidence,
    Fact,
    FactKind,
    FactState,
    Form,
    Level,
    Meeting,
    Names,
    Origin,
    Place,
    Priority,
    Quality,
    Reason,
    Report,
    Resolution,
    RuleHit,
    Source,
    Status,
    StatusDetail,
    Story,
    StoryState,
)

DAY_ONE = datetime(2024, 7, 1, 9, tzinfo=UTC)
LEVELS = {level.value: level for level in Level}


def names(word: str) -> Names:
    """Return one word as a name in every language."""
    return Names(en=word, kk=word, pl=word, ar=word)


def rule(name: str = "talks", *, priority: Priority = Priority.ROUTINE, desks: Iterable[str] = ("asia",)) -> RuleHit:
    """Return a rule's hit."""
    return RuleHit(rule=name, title=name, priority=priority, desks=tuple(desks))


TALKS = rule()


def day(number: int, last: int | None = None) -> EventDate:
    """Return a day, counted from the first of July 2024, or a range of days."""
    start, end = (date(2024, 7, 1) + timedelta(n - 1) for n in (number, last or number))
    return EventDate(start=start, end=end, reason=Reason(code="text", text="it says so"))


def as_published(number: int) -> EventDate:
    """Return the day that recognition assumes when no word of the text gives one."""
    return EventDate(**{**asdict(day(number)), "reason": Reason(code="publication", text="no day in the text")})


def at(number: int, hour: int = 9) -> datetime:
    """Return an hour of a day counted as in `day`."""
    return datetime(2024, 7, 1, hour, tzinfo=UTC) + timedelta(number - 1)


def actor(office: str, country: str, person: str | None, resolution: Resolution | None = None) -> Actor:
    """Return one side, named when there is a person."""
    return Actor(
        country=country,
        office=office,
        level=LEVELS.get(office, Level.OTHER_OFFICIAL),
        office_names=names(office),
        person=person,
        names=names(person) if person else None,
        resolution=resolution or (Resolution.NAMED if person else Resolution.OFFICE),
    )


def place(where: str | None) -> Place | None:
    """Return `KZ/astana` or `KZ` as a place."""
    if where is None:
        return None
    country, _, city = where.partition("/")
    return Place(country=country or None, city=city or None, names=names(city or country))


def meeting(
    date: EventDate | None = None,
    *,
    status: Status = Status.HELD,
    form: Form = Form.MEETING,
    kz: str = "head-of-state",
    them: str = "head-of-state",
    ours: str | None = "tokayev",
    theirs: str | None = "xi",
    resolution: Resolution | None = None,
    where: str | None = None,
    detail: StatusDetail | None = None,
    new_date: EventDate | None = None,
    facts: Iterable[Fact] = (),
    rules: Iterable[RuleHit] = (TALKS,),
    evidence: Iterable[Evidence] = (),
    partner: str = "CN",
) -> Meeting:
    """Return talks of the two presidents unless told otherwise."""
    return Meeting(
        partner=country(partner),
        kz=actor(kz, "KZ", ours),
        counterpart=actor(them, partner, theirs, resolution),
        form=form,
        status=status,
        status_detail=detail,
        new_date=new_date,
        place=place(where),
        date=date,
        date_unknown=None if date else Reason(code="no-date", text="no date is given"),
        facts=tuple(facts),
        rules=tuple(rules),
        evidence=tuple(evidence),
        codes=("036",),
    )


def visit(date: EventDate | None = None, **more: object) -> Meeting:
    """Return a visit of the president's."""
    return meeting(date, form=Form.VISIT, **more)  # type: ignore[arg-type]


def planned(date: EventDate | None = None, **more: object) -> Meeting:
    """Return announced talks."""
    return meeting(date, status=Status.PLANNED, detail=StatusDetail.ANNOUNCED, **more)  # type: ignore[arg-type]


def cancelled(date: EventDate | None = None, **more: object) -> Meeting:
    """Return cancelled talks."""
    return meeting(date, status=Status.CANCELLED, **more)  # type: ignore[arg-type]


def postponed(date: EventDate | None, to: EventDate | None) -> Meeting:
    """Return talks put off to another day."""
    return meeting(date, status=Status.CANCELLED, detail=StatusDetail.POSTPONED, new_date=to)


def call(date: EventDate | None = None, **more: object) -> Meeting:
    """Return a phone call."""
    return meeting(date, form=Form.PHONE_CALL, **more)  # type: ignore[arg-type]


def fact(value: str, state: FactState = FactState.DONE, kind: FactKind = FactKind.DOCUMENT, article: str = "") -> Fact:
    """Return what came of a meeting."""
    evidence = (Evidence(article=article, start=0, end=3, quote="abc"),) if article else ()
    return Fact(kind=kind, state=state, value=value, names=names(value), evidence=evidence)


def country(code: str) -> Country:
    """Return a partner."""
    return Country(code=code, names=names(code))


def report(
    article: str,
    *meetings: Meeting,
    published: datetime | None = DAY_ONE,
    seen: datetime | None = None,
    language: str = "kk",
    outlet: str | None = None,
    credits: str | None = None,
    revision: int = 1,
    origin: Origin = Origin.LIVE,
    quality: Quality = Quality.EXACT,
) -> Report:
    """Return an article's report; without meetings it withdraws."""
    source = Source(
        article=article,
        title=article,
        outlet=outlet or f"outlet of {article}",
        feed="feed",
        language=language,
        seen=seen or published or DAY_ONE,
        url=f"http://127.0.0.1/{article}",
        published=published,
        quality=quality,
        credits=credits,
        keys=(f"key-{article}",),
    )
    return Report(
        id=f"rep-{article}",
        partner=meetings[0].partner if meetings else country("CN"),
        source=source,
        revision=revision,
        meetings=meetings,
        content="",
        rule_set="set",
        recognised=source.seen + timedelta(seconds=1),
        origin=origin,
    )


class Desk:
    """What a desk would see of one partner's reports as they come."""

    def __init__(self) -> None:
        self.rows = Rows()
        self.alerts: list[Alert] = []
        self.published: list[Story] = []
        self.last = Gathered()

    def reads(self, *reports: Report, now: datetime | None = None) -> "Desk":
        """Take the reports in, one after the other."""
        for each in reports:
            moment = now or each.source.seen + timedelta(seconds=2)
            self.rows, self.last = follow(self.rows, each, moment)
            self.alerts += self.last.alerts
            self.published += self.last.changed
        return self

    @property
    def kinds(self) -> list[AlertKind]:
        """Return the kinds of all alerts so far."""
        return [alert.kind for alert in self.alerts]

    @property
    def kept(self) -> list[Kept]:
        """Return the rows of the stories that stand now: not of those merged into others."""
        return [kept for kept in self.rows.stories.values() if kept.story.state is not StoryState.MERGED]

    @property
    def stories(self) -> list[Story]:
        """Return the stories that stand now."""
        return [kept.story for kept in self.kept]

    @property
    def story(self) -> Story:
        """Return the only story there is."""
        (story,) = self.stories
        return story

    def new(self) -> list[str]:
        """Return the kinds of the claims that are new in the latest alert."""
        return [claim.kind for claim in self.alerts[-1].claims if claim.new]


def members(reports: Iterable[Report]) -> list[frozenset[str]]:
    """Return the telling keys of each group."""
    found = groups(tellings({each.source.article: each for each in reports if each.meetings}))
    return [frozenset(telling.key for telling in group) for group in found]


def shapes(reports: Iterable[Report]) -> set[frozenset[str]]:
    """Return the articles of each group."""
    return {frozenset(article_of(key) for key in group) for group in members(reports)}


def together(*reports: Report) -> bool:
    """Return whether the reports are of one event."""
    return len(shapes(reports)) == 1
