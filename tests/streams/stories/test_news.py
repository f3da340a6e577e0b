"""What a desk is told, and when it is told nothing."""

from tests.streams.stories.newsroom import (
    Desk,
    at,
    cancelled,
    day,
    fact,
    meeting,
    planned,
    postponed,
    report,
    rule,
    visit,
)
from wire import ids
from wire.records import AlertKind, FactState, Origin, Priority

FIRST, UPDATE = AlertKind.FIRST, AlertKind.UPDATE
CHANGE, CORRECTION = AlertKind.STATUS_CHANGE, AlertKind.CORRECTION
TALKS = meeting(day(3), where="KZ/astana")


def test_the_first_article_is_told_with_all_its_claims() -> None:
    desk = Desk().reads(report("a", meeting(day(3), where="KZ/astana", facts=[fact("treaty")]), published=at(3)))
    (alert,) = desk.alerts
    assert alert.kind is FIRST
    assert desk.new() == ["event", "status", "date", "place", "fact", "language"]
    assert {claim.kind for claim in alert.claims if claim.rings} == {"event", "status"}
    assert alert.story == desk.story.id
    assert alert.trigger == "a"
    assert alert.times.published == at(3)
    assert alert.times.told > alert.times.recognised > alert.times.seen
    assert alert.priority is Priority.ROUTINE
    assert alert.desks == ("asia",)


def test_a_copy_tells_nothing() -> None:
    desk = Desk().reads(report("a", TALKS), report("b", TALKS, published=at(3)))
    assert desk.kinds == [FIRST]
    assert len(desk.story.sources) == 2


def test_a_new_language_alone_is_an_update_that_does_not_ring() -> None:
    desk = Desk().reads(report("a", TALKS), report("b", TALKS, language="pl"))
    assert desk.kinds == [FIRST, UPDATE]
    assert desk.new() == ["language"]
    assert not any(claim.rings for claim in desk.alerts[-1].claims if claim.new)


def test_a_place_a_document_and_a_signature_are_news_of_their_own() -> None:
    desk = Desk().reads(
        report("a", meeting(day(3))),
        report("b", meeting(day(3), where="KZ/astana")),
        report("c", meeting(day(3), facts=[fact("treaty", FactState.TO_BE_DONE)])),
        report("d", meeting(day(3), facts=[fact("treaty")])),
    )
    assert desk.kinds == [FIRST, UPDATE, UPDATE, UPDATE]
    assert [[c.value for c in alert.claims if c.new] for alert in desk.alerts[1:]] == [
        ["KZ/astana"],
        ["document treaty to-be-done"],
        ["document treaty done"],
    ]


def test_the_other_side_confirms() -> None:
    desk = Desk().reads(report("a", TALKS, credits="akorda"), report("b", TALKS, credits="xinhua"))
    assert desk.new() == ["confirmation"]
    assert desk.alerts[-1].claims[-2].value == "CN KZ"
    other = Desk().reads(report("b", TALKS, credits="xinhua"), report("a", TALKS, credits="akorda"))
    assert {c.id for c in other.story.claims} == {c.id for c in desk.story.claims}


def test_a_visit_announced_cancelled_and_held_is_one_story_with_status_changes() -> None:
    desk = Desk().reads(
        report("a", planned(day(9)), published=at(1)),
        report("b", cancelled(day(9)), published=at(2)),
        report("c", planned(day(9)), published=at(4)),
        report("d", cancelled(day(9)), published=at(6)),
        report("e", meeting(day(9)), published=at(9)),
    )
    assert desk.kinds == [FIRST, CHANGE, CHANGE, CHANGE, CHANGE]
    assert len({alert.story for alert in desk.alerts}) == 1
    assert desk.new() == ["status"]


def test_postponed_then_to_when_are_two_changes_and_the_new_day_no_third() -> None:
    desk = Desk().reads(
        report("a", planned(day(9)), published=at(1)),
        report("b", postponed(day(9), None), published=at(2)),
        report("c", postponed(day(9), day(20)), published=at(3)),
        report("d", planned(day(20)), published=at(5)),
    )
    assert desk.kinds == [FIRST, CHANGE, CHANGE]


def test_a_status_change_reaches_those_whose_rule_wanted_only_the_plan() -> None:
    desk = Desk().reads(
        report("a", planned(day(9), rules=[rule("plans", desks=["north"])]), published=at(1)),
        report("b", cancelled(day(9), rules=()), published=at(2)),
    )
    assert desk.kinds == [FIRST, CHANGE]
    assert desk.alerts[-1].desks == ("north",)


def test_another_rule_makes_an_alert_for_its_desk_though_no_claim_is_new() -> None:
    desk = Desk().reads(
        report("a", TALKS),
        report("b", meeting(day(3), rules=[rule("uranium", priority=Priority.FLASH, desks=["energy"])])),
    )
    assert desk.kinds == [FIRST, UPDATE]
    assert desk.new() == []
    assert (desk.alerts[-1].desks, desk.alerts[-1].priority) == (("asia", "energy"), Priority.FLASH)
    desk.reads(report("c", meeting(day(3), rules=[rule("uranium", desks=["energy"])])))
    assert desk.kinds == [FIRST, UPDATE]


