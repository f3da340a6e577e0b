"""Pure: what people do not want to hear for a while, and whether an alert is nothing but that.

silence (story, rule, country, feed) x what an alert is about -> silenced, or not
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec

from wire.records import Alert


class About(msgspec.Struct, frozen=True, omit_defaults=True):
    """What silences look at in an alert."""

    story: str = ""
    country: str = ""
    rules: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


read_about = msgspec.json.Decoder(About).decode  # made here once: see wire.records.encoding


class Silence(NamedTuple):
    """Somebody's wish, with a reason and an end; what is silenced is held till then, never lost."""

    id: int
    until: datetime
    author: str
    reason: str
    story: str = ""  # the id, or the short one that people read in a message
    rule: str = ""
    country: str = ""
    feed: str = ""

    def __str__(self) -> str:
        what = [f"{line} {value}" for line in WHAT if (value := getattr(self, line))]
        return f"{' and '.join(what)}, by {self.author}: {self.reason}"


WHAT = ("story", "rule", "country", "feed")


def about(alert: Alert) -> About:
    """Return what silences look at in an alert."""
    return About(
        story=alert.story,
        country=alert.partner.code,
        rules=tuple(hit.rule for hit in alert.rules),
        feeds=tuple(sorted({source.feed for source in alert.sources})),
    )


def silences(each: Silence, what: About) -> bool:
    """Return whether every line that the silence has fits; of rules and feeds, all must be the silenced one."""
    return (
        (not each.story or what.story == each.story or what.story.partition("-")[2].startswith(each.story))
        and (not each.country or what.country == each.country)
        and (not each.rule or set(what.rules) == {each.rule})
        and (not each.feed or set(what.feeds) == {each.feed})
    )


def silenced(what: About, by: Iterable[Silence], now: datetime) -> Silence | None:
    """Return the silence that holds it longest, if any does now."""
    found = [each for each in by if each.until > now and silences(each, what)]
    return max(found, key=lambda each: each.until, default=None)
