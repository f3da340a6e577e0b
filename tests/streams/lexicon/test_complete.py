"""The states met most are known without a gap; a gap is found, to the day, and forgiven where it is a vacancy."""

from datetime import date
from pathlib import Path

import pytest

from streams.lexicon.complete import DUTIES, Gap, gaps, unnamed
from streams.lexicon.files import Files, load_files

SHIPPED = Path(__file__).parents[3] / "config" / "lexicon"
TODAY = date(2024, 6, 1)
HEAD, MINISTER, SPEAKER = "head-of-state", "foreign-minister", "speaker"


def files(tmp_path: Path, terms: str, country: str = "code: UZ") -> Files:
    """Return a lexicon of one state that is closest, and one person in it who holds these terms."""
    texts = {
        "countries": f"countries: [{{{country}}}]\ngroups: {{closest: [UZ]}}",
        "people": "people: [{id: one, country: UZ, en: One, kk: [Бір], pl: [Jeden], ar: [واحد],"
        f" holds: [{terms}, {{office: speaker, from: 2010-01-01}}]}}]",
        "cities": "cities: []",
        "offices": "offices: []",
        "organisations": "organisations: []",
        "words": "signs: []",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_files(tmp_path)


def minister(*terms: str) -> str:
    return ", ".join(f"{{office: foreign-minister, {term}}}" for term in terms)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["from: 2018-05-01"], []),
        (["from: 2018-05-01, to: 2020-01-01", "from: 2020-02-15"], []),
        (["from: 2018-05-01, to: 2020-01-01", "from: 2020-05-01"], [("2020-01-01", "2020-05-01")]),
        (["from: 2020-05-01", "from: 2018-05-01, to: 2020-01-01"], [("2020-01-01", "2020-05-01")]),
        (["from: 2018-05-01, to: 2023-01-01", "from: 2019-01-01, to: 2020-01-01"], [("2023-01-01", "2024-06-01")]),
        (["from: 2019-06-01"], [("2019-01-01", "2019-06-01")]),
        (["from: 2012-01-01, to: 2015-01-01"], [("2019-01-01", "2024-06-01")]),
        (["from: 2018-05-01, to: 2024-05-15"], []),
        (["from: 2018-05-01, to: 2024-01-15", "from: 2025-01-01"], [("2024-01-15", "2024-06-01")]),
    ],
)
def test_a_gap_is_the_days_that_no_term_covers(tmp_path: Path, terms: list[str], expected: list[object]) -> None:
    found = gaps(files(tmp_path, minister(*terms)), TODAY)
    assert [(str(gap.start), str(gap.end)) for gap in found] == expected


def test_an_office_that_a_state_lacks_leaves_no_gap(tmp_path: Path) -> None:
    none = "code: UZ, without: [{office: foreign-minister, to: 2020-01-01}]"
    found = gaps(files(tmp_path, minister("from: 2020-06-01"), none), TODAY)
    assert found == [Gap("UZ", MINISTER, date(2020, 1, 1), date(2020, 6, 1))]
    assert str(found[0]) == "UZ has no foreign-minister from 2020-01-01 to 2020-06-01"


def test_a_state_met_often_needs_a_capital_and_its_adjectives(tmp_path: Path) -> None:
    named = "code: UZ, kk: {adj: [өзбек]}, pl: {adj: [uzbecki]}"
    assert list(unnamed(files(tmp_path, minister("from: 2018-05-01"), named))) == [("UZ", "capital"), ("UZ", "ar.adj")]


def test_the_shipped_lexicon_knows_the_states_met_most() -> None:
    shipped = load_files(SHIPPED)
    assert set(DUTIES) <= set(shipped.countries.groups)
    assert len(set(shipped.countries.groups["met-most"])) == 60
    assert len(set(shipped.countries.groups["closest"]) - {"KZ"}) == 25
    assert gaps(shipped, date(2026, 11, 22)) == []
    assert list(unnamed(shipped)) == []
