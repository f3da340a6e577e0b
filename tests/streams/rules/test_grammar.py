"""The grammar: what an analyst writes, and what it comes to mean."""

from datetime import date

import pytest

from streams.rules.ruleset import Trial
from streams.rules.schema import FORMS, LINES, STATUSES
from streams.rules.starter import STARTER
from streams.rules.terms import RESOLVERS, TOPIC_LINES
from tests.streams.rules.world import KNOWN, NAMES, compiled, problems, rule
from wire.records import Form, Priority, Status


def keys(yaml: str) -> dict[str, set[str | int]]:
    """Return the keys of each line of the first block of a rule."""
    return {clause.line: set(clause.keys) for clause in compiled(yaml).rules[0].when[0].clauses}


def test_a_rule_says_who_what_and_how_loudly() -> None:
    found = compiled(
        """
id: ca-uranium
title: Central Asia, uranium on the table
priority: urgent
desks: [asia, europe]
language: [kk, pl]
when: {with: [central-asia], about: [uranium], follow: true}
not: {place: [third-country]}
topics: {uranium: {kk: [уран], pl: uran}}
tests:
  - {match: "Тоқаев пен Мирзиёев кездесті", at: 2024-08-08}
  - {no-match: "Spotkanie", at: 2024-08-09, because: [with, sport]}
"""
    )
    first = found.rules[0]
    assert (first.id, first.priority, first.desks) == ("ca-uranium", Priority.URGENT, ("asia", "europe"))
    assert first.when[0].follow
    assert not first.unless[0].follow
    assert found.topics[0].words == (("kk", ("уран",)), ("pl", ("uran",)))
    assert first.tests == (
        Trial("ca-uranium", "Тоқаев пен Мирзиёев кездесті", date(2024, 8, 8), True, (), "0.yaml", 11),
        Trial("ca-uranium", "Spotkanie", date(2024, 8, 9), False, ("with", "sport"), "0.yaml", 12),
    )


def test_a_group_means_its_countries_but_never_our_own() -> None:
    assert keys(rule(when="{with: central-asia}")) == {"with": {"UZ", "KG"}}


def test_norway_is_a_country_and_in_person_two_forms() -> None:
    assert keys(rule(when="{with: NO, form: [in-person, video-call]}")) == {
        "with": {"NO"},
        "form": {"meeting", "visit", "video-call"},
    }


def test_actors_are_levels_offices_or_people() -> None:
    found = keys(rule(when="{counterpart: [minister, foreign-minister, mirziyoyev], kazakhstan: tokayev}"))
    assert found == {"counterpart": {"minister", "foreign-minister", "mirziyoyev"}, "kazakhstan": {"tokayev"}}


def test_blocks_of_when_and_not_are_or() -> None:
    found = compiled(rule(when="[{with: UZ}, {form: visit}]", more="not: [{place: KZ}, {status: cancelled}]")).rules[0]
    assert [block.clauses[0].line for block in found.when] == ["with", "form"]
    assert [block.clauses[0].line for block in found.unless] == ["place", "status"]


def test_follow_of_a_rule_is_follow_of_every_block() -> None:
    assert all(
        block.follow for block in compiled(rule(when="[{with: UZ}, {form: visit}]", more="follow: true")).rules[0].when
    )


def test_a_file_may_hold_a_list_of_rules_that_share_topics() -> None:
    entry = "- {{id: {0}, title: T, priority: routine, desks: asia, when: {{about: uranium, with: {1}}}{2}}}\n"
    words = ", topics: {uranium: {kk: уран, pl: uran, ar: يورانيوم}}"
    found = compiled(entry.format("one", "UZ", words) + entry.format("two", "CN", ""))
    assert [each.id for each in found.rules] == ["one", "two"]
    assert len(found.topics) == 1


def test_a_files_own_topic_comes_before_the_named_one() -> None:
    from wire.files import read_text

    named = read_text("uranium: {kk: [цирконий], pl: [cyrkon], ar: [زركونيوم]}", "topics.yaml")[0]
    known = KNOWN._replace(named=named)
    own = rule(when="{about: uranium}", more="topics: {uranium: {kk: [уран], pl: [uran], ar: [يورانيوم]}}")
    assert dict(compiled(own, known=known).topics[0].words)["kk"] == ("уран",)
    assert dict(compiled(rule(when="{about: uranium}"), known=known).topics[0].words)["kk"] == ("цирконий",)


def test_the_starting_file_is_right() -> None:
    known = KNOWN._replace(
        names=NAMES._replace(
            countries={**NAMES.countries, "TR": "Türkiye"}, groups={**NAMES.groups, "gulf": frozenset({"AE"})}
        )
    )
    assert problems(STARTER, known=known) == []


def test_every_line_has_a_meaning_and_every_closed_set_is_whole() -> None:
    assert set(RESOLVERS) | set(TOPIC_LINES) == {*LINES, "language"}
    assert set(FORMS) == {form.value for form in Form if form is not Form.UNKNOWN} | {"in-person"}
    assert set(STATUSES) == {each.value for each in Status if each is not Status.UNKNOWN} | {"postponed", "invited"}


@pytest.mark.parametrize("line", LINES)
def test_the_starting_file_shows_every_line(line: str) -> None:
    assert f" {line}:" in STARTER
