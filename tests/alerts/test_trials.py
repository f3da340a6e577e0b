"""The tests that a desks.yaml brings along, and every fault of the file at once."""

import pytest

from alerts.desks import load_text
from alerts.trials import failures, told
from wire.files import Problems

DESKS = """\
receivers:
  a: {url: 'json://a', frame: kk, zone: Asia/Almaty, quiet: {from: 22:00, to: 07:00, flash: true}}
  b: {url: 'json://b', frame: pl, zone: Europe/Warsaw, digest: {at: [08:00, 18:00]}}
  c: {url: 'json://c', frame: ar, kinds: [status-change]}
desks: {asia: [a], europe: [b, c]}
default: [asia]
operators: [a]
tests:
  - alert: {country: UZ}
    at: 2026-11-24T23:30+05:00
    to: {a: 2026-11-25T07:00}
  - alert: {country: UZ, priority: flash, desks: [asia, europe]}
    at: 2026-11-24T23:30+05:00
    to: {a: at once, b: at once}
  - alert: {country: PL, desks: [europe]}
    at: 2026-11-24T12:00+01:00
    to: {b: 2026-11-24T18:00}
"""


def test_a_file_whose_tests_say_what_happens() -> None:
    file = load_text(DESKS)
    assert list(failures(file)) == []
    assert told(file.desks.tests[0], file.desks) == {"a": "2026-11-25T07:00"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("to: {a: 2026-11-25T07:00}", "to: {a: at once}", "a is told 2026-11-25T07:00, not at once"),
        ("to: {a: 2026-11-25T07:00}", "to: {b: at once}", "does not reach b"),
        ("to: {b: 2026-11-24T18:00}", "to: {}", "reaches b as well, 2026-11-24T18:00"),
    ],
)
def test_what_goes_otherwise_is_told_with_its_line_and_what_would_be_right(old: str, new: str, said: str) -> None:
    found = [str(each) for each in failures(load_text(DESKS.replace(old, new, 1)))]
    assert any(said in each for each in found), found
    assert all("as the file stands: to: {" in each for each in found)
    assert all(each.startswith("desks.yaml:") for each in found)


def test_faults_of_every_kind_are_told_together_each_with_its_line() -> None:
    """Wrong types, unknown keys, names without a bearer, times that are none: one reading finds them all."""
    with pytest.raises(Problems) as caught:
        load_text(
            "receivers:\n"
            "  a: {url: 'json://a', frame: kz}\n"
            "  b: {url: 'json://b', frame: kk, quiet: {from: 22.00, to: 7}, zone: Mars}\n"
            "  c: {url: 'json://c', frame: kk, agenda: noon, group: {wait: soon}, rate: often}\n"
            "  d: {url: 'json://d', frame: kk, digest: {at: [25:00]}, silent: nowhere, throttle: 99}\n"
            "desks: {asia: [a, bb], europe: []}\n"
            "operators: [cc]\n"
            "default: [asai]\n"
            "routes: [{match: {country: uz}, desks: [asiaa]}, {match: {kind: fist}}]\n"
            "tests:\n"
            "  - {alert: {country: UZ}, at: tomorrow, to: {zz: at once, b: later}}\n"
        )
    said = str(caught.value)
    found = {int(line.split(":")[1]) for line in said.splitlines()}
    assert found >= {2, 3, 4, 5, 6, 7, 8, 9}
    for words in ("'kz'", "'bb'", "'europe' has no receiver", "'cc'", "did you mean 'asia'?", "'Mars' is no time zone",
                  "'noon' is no time of day", "'soon' is no length of time", "'often' is no rate"):  # fmt: skip
        assert words in said, (words, said)