def test_an_edit_that_changes_the_day_is_a_correction_of_the_same_story() -> None:
    desk = Desk().reads(report("a", TALKS), report("a", meeting(day(4), where="KZ/astana"), revision=2))
    assert desk.kinds == [FIRST, CORRECTION]
    assert desk.new() == ["date", "correction"]
    assert desk.alerts[-1].claims[-1].text == "no longer said: date: 2024-07-03"
    assert desk.alerts[0].story == desk.alerts[1].story


def test_an_edit_that_changes_the_counterpart_keeps_the_story() -> None:
    desk = Desk().reads(
        report("a", TALKS), report("a", meeting(day(3), them="head-of-government", theirs="li", where="KZ/astana"))
    )
    assert desk.kinds == [FIRST, CORRECTION]
    assert desk.new() == ["event", "correction"]
    assert len(desk.stories) == 1


def test_what_comes_back_and_falls_again_is_corrected_again() -> None:
    right, wrong = report("a", TALKS), report("a", meeting(day(4), where="KZ/astana"))
    desk = Desk().reads(right, wrong, right, wrong)
    assert desk.kinds == [FIRST, CORRECTION, CORRECTION, CORRECTION]
    new = [claim.id for alert in desk.alerts for claim in alert.claims if claim.new and claim.kind == "correction"]
    assert len(set(new)) == 3


def test_an_outvoted_word_is_not_corrected_while_somebody_says_it() -> None:
    desk = Desk().reads(
        report("a", meeting(day(3), where="KZ/almaty")),
        report("b", meeting(day(3), where="KZ/astana"), published=at(2)),
        report("c", meeting(day(3), where="KZ/astana"), published=at(2)),
    )
    assert desk.kinds == [FIRST, UPDATE]
    assert desk.new() == ["place"]
    assert [each.what for each in desk.story.disputes] == ["place"]


def test_a_title_of_the_same_person_is_no_new_event() -> None:
    by_office = meeting(day(3), them="leader", resolution=None)
    desk = Desk().reads(report("b", by_office, published=at(3, 12)), report("a", meeting(day(3)), published=at(3, 9)))
    assert desk.kinds == [FIRST]


def test_corrections_stay_apart_however_often_an_article_wavers() -> None:
    here, there = (report("a", meeting(day(3), where=f"KZ/{city}")) for city in ("astana", "almaty"))
    desk = Desk().reads(*[here, there] * 10)
    assert desk.kinds == [FIRST, *[CORRECTION] * 19]
    assert len({alert.id for alert in desk.alerts}) == 20
    assert all(any(claim.new for claim in alert.claims) for alert in desk.alerts)


def test_backlog_is_told_again_when_it_is_live() -> None:
    desk = Desk().reads(report("a", TALKS, origin=Origin.BACKLOG))
    assert [alert.origin for alert in desk.alerts] == [Origin.BACKLOG]
    desk.reads(report("b", TALKS, origin=Origin.BACKLOG), report("c", TALKS))
    assert desk.kinds == [FIRST, FIRST]
    assert desk.alerts[-1].origin is Origin.LIVE
    assert len({alert.id for alert in desk.alerts}) == 2
    desk.reads(report("d", TALKS))
    assert desk.kinds == [FIRST, FIRST]


def test_threads_are_found_by_the_articles_and_by_the_day() -> None:
    desk = Desk().reads(report("a", TALKS), report("b", planned(day(3), where="KZ"), published=at(2), language="pl"))
    roles = "head-of-state/head-of-state"
    assert set(desk.alerts[-1].keys) == {
        ids.make(ids.KEY, "key-a", "CN", roles, "in-person", "past"),
        ids.make(ids.KEY, "key-b", "CN", roles, "in-person", "ahead"),
        ids.make(ids.KEY, "CN", roles, "in-person", "2024-07-03"),
    }


def test_two_meetings_of_one_article_are_two_stories_with_threads_of_their_own() -> None:
    premier = meeting(day(3), them="head-of-government", theirs="li")
    desk = Desk().reads(report("a", TALKS, premier, meeting(day(5))))
    assert desk.kinds == [FIRST] * 3
    one, two, three = (set(alert.keys) for alert in desk.alerts)
    assert not one & two
    assert not one & three


def test_claims_are_equal_whatever_the_order() -> None:
    told = [
        report("a", planned(day(3)), published=at(1)),
        report("b", TALKS, published=at(3), language="pl"),
        report("c", visit(day(2, 4), facts=[fact("treaty")]), published=at(4)),
    ]
    one, other = Desk().reads(*told).story, Desk().reads(*reversed(told)).story
    assert [(c.id, c.at) for c in one.claims] == [(c.id, c.at) for c in other.claims]


def test_only_stories_that_a_report_touches_are_published() -> None:
    desk = Desk().reads(report("a", TALKS), report("b", meeting(day(20)), published=at(2)))
    (changed,) = desk.last.changed
    assert [source.article for source in changed.sources] == ["b"]
