"""Verdicts: which line holds, which fails, what was not given; and laws over many rules and meetings."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.rules.judge import explain, judge, judged, sight, why_not
from streams.rules.ruleset import RuleSet, numbers
from streams.rules.topics import Sighted
from tests.streams.rules.world import actor, compiled, meeting, rule, text
from wire.records import Evidence, FactState, Form, Level, Meeting, Place, Reason, Status, StatusDetail

KAZAKH = Sighted("kk")
TOPICS = "topics: {uranium: {kk: [уран], pl: [uran], ar: [يورانيوم]}}"


def wanted(when: str, told: Meeting, sighted: Sighted = KAZAKH, more: str = "") -> bool:
    """Return whether a rule wants a meeting; all three ways of asking must agree."""
    rules = compiled(rule(when=when, more=more))
    hits = judge(rules, told, sighted)
    verdict = explain(rules, rules.rules[0], told, sighted)
    assert bool(hits) is verdict.wanted is (why_not(rules, rules.rules[0], told, sighted) is None)
    return bool(hits)


def refusal(when: str, told: Meeting, sighted: Sighted = KAZAKH, more: str = "") -> Reason:
    """Return why a rule does not want a meeting."""
    rules = compiled(rule(when=when, more=more))
    found = why_not(rules, rules.rules[0], told, sighted)
    assert found
    return found


ASTANA = Place(country="KZ", city="astana")
DEPUTY = actor("UZ", "deputy-minister", Level.OTHER_OFFICIAL)

CASES = [
    ("{with: UZ}", meeting("UZ"), True),
    ("{with: central-asia}", meeting("KG"), True),
    ("{with: [CN, NO]}", meeting("NO"), True),
    ("{with: central-asia}", meeting("CN"), False),
    ("{with: EU}", meeting("EU"), True),
    ("{counterpart: head-of-state}", meeting(), True),
    ("{counterpart: deputy-minister}", meeting(counterpart=DEPUTY), True),
    ("{counterpart: minister}", meeting(counterpart=DEPUTY), False),
    ("{counterpart: minister}", meeting(counterpart=actor("UZ", "foreign-minister", Level.MINISTER)), True),
    (
        "{counterpart: mirziyoyev}",
        meeting(counterpart=actor("UZ", "head-of-state", Level.HEAD_OF_STATE, "mirziyoyev")),
        True,
    ),
    ("{counterpart: mirziyoyev}", meeting(), False),
    ("{kazakhstan: tokayev}", meeting(), True),
    ("{kazakhstan: foreign-minister}", meeting(), False),
    ("{form: in-person}", meeting(form=Form.VISIT), True),
    ("{form: in-person}", meeting(form=Form.VIDEO_CALL), False),
    ("{form: [phone-call, video-call]}", meeting(form=Form.PHONE_CALL), True),
    ("{status: held}", meeting(), True),
    ("{status: cancelled}", meeting(status=Status.CANCELLED, detail=StatusDetail.POSTPONED), True),
    ("{status: postponed}", meeting(status=Status.CANCELLED, detail=StatusDetail.POSTPONED), True),
    ("{status: postponed}", meeting(status=Status.CANCELLED), False),
    ("{status: invited}", meeting(invited=FactState.DONE), True),
    ("{status: invited}", meeting(invited=FactState.BACKGROUND), False),
    ("{status: invited}", meeting(), False),
    ("{place: astana}", meeting(place=ASTANA), True),
    ("{place: KZ}", meeting(place=ASTANA), True),
    ("{place: CN}", meeting(place=Place(city="beijing")), True),
    ("{place: tashkent}", meeting(place=ASTANA), False),
    ("{place: third-country}", meeting(place=Place(country="AE", city="dubai")), True),
    ("{place: third-country}", meeting(place=ASTANA), False),
    ("{place: third-country}", meeting(place=Place(country="UZ")), False),
    ("{place: third-country}", meeting(), False),
    ("{place: third-country}", meeting("EU", place=Place(country="BE")), False),
    ("{place: third-country}", meeting("UZ", place=Place(country="BE")), True),
    ("{with: UZ, form: visit}", meeting("UZ"), False),
    ("[{with: CN}, {form: meeting}]", meeting("UZ"), True),
]


@pytest.mark.parametrize(("when", "told", "expected"), CASES)
def test_lines(when: str, told: Meeting, expected: bool) -> None:
    assert wanted(when, told) is expected


@pytest.mark.parametrize(
    ("when", "told", "code", "text"),
    [
        ("{with: central-asia}", meeting("CN"), "with", "with: wanted central-asia, found China"),
        (
            "{place: [astana, tashkent]}",
            meeting(place=Place(country="KZ")),
            "place",
            "wanted astana or tashkent, city not given",
        ),
        ("{place: UZ}", meeting(), "place", "country not given"),
        ("{counterpart: mirziyoyev}", meeting(), "counterpart", "person not given"),
        ("{counterpart: envoy}", meeting(), "counterpart", "found head-of-state"),
        ("{with: UZ, form: visit, status: planned}", meeting(), "form", "form: wanted visit, found meeting"),
        ("{about: uranium}", meeting(), "about", "about: wanted uranium, not found"),
        ("[{with: CN, form: visit}, {with: UZ, form: visit}]", meeting(), "form", "found meeting"),
    ],
)
def test_why_not_is_the_first_failing_line_of_the_nearest_block(when: str, told: Meeting, code: str, text: str) -> None:
    found = refusal(when, told, more=TOPICS if "about" in when else "")
    assert (found.code, text in found.text) == (code, True), found


def test_what_is_not_given_holds_neither_in_when_nor_in_not() -> None:
    assert not wanted("{place: third-country}", meeting())
    assert wanted("{with: UZ}", meeting(), more="not: {place: third-country}")


def test_an_exclusion_says_what_it_found() -> None:
    found = refusal("{with: central-asia}", meeting("UZ", place=ASTANA), more="not: {place: KZ}")
    assert (found.code, found.text) == ("not", "not: place: astana (KZ)")


def test_topics_are_set_against_about_and_mentions() -> None:
    about, listed = (
        Sighted("kk", {0: (5, 9)}, {0: (5, 9)}),
        Sighted("kk", {}, {0: (5, 9)}, {0: "in a list of things only"}),
    )
    assert wanted("{about: uranium}", meeting(), about, TOPICS)
    assert wanted("{mentions: uranium}", meeting(), listed, TOPICS)
    assert not wanted("{about: uranium}", meeting(), listed, TOPICS)
    found = refusal("{about: uranium}", meeting(), listed, TOPICS)
    assert (found.text, found.start, found.end) == (
        "about: wanted uranium, found uranium in a list of things only",
        5,
        9,
    )


def test_a_rule_of_one_language_reads_that_alone() -> None:
    assert wanted("{with: UZ}", meeting(), more="language: [kk]")
    assert not wanted("{with: UZ}", meeting(), Sighted("pl"), more="language: [kk]")
    assert (
        refusal("{with: UZ}", meeting(), Sighted("pl"), more="language: [kk]").text
        == "language: wanted kk, found Polish"
    )


def test_a_hit_says_which_words_hold_each_line() -> None:
    proof = [
        Evidence(article="a", start=3, end=8, quote="Q", about="place"),
        Evidence(article="a", start=9, end=12, quote="Q", about="form"),
    ]
    rules = compiled(rule(when="{with: central-asia, form: in-person, place: astana, about: uranium}", more=TOPICS))
    told = meeting("UZ", place=ASTANA, evidence=proof)
    [hit] = judge(rules, told, Sighted("kk", {0: (20, 24)}, {0: (20, 24)}))
    assert [(each.code, each.text, each.start, each.end) for each in hit.reasons] == [
        ("with", "with: Uzbekistan (central-asia)", None, None),
        ("form", "form: meeting (in-person)", 9, 12),
        ("place", "place: astana", 3, 8),
        ("about", "about: uranium", 20, 24),
    ]


def test_follow_is_that_of_the_blocks_that_hold() -> None:
    rules = compiled(rule(when="[{with: UZ}, {status: planned, follow: true}]"))
    assert [hit.follow for hit in judge(rules, meeting(), KAZAKH)] == [False]
    assert [hit.follow for hit in judge(rules, meeting(status=Status.PLANNED), KAZAKH)] == [True]


# --- laws

PARTNERS = ("UZ", "KG", "CN", "NO", "EU")
LINES = {
    "with": ("UZ", "KG", "CN", "EU", "central-asia"),
    "counterpart": ("head-of-state", "minister", "deputy-minister", "mirziyoyev", "foreign-minister"),
    "kazakhstan": ("head-of-state", "tokayev", "minister"),
    "form": ("in-person", "meeting", "visit", "phone-call"),
    "status": ("held", "planned", "cancelled", "postponed", "invited"),
    "place": ("KZ", "astana", "UZ", "third-country", "BE"),
    "about": ("uranium",),
    "mentions": ("uranium",),
}
_actors = st.sampled_from([
    actor("UZ", "head-of-state", Level.HEAD_OF_STATE, "mirziyoyev"),
    actor("UZ", "foreign-minister", Level.MINISTER),
    actor("UZ", "deputy-minister", Level.OTHER_OFFICIAL),
])  # fmt: skip
_places = st.sampled_from(
    [None, ASTANA, Place(country="KZ"), Place(country="UZ"), Place(country="BE", city="brussels")]
)
_meetings = st.builds(
    meeting,
    st.sampled_from(PARTNERS),
    form=st.sampled_from([Form.MEETING, Form.VISIT, Form.PHONE_CALL]),
    status=st.sampled_from([Status.HELD, Status.PLANNED, Status.CANCELLED]),
    detail=st.sampled_from([None, StatusDetail.POSTPONED]),
    place=_places,
    counterpart=_actors,
    invited=st.sampled_from([None, FactState.DONE]),
)
_sighted = st.sampled_from(
    [KAZAKH, Sighted("kk", {0: (1, 2)}, {0: (1, 2)}), Sighted("pl", {}, {0: (1, 2)}, {0: "in a list"})]
)
_blocks = st.dictionaries(
    st.sampled_from(list(LINES)), st.none(), min_size=1, max_size=4
).flatmap(
    lambda lines: st.fixed_dictionaries(
        {line: st.lists(st.sampled_from(LINES[line]), min_size=1, max_size=3, unique=True) for line in lines}
    )
)  # fmt: skip
_rules = st.tuples(st.lists(_blocks, min_size=1, max_size=3), st.lists(_blocks, max_size=2))


def flow(block: dict[str, list[str]]) -> str:
    """Return a block as YAML in flow style."""
    return "{" + ", ".join(f"{line}: [{', '.join(words)}]" for line, words in block.items()) + "}"


def as_file(id: str, when: list[dict[str, list[str]]], unless: list[dict[str, list[str]]]) -> str:
    """Return a rule's text; the topic is there when it is used."""
    more = f"not: [{', '.join(map(flow, unless))}]\n" if unless else ""
    if any(line in ("about", "mentions") for block in (*when, *unless) for line in block):
        more += TOPICS
    return rule(id, f"[{', '.join(map(flow, when))}]", more)


