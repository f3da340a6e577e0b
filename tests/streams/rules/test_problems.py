"""Every fault of a rule file is a Problem with its line, its column and the mend; all at once."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.rules.schema import LINES
from tests.streams.rules.world import KNOWN, problems, rule
from wire.files import read_text

TOPIC = "topics: {uranium: {kk: [уран], pl: [uran], ar: [يورانيوم]}}"

# (when, further lines, line of the fault, what it says, what the mend says); `when:` stands on line 5
FAULTS = [
    ("{with: [Uzbekistan]}", "", 5, "unknown country or group 'Uzbekistan'", "write UZ"),
    ("{with: [uz]}", "", 5, "unknown country or group 'uz'", "write UZ"),
    ("{with: [central-azia]}", "", 5, "unknown country or group", "central-asia"),
    ("{with: [KZ]}", "", 5, "can never hold: Kazakhstan", "name the other side"),
    ("{with: [alone]}", "", 5, "nobody but Kazakhstan is in 'alone'", "another group"),
    ("{with: [UZ, UZ]}", "", 5, "'UZ' stands here twice", "keep one"),
    ("{with: []}", "", 5, "with: names nothing", "remove the line"),
    ("{counterpart: [foreign-ministr]}", "", 5, "unknown level, office or person", "foreign-minister"),
    ("{counterpart: [tokayev]}", "", 5, "can never hold: 'tokayev' is of Kazakhstan", "kazakhstan:"),
    ("{kazakhstan: [xi-jinping]}", "", 5, "can never hold: 'xi-jinping' is not of Kazakhstan", "counterpart:"),
    ("{with: UZ, counterpart: [xi-jinping]}", "", 5, "can never hold: xi-jinping of CN, with: UZ", "mend"),
    ("{form: [call]}", "", 5, "unknown form 'call'", "phone-call"),
    ("{form: [in_person]}", "", 5, "unknown form 'in_person'", "write in-person"),
    ("{status: [canceled]}", "", 5, "unknown status 'canceled'", "cancelled"),
    ("{place: [Astana]}", "", 5, "unknown country or city 'Astana'", "write astana"),
    ("{place: [central-asia]}", "", 5, "unknown country or city", "groups stand under with:"),
    ("{place: astana, form: [phone-call]}", "", 5, "can never hold: a call has no place", "in-person"),
    ("{about: [uranum]}", TOPIC, 5, "unknown topic 'uranum'", "uranium"),
    ("{about: [uranium]}", "", 5, "unknown topic 'uranium'", "topics:"),
    ("{with: UZ}", TOPIC, 6, "topic 'uranium' is used by no rule", "use it or remove it"),
    ("{about: x}", "topics: {x: {kk: [уран]}}", 5, "no words in pl, ar", "language: [kk]"),
    ("{about: x}", "language: pl\ntopics: {x: {kk: [уран]}}", 5, "no words in pl", "add them"),
    ("{about: x}", "topics: {x: {kk: [], pl: [], ar: []}}", 6, "topic 'x' has no words", "add kk:"),
    (
        "{about: x}",
        "topics: {x: {kk: [uran, уран], pl: [уран], ar: [نفط]}}",
        6,
        "'уран' is not written as Polish",
        "own",
    ),
    ("{about: x}", "topics: {x: {kk: [у], pl: [uran], ar: [نفط]}}", 6, "'у' is too short", "whole word"),
    ("{about: x}", "topics: {x: {kk: [уран, уран], pl: [uran], ar: [نفط]}}", 6, "'уран' stands here twice", "keep one"),
    (
        "{about: x}",
        "topics: {x: {kk: [уран], pl: ['rozmowy o dostawach uranu do nowych elektrowni'], ar: [نفط]}}",
        6,
        "is a sentence",
        "at most 5 words",
    ),
    ("{about: x}", "topics: {x: {kk: [уран], pl: [uran], ar: [نفط], ru: [уран]}}", 6, "unknown key 'ru'", ""),
    ("{}", "", 5, "has no line and would hold for every meeting", "status:"),
    ("[]", "", 5, "is an empty list and can never hold", "block"),
    ("{with: UZ}", "not: {with: [central-asia]}", 6, "excludes all that when: wants", "narrow"),
    ("[{with: UZ}, {with: CN}]", "not: {with: UZ}", 5, "is excluded whole by not:", "remove one"),
    ("{with: UZ}", "not: {with: CN}", 6, "excludes nothing that when: wants", "remove it"),
    ("{with: UZ}", "not: {form: visit, follow: true}", 6, "unknown key 'follow'", ""),
    ("{with: UZ, countrpart: minister}", "", 5, "unknown key 'countrpart'", "counterpart"),
    ("{with: UZ}", "language: de", 6, "unknown language 'de'", "kk, pl or ar"),
    ("{with: UZ}", "not:", 6, "nothing stands here", "remove the line"),
    ("{with: UZ}", "tests:", 6, "nothing stands here: expected a list", "remove the line"),
    ("{with: UZ}", "follow: yes", 6, "'yes' does not fit here: expected true or false", ""),
    ("{with: false}", "", 5, "false does not fit here: expected text", "put it in quotes"),
    ("{with: no}", "", 5, "unknown country or group 'no'", "write NO"),
    ("{with: Польша}", "", 5, "unknown country or group 'Польша'", "write PL"),
    ("{with: Полша}", "", 5, "unknown country or group 'Полша'", "did you mean PL?"),
    ("{counterpart: Цзиньпин}", "", 5, "unknown level, office or person", "did you mean xi-jinping?"),
    ("{with: UZ and KG}", "", 5, "unknown country or group 'UZ and KG'", "write [UZ, KG]"),
    ("{with: '\u201cUZ\u201d'}", "", 5, "unknown country or group", "write UZ"),
    ("{with: '\u0421N'}", "", 5, "unknown country or group", "write CN"),
    ("{with: '\u041aZZ'}", "", 5, "unknown country or group", "letter 1, is Cyrillic"),
    ("{counterpart: president}", "", 5, "unknown level, office or person", "write head-of-state"),
    ("{counterpart: xi jinping}", "", 5, "unknown level, office or person", "write xi-jinping"),
    ("{counterpart: head-of-state envoy}", "", 5, "unknown level", "write [head-of-state, envoy]"),
    ("{place: Ташкент}", "", 5, "unknown country or city 'Ташкент'", "write tashkent"),
    ("{about: '\u0445'}", "topics: {x: {kk: уран, pl: uran, ar: نفط}}", 5, "unknown topic", "topics:"),
    ("{about: x}", "topics: {x: [уран]}", 6, "does not fit here: expected a block of lines", ""),
    ("{about: x}", "topics: {x: {kk: [], pl: uran, ar: نفط}}", 5, "no words in kk", "add them on line 6"),
    (
        "{about: x}",
        "topics: {x: {kk: уран, pl: 'uran.*', ar: نفط}}",
        6,
        "holds '*': patterns are not",
        "every inflected",
    ),
    ("{about: x}", "topics: {x: {kk: tranzyt, pl: tranzyt, ar: نفط}}", 6, "and is no Kazakh word", "Kazakh newsrooms"),
    ("{with: UZ}", "form: visit", 6, "unknown key 'form'", "below when:"),
    ("{with: UZ}", "hidden: true", 6, "unknown key 'hidden'", ""),
    ("{with: UZ}", "tests: [{match: A}]", 6, "'at' is missing", "at:"),
    ("{with: UZ}", "tests: [{match: A, at: yesterday}]", 6, "'yesterday' does not fit here", ""),
    ("{with: UZ}", "tests: [{match: A, at: 2024-02-30}]", 6, "expected a day that exists, such as 2024-08-08", ""),
    ("{with: UZ}", "tests: [{match: A, at: 2024}]", 6, "expected a day such as 2024-08-08", ""),
    ("{with: UZ}", "tests: [{at: 2024-08-08}]", 6, "either match: or no-match:", "keep one"),
    ("{with: UZ}", "tests: [{match: A, no-match: B, at: 2024-08-08}]", 6, "either match: or no-match:", "keep one"),
    ("{with: UZ}", "tests: [{match: ' ', at: 2024-08-08}]", 6, "match: has no text", "sentence"),
    ("{with: UZ}", "tests: [{match: A, at: 2024-08-08, because: with}]", 6, "goes with no-match: only", "remove"),
    ("{with: UZ}", "tests: [{no-match: A, at: 2024-08-08, because: wiht}]", 6, "unknown reason 'wiht'", "with"),
]


@pytest.mark.parametrize(("when", "more", "line", "what", "mend"), FAULTS)
def test_each_fault_is_one_problem_on_its_line(when: str, more: str, line: int, what: str, mend: str) -> None:
    found = problems(rule(when=when, more=more))
    assert len(found) == 1, found
    assert (found[0].line, what in found[0].what, mend in found[0].mend) == (line, True, True), found[0]


def test_the_column_is_that_of_the_word() -> None:
    assert problems(rule(when="{with: [UZ, XX]}"))[0][1:3] == (5, 19)


def test_a_letter_nobody_sees_is_told() -> None:
    found = problems(rule("uzb\u0435k"))
    assert [(each.line, "letter 4, is Cyrillic" in each.mend) for each in found] == [(1, True)]


def test_lines_that_are_not_below_when_are_told_so() -> None:
    found = problems(rule(when="", more="with: UZ\nabout: x\ntopics: {x: {kk: уран, pl: uran, ar: نفط}}"))
    assert [(each.line, each.what) for each in found] == [
        (5, "nothing stands here: expected a block of lines (key: value) or a list"),
        (6, "unknown key 'with'"),
        (7, "unknown key 'about'"),
    ]
    assert all("below when:" in each.mend for each in found[1:])


def test_all_faults_of_all_files_come_at_once() -> None:
    first = "id: Bad Id\ntitle: ''\npriority: loud\ndesks: [azia]\nwhen: {with: [ZZ], spice: hot}\n"
    second = rule(when="{with: UZ}").replace("title: A rule\n", "")
    found = problems(first, second)
    assert {(problem.file, problem.line) for problem in found} == {
        ("0.yaml", 1), ("0.yaml", 2), ("0.yaml", 3), ("0.yaml", 4), ("0.yaml", 5), ("1.yaml", 1),
    }  # fmt: skip
    assert len(found) == 7
    assert found == sorted(found)


def test_an_id_is_one_rules_own() -> None:
    found = problems(rule(when="{with: UZ}"), "\n" + rule(when="{with: CN}"))
    assert [(each.file, each.line, each.what) for each in found] == [
        ("1.yaml", 2, "id 'a-rule' is already that of 0.yaml:1")
    ]


def test_a_key_said_twice_in_a_rule_is_no_silent_choice() -> None:
    _, found = read_text(rule(more="priority: flash\n"), "0.yaml")
    assert [(each.file, each.line) for each in found] == [("0.yaml", 6)]
    assert "priority" in found[0].what
    assert found[0].mend


def test_a_rule_said_twice_for_the_same_desk_is_shadowed() -> None:
    found = problems(rule("one", "{with: [UZ, KG]}"), rule("two", "{with: [central-asia]}"))
    assert [(each.file, each.line) for each in found] == [("1.yaml", 5)]
    assert "to the letter what 'one' says (0.yaml:1)" in found[0].what


def test_another_desk_may_say_the_same() -> None:
    assert problems(rule("one"), rule("two").replace("[asia]", "[europe]")) == []


def test_unknown_desks_are_found_only_where_desks_are_known() -> None:
    yaml = rule().replace("[asia]", "[azia]")
    assert [(each.line, each.mend) for each in problems(yaml)] == [(4, "did you mean 'asia'?")]
    assert problems(yaml, known=KNOWN._replace(desks=None)) == []


def test_reasons_are_checked_only_where_they_are_known() -> None:
    yaml = rule(more="tests: [{no-match: A, at: 2024-08-08, because: moonlight}]")
    assert problems(yaml, known=KNOWN._replace(refusals=None)) == []


def test_named_topics_are_linted_too() -> None:
    named = read_text("uranium:\n  kk: [уран]\n  pl: [uran]\n  ar: [uran]\n", "topics.yaml")[0]
    found = problems(rule(when="{about: uranium}"), known=KNOWN._replace(named=named))
    assert [(each.file, each.line) for each in found] == [("topics.yaml", 4)]


def test_a_rule_of_one_language_needs_words_in_that_alone() -> None:
    assert problems(rule(when="{about: x}", more="language: kk\ntopics: {x: {kk: уран}}")) == []


@pytest.mark.parametrize("yaml", ["", "[]", "just text", "- just text", "12", "- [1, 2]"])
def test_what_is_no_rule_says_so(yaml: str) -> None:
    assert len(problems(yaml)) == 1


@pytest.mark.parametrize(
    "yaml",
    [
        "{when: [[1], 2, {with: {a: b}}], not: 7, topics: [a], tests: {a: 1}, language: [[kk]]}",
        "[{topics: {x: 3}}, null]",
    ],
)
def test_odd_shapes_are_problems_never_errors(yaml: str) -> None:
    assert len(problems(yaml)) > 1


TOP = ("id", "title", "priority", "desks", "when", "not", "language", "follow", "topics", "tests")
INNER = ("kk", "pl", "ar", "match", "no-match", "at", "because", "uranium", "spice")
_keys = st.sampled_from((*TOP, *LINES, *INNER))
_leaves = st.sampled_from(
    [
        "UZ",
        "central-asia",
        "held",
        "uranium",
        "уран",
        "kk",
        "asia",
        "2024-08-08",
        "",
        " ",
        0,
        1.5,
        True,
        None,
        "urgent",
        "KZ",
    ]
)
_anything = st.recursive(
    _leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=6), max_leaves=30
)


@given(_anything)
def test_whatever_is_written_there_are_problems_or_rules_never_errors(written: object) -> None:
    for problem in problems(msgspec.yaml.encode(written).decode()):
        assert problem.line >= 1
        assert problem.what


@given(st.text(max_size=200))
def test_whatever_text_is_given_there_are_problems(written: str) -> None:
    assert problems(written)
