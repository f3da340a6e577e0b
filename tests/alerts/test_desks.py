"""Routing: who hears an alert and why; and every fault of a desks.yaml at once, with its line."""

from pathlib import Path
from typing import Any

import pytest

from alerts.desks import load, load_text
from alerts.lines import Desks
from alerts.rates import Rate
from alerts.routing import Routing, routing
from tests.alerts import samples
from wire.files import Problems
from wire.records import AlertKind, Country, Priority

ROOT = Path(__file__).parents[2]
DESKS = """
receivers:
  a: {url: 'json://a', frame: kk}
  b: {url: 'json://b', frame: pl, kinds: [update], rate: 18/min}
  c: {url: 'json://c', frame: ar, zone: Asia/Riyadh}
  ops: {url: 'json://ops', frame: en}
desks: {asia: [a], europe: [b], gulf: [c], all: [a, b, c]}
default: [europe]
operators: [ops]
"""


def desks(routes: str = "") -> Desks:
    return load_text(DESKS + routes).desks


def names(routed: Routing) -> list[str]:
    return [each.receiver for each in routed.destinations]


def test_the_shipped_file_is_right() -> None:
    shipped = load(ROOT / "config" / "desks.yaml").desks
    assert {"asia", "europe", "gulf", "diplomacy"} <= set(shipped.desks)
    assert shipped.default
    assert {each.frame for each in shipped.receivers.values()} == {"kk", "pl", "ar", "en"}


def test_rules_name_desks() -> None:
    routed = routing(samples.alert(desks=("asia", "gulf")), desks())
    assert names(routed) == ["a", "c"]
    assert routed.destinations[0].reasons[0].code == "rule"


def test_a_receiver_of_two_desks_hears_once_and_knows_both_reasons() -> None:
    (a, *_) = routing(samples.alert(desks=("asia", "all")), desks()).destinations
    assert a.receiver == "a"
    assert len(a.reasons) == 2


def test_what_nobody_takes_goes_to_the_default_and_without_one_to_all() -> None:
    nobody = samples.alert(desks=())
    assert names(routing(nobody, desks())) == ["b"]
    assert names(routing(nobody, load_text(DESKS.replace("default: [europe]\n", "")).desks)) == ["a", "b", "c"]


def test_an_unknown_desk_is_reported_and_the_alert_is_not_lost() -> None:
    routed = routing(samples.alert(desks=("asai",)), desks())
    assert routed.unknown == ("asai",)
    assert names(routed) == ["b"]


def test_the_first_route_takes_it_unless_it_says_continue() -> None:
    first = "routes: [{match: {country: UZ}, desks: [gulf]%s}, {match: {country: [UZ, TJ]}, desks: [europe]}]"
    assert names(routing(samples.alert(desks=()), desks(first % ""))) == ["c"]
    assert names(routing(samples.alert(desks=()), desks(first % ", continue: true"))) == ["c", "b"]


def test_a_branch_takes_what_none_of_its_own_branches_takes() -> None:
    tree = """routes:
  - match: {country: UZ}
    desks: [asia]
    routes:
      - match: {priority: flash}
        desks: [gulf]
"""
    assert names(routing(samples.alert(desks=(), priority=Priority.FLASH), desks(tree))) == ["c"]
    assert names(routing(samples.alert(desks=(), priority=Priority.ROUTINE), desks(tree))) == ["a"]


@pytest.mark.parametrize(
    ("match", "more", "taken"),
    [
        ("rule: ca", {}, True),
        ("rule: [other]", {}, False),
        ("country: UZ", {}, True),
        ("country: [TJ, TM]", {}, False),
        ("priority: [urgent, flash]", {}, True),
        ("language: kk", {}, True),
        ("language: pl", {}, False),
        ("kind: status-change", {"kind": AlertKind.STATUS_CHANGE}, True),
        ("kind: first, country: TJ", {}, False),
    ],
)
def test_lines_of_a_match_are_and_a_list_is_or(match: str, more: dict[str, Any], taken: bool) -> None:
    routed = routing(samples.alert(desks=(), **more), desks(f"routes: [{{match: {{{match}}}, desks: [gulf]}}]"))
    assert names(routed) == (["c"] if taken else ["b"])


def test_norway_is_a_country() -> None:
    norway = samples.alert(desks=(), partner=Country(code="NO", names=samples.UZ.names))
    assert names(routing(norway, desks("routes: [{match: {country: NO}, desks: [gulf]}]"))) == ["c"]


def test_a_receiver_says_what_it_wants() -> None:
    receivers = desks().receivers
    assert receivers["a"].wanted == {AlertKind.FIRST, AlertKind.STATUS_CHANGE, AlertKind.CORRECTION}
    assert receivers["b"].wanted == {AlertKind.UPDATE}
    assert receivers["b"].own_rate == Rate(18, 60)
    assert receivers["a"].own_rate is None


def test_every_fault_is_reported_at_once_with_its_line() -> None:
    with pytest.raises(Problems) as caught:
        load_text(
            "receivers:\n"
            "  a: {url: 'json://a', frame: kz}\n"
            "  b: {url: 'json://b', frame: kk, kinds: [fist]}\n"
            "desks: {asia: [a]}\n"
            "operatos: [a]\n"
            "routes: [{match: {countri: UZ}, desks: [asia]}]\n"
        )
    said = str(caught.value)
    assert [line in said for line in (":2:", ":3:", ":5:", ":6:")] == [True] * 4
    assert "'operators'?" in said
    assert "did you mean 'first'?" in said


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("asia: [a]", "asia: [aa]", "there is no receiver 'aa'"),
        ("asia: [a]", "asia: []", "desk 'asia' has no receiver"),
        ("[europe]", "[europa]", "there is no desk 'europa' (did you mean 'europe'?)"),
        ("operators: [ops]", "operators: []", "'operators' is empty"),
        ("operators: [ops]", "operators: [a]", "receiver 'ops' is in no desk"),
        ("Asia/Riyadh", "Asia/Riyad", "'Asia/Riyad' is no time zone"),
        ("18/min", "18 a minute", "'18 a minute' is no rate"),
        ("kinds: [update]", "kinds: []", "wants no kind of alert"),
        ("json://c", "c", "is no Apprise URL"),
        ("default:", "routes: [{match: {country: UZ}}]\ndefault:", "this route leads nowhere"),
        ("default:", "routes: [{match: {country: uz}, desks: [asia]}]\ndefault:", "'uz' is no country code"),
        ("default:", "routes: [{desks: [x]}]\ndefault:", "there is no desk 'x'"),
    ],
)
def test_what_no_single_line_shows_is_a_problem_too(old: str, new: str, words: str) -> None:
    with pytest.raises(Problems) as caught:
        load_text(DESKS.replace(old, new, 1))
    assert words in str(caught.value)