def set_of(*files: str) -> RuleSet | None:
    """Return the compiled set; None for rules that the linter refuses."""
    from wire.files import Problems

    try:
        return compiled(*files)
    except Problems:
        return None


@given(st.lists(_rules, min_size=1, max_size=4), _meetings, _sighted)
def test_the_index_finds_what_weighing_every_rule_finds(
    drawn: list[tuple[list[dict[str, list[str]]], list[dict[str, list[str]]]]], told: Meeting, sighted: Sighted
) -> None:
    good = [each for n, (when, unless) in enumerate(drawn) if set_of(each := as_file(f"r{n}", when, unless))]
    rules = set_of(*good)
    if rules is None:
        return
    sighted = sighted if rules.topics else Sighted(sighted.language)
    by_hand = [each.id for each in rules.rules if explain(rules, each, told, sighted).wanted]
    assert [hit.rule for hit in judge(rules, told, sighted)] == by_hand


@given(_rules, _rules, _meetings, _sighted)
def test_adding_a_rule_never_changes_anothers_verdict(
    one: tuple[list[dict[str, list[str]]], list[dict[str, list[str]]]],
    other: tuple[list[dict[str, list[str]]], list[dict[str, list[str]]]],
    told: Meeting,
    sighted: Sighted,
) -> None:
    alone, both = set_of(as_file("b", *one)), set_of(as_file("a", *other), as_file("b", *one))
    if alone is None or both is None:
        return
    quiet = Sighted(sighted.language)
    before = judge(alone, told, sighted if alone.topics else quiet)
    after = judge(both, told, sighted if both.topics else quiet)
    assert tuple(hit for hit in after if hit.rule == "b") == before


