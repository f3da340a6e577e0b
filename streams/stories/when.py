"""When they meet: the tellings of one bucket by day, vaguer ones after the precise.

single days -> ranges join them -> arrivals join the talks -> postponements -> undated by publication -> alone

Each step looks only at what the steps before it made, never at its own results: so the groups depend on
the set of tellings, not on their order. Unknown dates with unknown publication never merge.
"""

from collections.abc import Iterable, Sequence

from streams.stories.tellings import Links, Span, Telling, touching, width
from wire.records import Form, Status, StatusDetail

TIERS = ((1, 1), (2, 10), (11, 92))
"""Widths in days: a day, a visit, and "in September"; a wider telling joins a narrower group, never two of them."""
PRECISE = 10
AHEAD = 45
"""Days within which an announcement without a date means the next dated meeting of the pair."""
AHEAD_AMONG_THEMSELVES = 2


class Group:
    """Tellings of one event while they are being gathered, and its days."""

    def __init__(self, told: Iterable[Telling]) -> None:
        self.told = list(told)
        spans = {span for each in self.told for span in each.spans}
        precise = {span for span in spans if width(span) <= PRECISE}
        self.spans: list[Span] = sorted(precise or spans)  # "in September" must not draw in all of September
        self.articles = {each.article for each in self.told}
        self.forms = {each.meeting.form for each in self.told}
        self.countries = {c for each in self.told if (place := each.meeting.place) and (c := place.country)}

    def agrees(self, others: set[str]) -> bool:
        """Return whether the countries named can be one place."""
        return not self.countries or not others or not self.countries.isdisjoint(others)

    def meets(self, start: int, end: int) -> bool:
        """Return whether one of its days lies in the days from `start` to `end`."""
        return any(first <= end and last >= start for first, last in self.spans)

    def away(self, day: int) -> tuple[int, int]:
        """Return how many days it lies from `day`, and whether after it."""
        return min((max(first - day, day - last, 0), int(first > day)) for first, last in self.spans)


def by_date(bucket: Sequence[Telling]) -> list[list[Telling]]:
    """Return the tellings of one bucket in the groups of one event each."""
    groups = _postponements(_arrivals(_dated(bucket)))
    groups.sort(key=lambda group: group.spans)
    undated = [each for each in bucket if not each.spans]
    hosts = [_host(each, groups) for each in undated]
    for each, host in zip(undated, hosts, strict=True):
        if host:
            host.told.append(each)
    alone = [each for each, host in zip(undated, hosts, strict=True) if not host]
    return [group.told for group in groups] + _among_themselves(alone)


def _dated(bucket: Sequence[Telling]) -> list[Group]:
    groups: list[Group] = []
    for narrowest, widest in TIERS:
        tier = [each for each in bucket if each.spans and narrowest <= max(map(width, each.spans)) <= widest]
        clusters = touching([each.spans for each in tier]).gathered(range(len(tier)))
        groups = _hosted(groups, [Group(tier[number] for number in cluster) for cluster in clusters])
    return groups


def _hosted(hosts: Sequence[Group], guests: Iterable[Group]) -> list[Group]:
    """Return the hosts with each guest in the earliest host that lies in its days, or by itself."""
    rows: list[list[Group]] = [[host] for host in hosts]
    for guest in guests:
        meeting = [n for n, host in enumerate(hosts) if any(host.meets(*span) for span in guest.spans)]
        if meeting:
            rows[min(meeting, key=lambda n: hosts[n].spans)].append(guest)
        else:
            rows.append([guest])
    return [_joined(row) for row in rows]


def _joined(groups: Sequence[Group]) -> Group:
    return groups[0] if len(groups) == 1 else Group(each for group in groups for each in group.told)


