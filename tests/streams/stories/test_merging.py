"""What a story says when its articles say different things."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from streams.stories.facts import disputed, measure_of
from streams.stories.merging import FULL_EVIDENCE, MOST_BYTES, MOST_SOURCES, fitted, merge
from streams.stories.origins import SIDES, origin, side
from streams.stories.statuses import runs
from streams.stories.tellings import tellings
from tests.streams.stories.newsroom import (
    DAY_ONE,
    as_published,
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
from wire.files import read
from wire.records import (
    Evidence,
    Fact,
    FactKind,
    FactState,
    Form,
    Origin,
    Reason,
    Report,
    Resolution,
    Source,
    Status,
    StatusDetail,
    Story,
    encode,
)

WORDS = Path(__file__).parents[3] / "config" / "lexicon" / "words.yaml"


def merged(*reports: Report) -> Story:
    return merge(tellings({each.source.article: each for each in reports}), "sto-1", DAY_ONE)


def test_talks_that_were_held_outweigh_their_visit() -> None:
    story = merged(report("a", visit(day(2, 3))), report("b", visit(day(2, 3))), report("c", meeting(day(3))))
    assert (story.form, story.status) == (Form.MEETING, Status.HELD)
    assert story.date == day(3)


def test_otherwise_the_form_is_what_most_origins_say() -> None:
    copies = [report(f"c{n}", planned(day(9)), credits="Xinhua") for n in range(5)]
    visits = [report(f"v{n}", visit(day(9), status=Status.PLANNED), published=at(2)) for n in range(2)]
    assert merged(*copies, *visits).form is Form.VISIT
    assert merged(copies[0], visits[0]).form is Form.MEETING  # of equals the earliest


def test_a_plan_a_cancellation_and_a_new_plan_are_a_history() -> None:
    told = [
        report("a", planned(day(9)), published=at(1)),
        report("b", cancelled(day(9)), published=at(2)),
        report("c", planned(day(9)), published=at(4)),
        report("d", cancelled(day(9)), published=at(5)),
    ]
    story = merged(*told)
    assert [change.status for change in story.status_history] == [
        Status.PLANNED, Status.CANCELLED, Status.PLANNED, Status.CANCELLED,
    ]  # fmt: skip
    assert [run.number for run in runs(tellings({each.source.article: each for each in told}))] == [1, 1, 2, 2]
    assert story.status is Status.CANCELLED
    assert story.status_history[1].source == "b"


def test_held_is_held_whatever_was_written_before_or_comes_late() -> None:
    story = merged(
        report("a", planned(day(3)), published=at(1)),
        report("b", meeting(day(3)), published=at(3, 12)),
        report("c", cancelled(day(3)), published=at(3, 18)),
    )
    assert story.status is Status.HELD
    assert [change.status for change in story.status_history] == [Status.PLANNED, Status.HELD]


def test_under_way_is_over_when_one_says_that_it_was() -> None:
    talks = report("a", meeting(day(3), detail=StatusDetail.UNDER_WAY))
    assert merged(talks).status_detail is StatusDetail.UNDER_WAY
    assert merged(talks, report("b", meeting(day(3)))).status_detail is None


def test_an_old_plan_told_just_after_the_cancellation_is_no_news() -> None:
    told = [report("a", planned(day(9)), published=at(1)), report("b", cancelled(day(9)), published=at(2, 9))]
    assert merged(*told, report("late", planned(day(9)), published=at(2, 15))).status is Status.CANCELLED
    assert merged(*told, report("again", planned(day(9)), published=at(3))).status is Status.PLANNED


def test_postponed_says_to_when_and_its_new_day_is_no_new_plan() -> None:
    told = [
        report("a", planned(day(9)), published=at(1)),
        report("b", cancelled(day(9)), published=at(2)),
        report("c", postponed(day(9), day(20)), published=at(3)),
    ]
    story = merged(*told, report("d", planned(day(20)), published=at(5)))
    assert (story.status, story.status_detail, story.new_date) == (Status.CANCELLED, StatusDetail.POSTPONED, day(20))
    assert story.date == day(9)
    assert merged(*told, report("e", meeting(day(20)), published=at(20))).date == day(20)


def test_the_best_resolved_actor_speaks_for_a_side() -> None:
    story = merged(
        report("a", meeting(day(3), theirs=None)),
        report("b", meeting(day(3), theirs="xi", resolution=Resolution.OFFICE)),
        report("c", meeting(day(3), theirs="xi"), published=at(3)),
    )
    assert (story.counterpart.person, story.counterpart.resolution) == ("xi", Resolution.NAMED)


def test_who_greeted_the_guest_did_not_meet_him() -> None:
    story = merged(
        report("a", visit(day(3), kz="head-of-government", ours="bektenov", where="KZ")),
        report("b", meeting(day(4)), published=at(4)),
    )
    assert (story.kz.person, story.form) == ("tokayev", Form.MEETING)


def test_a_city_says_more_than_its_country_and_two_cities_are_disputed() -> None:
    told = [report("a", meeting(day(3), where="KZ")), report("b", meeting(day(3), where="KZ/astana"))]
    story = merged(*told)
    assert story.place
    assert story.place.city == "astana"
    assert story.disputes == ()
    more = merged(*told, report("c", meeting(day(3), where="KZ/almaty"), published=at(2)))
    assert more.place == story.place
    assert [(each.what, each.values, each.sources) for each in more.disputes] == [
        ("place", ("KZ/astana", "KZ/almaty"), (("b",), ("c",)))
    ]
    assert [name and name.pl for name in more.disputes[0].names] == ["astana", "almaty"], "no id is shown to a reader"


def test_copies_of_one_agency_have_one_vote() -> None:
    copies = [report(f"c{n}", meeting(day(3), where="KZ/almaty"), credits="xinhua") for n in range(9)]
    others = [report(f"o{n}", meeting(day(3), where="KZ/astana"), published=at(2)) for n in range(2)]
    story = merged(*copies, *others)
    assert story.place
    assert story.place.city == "astana"
    assert story.origins == 3


def test_a_stated_day_outweighs_the_days_of_publication() -> None:
    told = [report(f"r{n}", meeting(as_published(4)), published=at(4)) for n in range(3)]
    assert merged(*told).date == as_published(4)
    story = merged(*told, report("x", meeting(day(3)), published=at(5)))
    assert (story.date, story.disputes) == (day(3), ())


def test_no_date_keeps_its_reason() -> None:
    story = merged(report("a", meeting()))
    assert story.date is None
    assert story.date_unknown
    assert story.date_unknown.code == "no-date"


def test_a_fact_is_told_once_in_its_strongest_state_with_quotes_of_several_articles() -> None:
    told = [
        report(f"r{n}", meeting(day(3), facts=[fact("treaty", state, article=f"r{n}")]), published=at(3, n))
        for n, state in enumerate(
            [FactState.BACKGROUND, FactState.PROPOSED, FactState.DONE, FactState.TO_BE_DONE, FactState.DONE]
        )
    ]
    (found,) = merged(*told).facts
    assert found.state is FactState.DONE
    assert [each.article for each in found.evidence] == ["r2", "r0", "r1"]


def figure(value: str) -> object:
    return fact(value, FactState.BACKGROUND, FactKind.FIGURE)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("trade:3.1e+10:USD:2023", "trade:4.4e+10:USD:2023", True),
        ("trade:1.82e+10:USD:2021", "trade:1.8e+10:USD:2021", False),
        ("trade:1.82e+10:USD:2021", "trade:1.84e+10:USD:2021", True),
        ("trade:1.82e+10:USD:2021", "trade:2e+10:USD:2021", True),
        ("trade:3.1e+10:USD:2023", "trade:3e+10:USD:2022", False),
        ("money:3.1e+10:USD", "money:5e+09:USD", False),
    ],
    ids=["other sum", "rounded", "not rounded", "too round", "other year", "of something"],
)
def test_figures_that_differ_are_both_kept_and_disputed(one: str, other: str, differ: bool) -> None:
    story = merged(
        report("a", meeting(day(3), facts=[figure(one)])),  # type: ignore[list-item]
        report("b", meeting(day(3), facts=[figure(other)])),  # type: ignore[list-item]
    )
    assert {each.value for each in story.facts} == {one, other}
    assert bool(story.disputes) is differ


def test_two_figures_of_one_article_are_two_things() -> None:
    both = [figure("trade:3.1e+10:USD"), figure("trade:4e+10:USD")]
    group = tellings({"a": report("a", meeting(day(3), facts=both))})  # type: ignore[arg-type]
    assert disputed(group) == ()
    assert measure_of("trade:1.82e+10:USD:2021") == "trade:USD:2021"


def test_rules_of_the_plan_keep_what_came_of_it() -> None:
    story = merged(
        report("a", planned(day(3), rules=[rule("plans")])), report("b", meeting(day(3), rules=[rule(), rule("plans")]))
    )
    assert [hit.rule for hit in story.rules] == ["plans", "talks"]


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        ([Origin.BACKLOG, Origin.LIVE], Origin.LIVE),
        ([Origin.BACKLOG, Origin.REPLAY], Origin.REPLAY),
        ([Origin.BACKLOG], Origin.BACKLOG),
    ],
)
def test_one_live_article_makes_a_live_story(origins: list[Origin], expected: Origin) -> None:
    told = [report(f"r{n}", meeting(day(3)), origin=each) for n, each in enumerate(origins)]
    assert merged(*told).origin is expected


def test_evidence_is_full_for_the_newest_articles_and_sources_are_bounded() -> None:
    def evidence(name: str) -> list[Evidence]:
        return [Evidence(article=name, start=n, end=n + 2, quote=f"a{n}") for n in range(3)]

    told = [report(f"r{n:04}", meeting(day(3), evidence=evidence(f"r{n:04}"))) for n in range(MOST_SOURCES + 50)]
    story = merged(*told)
    assert len({each.article for each in story.evidence}) == FULL_EVIDENCE
    assert len(story.evidence) == 3 * FULL_EVIDENCE
    assert story.evidence[0].article == f"r{MOST_SOURCES + 49:04}"
    assert len(story.sources) == MOST_SOURCES
    assert (story.sources[0].article, story.sources[-1].article) == ("r0000", f"r{MOST_SOURCES + 49:04}")
    assert story.origins == MOST_SOURCES + 50


def test_a_story_fits_its_topic_whatever_feeds_write() -> None:
    long = [Evidence(article="r0", start=0, end=9, quote="ж" * 50_000)] * 1
    told = [report(f"r{n}", meeting(day(3), evidence=long), outlet="o" * 20_000) for n in range(60)]
    assert len(encode(fitted(merged(*told)))) <= MOST_BYTES


def source(credits: str | None, outlet: str = "Daily", country: str | None = None) -> Source:
    return Source(
        article="a", title="t", outlet=outlet, feed="f", language="kk", seen=DAY_ONE, credits=credits, country=country
    )


def test_the_origin_is_whom_an_article_credits_else_its_outlet() -> None:
    assert origin(source("xinhua")) == origin(source("xinhua", "Another")) == origin(source(None, "Xinhua "))
    assert origin(source(None)) == "daily"


def test_an_origin_speaks_for_its_side_and_world_agencies_for_none() -> None:
    assert side(source("akorda", country="PL")) == "KZ"
    assert side(source("pap")) == "PL"
    assert side(source("reuters", country="PL")) is None
    assert side(source(None, country="PL")) == "PL"
    assert side(source(None)) is None


def test_whom_the_lexicon_lets_articles_credit_has_a_side() -> None:
    document, problems = read(WORDS)
    named = {each["id"] for each in document.value["sources"]}
    known = {name for names in SIDES.values() for name in names.split()}
    assert (problems, named - known) == ([], set())


def test_a_day_told_before_stands_for_a_later_range_that_holds_it() -> None:
    story = merged(report("a", planned(day(9))), report("b", meeting(day(8, 14)), published=at(10)))
    assert story.date == day(9)
    moved = merged(report("a", planned(day(9))), report("b", meeting(day(8, 14)), published=at(10)))
    assert moved.disputes == ()


def test_a_reason_that_shows_in_a_text_outlasts_one_that_does_not() -> None:
    shown = replace(meeting(), date_unknown=Reason(code="weekday", text="which Tuesday?", start=3, end=8))
    for told in ([meeting(), shown], [shown, meeting()]):
        story = merged(*(report(f"r{n}", each, published=at(3, n)) for n, each in enumerate(told)))
        assert story.date_unknown == shown.date_unknown


def test_what_was_to_be_done_is_not_when_it_is_called_off_for_good() -> None:
    plan = report("a", planned(day(9), facts=[fact("treaty", FactState.TO_BE_DONE)]))
    off = merged(plan, report("b", cancelled(day(9)), published=at(2)))
    later = merged(plan, report("b", postponed(day(9), day(20)), published=at(2)))
    assert [each.state for each in off.facts] == [FactState.BACKGROUND]
    assert [each.state for each in later.facts] == [FactState.TO_BE_DONE]


def invited(value: str, state: FactState = FactState.PROPOSED) -> Fact:
    return fact(f"invitation:{value}", state, FactKind.INVITATION)


def test_an_invitation_is_one_for_each_guest_by_who_says_most() -> None:
    story = merged(
        report("a", meeting(day(3), facts=[invited("visit:CN"), invited("official-visit:KZ")])),
        report("b", meeting(day(3), facts=[invited("state-visit:CN:2024-09")]), published=at(3)),
        report("c", meeting(day(3), facts=[invited("state-visit:CN", FactState.TO_BE_DONE)]), published=at(4)),
    )
    assert [(each.value, each.state) for each in story.facts] == [
        ("invitation:state-visit:CN:2024-09", FactState.TO_BE_DONE),
        ("invitation:official-visit:KZ", FactState.PROPOSED),
    ]


def test_numbers_of_documents_that_differ_are_disputed_and_aims_are_no_other_word_on_what_is_reached() -> None:
    def told(value: str, state: FactState, kind: FactKind) -> Report:
        return report(f"{value}{state}", meeting(day(3), facts=[fact(value, state, kind)]))

    signed = [told(f"documents:{n}:signed", FactState.DONE, FactKind.DOCUMENT) for n in (13, 14)]
    assert [each.what for each in merged(*signed).disputes] == ["figure documents:signed"]
    assert [name and name.en for name in merged(*signed).disputes[0].names] == [
        "documents:13:signed",
        "documents:14:signed",
    ]
    trade = [told(f"trade:{n}e+09:USD", state, FactKind.FIGURE) for n, state in
             ((3, FactState.BACKGROUND), (9, FactState.TO_BE_DONE))]  # fmt: skip
    assert merged(*trade).disputes == ()


def test_a_fact_is_said_by_whom_it_quotes_else_by_the_side_that_its_article_credits() -> None:
    quoted = replace(fact("treaty"), said_by="CN")
    told = meeting(day(3), facts=[quoted, fact("roadmap")])
    story = merged(report("a", told, credits="akorda"))
    assert {each.value: each.said_by for each in story.facts} == {"treaty": "CN", "roadmap": "KZ"}
    assert merged(report("a", meeting(day(3), facts=[fact("roadmap")]), credits="reuters")).facts[0].said_by is None


def proof(article: str, start: int, quote: str, about: str) -> Evidence:
    return Evidence(article=article, start=start, end=start + len(quote), quote=quote, about=about)


def test_the_words_that_decide_come_first_and_no_words_twice() -> None:
    plan = [proof("a", 0, "they will meet", "meeting"), proof("a", 5, "Astana", "place")]
    off = [
        proof("b", 20, "they will meet", "meeting"),
        proof("b", 0, "they will meet", "meeting"),
        proof("b", 9, "called off", "status"),
    ]
    story = merged(
        report("a", planned(day(9), evidence=plan)),
        report("b", cancelled(day(9), evidence=off), published=at(2)),
    )
    assert [(each.article, each.about) for each in story.evidence] == [
        ("b", "status"),
        ("b", "meeting"),
        ("a", "place"),
        ("a", "meeting"),
    ]


def test_the_history_of_status_says_who_says_so() -> None:
    story = merged(
        report("a", planned(day(9)), outlet="Orda"),
        report("b", cancelled(day(9)), published=at(2), outlet="Dziennik", credits="xinhua"),
    )
    assert [(each.status, each.outlet, each.credits, each.said_by) for each in story.status_history] == [
        (Status.PLANNED, "Orda", None, None),
        (Status.CANCELLED, "Dziennik", "xinhua", "CN"),
    ]


def test_codes_are_those_of_the_storys_form_and_place() -> None:
    plan = replace(visit(day(3), status=Status.PLANNED), codes=("042",))
    held = replace(meeting(day(3), where="KZ/astana"), codes=("036", "043"))
    assert merged(report("a", plan), report("b", held, published=at(3))).codes == ("036", "043")
