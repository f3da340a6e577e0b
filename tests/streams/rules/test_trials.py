"""The tests in rule files: what passes, what fails, and what is then said."""

from datetime import date

import pytest

from streams.rules.trials import Recognised, run_tests
from tests.streams.rules.world import compiled, meeting, rule, text
from wire.records import Form, Meeting, Reason

TOPIC = "topics: {uranium: {kk: [уран], pl: [uran], ar: [يورانيوم]}}"
TELEGRAM = Reason(code="telegram", text="a telegram")


def recognise(said: str, at: date) -> Recognised:
    """Return meetings by the words of a test: a small recogniser."""
    refused = (TELEGRAM,) if "жеделхат" in said else ()
    found: list[Meeting] = []
    if "кездесті" in said:
        found.append(meeting("UZ" if at.year > 2000 else "CN"))
    if "қоңырау" in said:
        found.append(meeting("UZ", form=Form.PHONE_CALL))
    title = said.index("\n") if "\n" in said else 0
    return Recognised(text(said), tuple(found), refused, title)


def outcomes(when: str, *tests: str, more: str = "") -> list[tuple[bool, str]]:
    """Return how the tests of a rule go."""
    lines = "".join(f"  - {test}\n" for test in tests)
    rules = compiled(rule(when=when, more=f"{more}\ntests:\n{lines}"))
    return [(each.passed, each.told) for each in run_tests(rules, recognise)]


@pytest.mark.parametrize(
    ("when", "test", "expected"),
    [
        ("{with: UZ}", "{match: Басшылар кездесті, at: 2024-08-08}", (True, "wanted")),
        ("{with: UZ}", "{match: Басшылар кездесті, at: 1999-08-08}", (False, "with: wanted UZ, found China")),
        ("{with: UZ}", "{match: Ауа райы жылы, at: 2024-08-08}", (False, "no meeting is recognised in it")),
        ("{with: UZ}", "{match: Басшыға жеделхат келді, at: 2024-08-08}", (False, "a telegram")),
        ("{with: CN}", "{no-match: Басшылар кездесті, at: 2024-08-08}", (True, "not wanted")),
        ("{with: CN}", "{no-match: Басшылар кездесті, at: 2024-08-08, because: with}", (True, "not wanted")),
        (
            "{with: CN}",
            "{no-match: Басшылар кездесті, at: 2024-08-08, because: form}",
            (False, "not wanted, but not because of form: because of with"),
        ),
        (
            "{with: CN}",
            "{no-match: Ауа райы жылы, at: 2024-08-08, because: sport}",
            (False, "not wanted, but not because of sport: because of nothing named"),
        ),
        ("{with: UZ}", "{no-match: Басшылар кездесті, at: 2024-08-08}", (False, "the rule wants it")),
        ("{with: UZ}", "{no-match: Басшыға жеделхат келді, at: 2024-08-08, because: telegram}", (True, "not wanted")),
        (
            "{with: UZ, form: visit}",
            "{no-match: қоңырау кездесті, at: 2024-08-08, because: [sport, form]}",
            (True, "not wanted"),
        ),
    ],
)
def test_outcomes(when: str, test: str, expected: tuple[bool, str]) -> None:
    assert outcomes(when, test) == [expected]


def test_because_not_is_an_exclusion() -> None:
    test = "{no-match: Басшылар кездесті, at: 2024-08-08, because: not}"
    assert outcomes("{with: UZ}", test, more="not: {kazakhstan: tokayev}") == [(True, "not wanted")]


def test_the_first_line_is_the_title() -> None:
    body = "Сапар аяқталды. Басшылар кездесті. Кездесу ұзақ болды."
    with_title = f'{{match: "Басшылар уран жайын айтты\\n{body}", at: 2024-08-08}}'
    assert outcomes("{about: uranium}", with_title, more=TOPIC) == [(True, "wanted")]


def test_only_the_rules_asked_for_are_tried() -> None:
    tests = "tests: [{match: Басшылар кездесті, at: 2024-08-08}]"
    rules = compiled(rule("one", "{with: UZ}", tests), rule("two", "{with: CN}", tests))
    assert [each.trial.rule for each in run_tests(rules, recognise, ["two"])] == ["two"]
    assert [each.passed for each in run_tests(rules, recognise)] == [True, False]