@given(_blocks, _meetings, _sighted)
def test_not_is_the_complement_where_all_is_known(block: dict[str, list[str]], told: Meeting, sighted: Sighted) -> None:
    plain = set_of(as_file("r", [block], []))
    everything = {"status": ["held", "planned", "cancelled"]}
    without = set_of(as_file("r", [everything], [block]))
    if plain is None or without is None:
        return
    sighted = sighted if plain.topics else Sighted(sighted.language)
    assert bool(judge(plain, told, sighted)) is not bool(judge(without, told, sighted))


@given(st.lists(_blocks, min_size=2, max_size=2), _meetings, _sighted)
def test_blocks_are_or_whatever_their_order(drawn: list[dict[str, list[str]]], told: Meeting, sighted: Sighted) -> None:
    sets = [set_of(as_file("r", list(order), [])) for order in itertools.permutations(drawn)]
    alone = [set_of(as_file("r", [block], [])) for block in drawn]
    if None in (*sets, *alone):
        return

    def wants(rules: RuleSet) -> bool:
        return bool(judge(rules, told, sighted if rules.topics else Sighted(sighted.language)))

    assert {wants(each) for each in sets if each} == {any(wants(each) for each in alone if each)}


@given(
    st.lists(st.sampled_from(["уран", "транзит", "мәдениет", "сауда,", "және", "кеше.", "келісті"]), max_size=24),
    st.lists(_meetings, max_size=3),
)
def test_weighing_only_what_is_asked_for_changes_no_judgement(words: list[str], told: list[Meeting]) -> None:
    topics = "topics: {u: {kk: [уран]}, t: {kk: [транзит]}, m: {kk: [мәдениет]}}"
    rules = compiled(
        rule("a", "[{with: UZ, about: u}, {form: visit, mentions: t}]", f"language: kk\n{topics}\nnot: {{about: m}}"),
        rule("b", "{status: held, about: [t, u]}", f"language: kk\n{topics.replace(', m: {kk: [мәдениет]}', '')}"),
        rule("c", "{with: [CN, UZ]}"),
    )
    read = text(" ".join(words))
    sighted = sight(rules, read)
    assert judged(rules, told, read) == tuple(judge(rules, each, sighted) for each in told)


@given(st.sets(st.integers(0, 400), max_size=8) | st.sets(st.integers(0, 400), min_size=33, max_size=60))
def test_numbers_are_those_of_the_bits_few_or_many(bits: set[int]) -> None:
    assert list(numbers(sum(1 << bit for bit in bits))) == sorted(bits)