def _arrivals(groups: list[Group]) -> list[Group]:
    """Let a visit told by its arrival alone join the talks of the next day, or the day before.

    Talks a day apart stay apart; a visit's first and second day are one visit.
    """
    visits = [group for group in groups if group.forms == {Form.VISIT} and precise(group)]
    talks = [group for group in groups if group not in visits]
    links = touching([visit.spans for visit in visits], gap=1)
    rows: list[list[Group]] = [[group] for group in talks]
    for cluster in links.gathered(range(len(visits))):
        visit = _joined([visits[number] for number in cluster])
        near = [n for n, talk in enumerate(talks) if visit.agrees(talk.countries) and next_to(visit, talk) is not None]
        if near:
            rows[min(near, key=lambda n: (next_to(visit, talks[n]), talks[n].spans))].append(visit)
        else:
            rows.append([visit])
    return [_joined(row) for row in rows]


def precise(group: Group) -> bool:
    """Return whether its days are days, not months."""
    return all(width(span) <= PRECISE for span in group.spans)


def next_to(visit: Group, talk: Group) -> int | None:
    """Return 0 for talks in the visit or on the day after it, 1 for the day before, None for others."""
    first, last = visit.spans[0][0], visit.spans[-1][1]
    if talk.meets(first, last + 1):
        return 0
    return 1 if talk.meets(first - 1, first - 1) else None


def _postponements(groups: list[Group]) -> list[Group]:
    """Join "postponed to 5 November" that does not say from when with the one plan that it can mean."""
    links: Links[int] = Links()
    for number, group in enumerate(groups):
        for each in group.told:
            plan = _plan(each, number, groups)
            if plan is not None:
                links.join(number, plan)
    return [_joined([groups[number] for number in row]) for row in links.gathered(range(len(groups)))]


def _plan(each: Telling, own: int, groups: Sequence[Group]) -> int | None:
    meeting, day = each.meeting, each.published
    if meeting.new_date is None or meeting.date is not None or day is None:
        return None
    plans = [
        number
        for number, group in enumerate(groups)
        if number != own
        and group.meets(day, day + AHEAD)
        and any(other.meeting.status is Status.PLANNED for other in group.told)
    ]
    return plans[0] if len(plans) == 1 else None


def _host(each: Telling, groups: Sequence[Group]) -> Group | None:
    """Return the dated group that an undated telling means, going by its day of publication."""
    if each.published is None:
        return None
    place, day = each.meeting.place, each.published
    countries = {place.country} if place and place.country else set()
    # An article that tells two meetings of the pair has said that they are two.
    free = [group for group in groups if each.article not in group.articles]
    if each.meeting.status is Status.HELD:
        near = [group for group in free if group.meets(day - 1, day + 1)]
        return min(near, key=lambda group: (not group.agrees(countries), group.away(day), group.spans), default=None)
    return _next_plan(each, day, [group for group in free if group.agrees(countries)])


def _next_plan(each: Telling, day: int, groups: Sequence[Group]) -> Group | None:
    """Return the coming group that an announcement means; a cancellation must not be guessed between two."""
    coming = [group for group in groups if group.meets(day, day + AHEAD)]
    coming = coming or [group for group in groups if group.meets(day - 1, day - 1)]
    alike = [group for group in coming if each.meeting.form in group.forms]
    found = alike or coming
    if each.meeting.status is Status.PLANNED or len(found) == 1:
        return min(found, key=lambda group: group.spans, default=None)
    return coming[0] if len(coming) == 1 else None


def _among_themselves(undated: Sequence[Telling]) -> list[list[Telling]]:
    """Group the undated whose possible days have one in common; unknown publication stays alone."""
    groups: list[list[Telling]] = [[each] for each in undated if each.published is None]
    windowed = sorted((_window(each)[::-1], each) for each in undated if each.published is not None)
    while windowed:
        common = windowed[0][0][0]  # the earliest end: what begins by then shares that day
        here = [each for (_, start), each in windowed if start <= common]
        windowed = [(window, each) for window, each in windowed if window[1] > common]
        ranks: dict[int, list[Telling]] = {}
        seen: dict[str, int] = {}
        for each in sorted(here):
            rank = seen[each.article] = seen.get(each.article, -1) + 1
            ranks.setdefault(rank, []).append(each)
        groups += ranks.values()
    return groups


def _window(each: Telling) -> Span:
    day = each.published or 0
    if each.meeting.status is Status.HELD or each.meeting.status_detail is StatusDetail.UNDER_WAY:
        return day - 1, day
    return day, day + AHEAD_AMONG_THEMSELVES
