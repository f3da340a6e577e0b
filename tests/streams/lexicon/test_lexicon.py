"""The shipped lexicon loads, knows who held what on a day, and reports every fault of a broken file."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.languages import LANGUAGES, Code
from streams.lexicon import Lexicon
from streams.lexicon.files import load_files
from wire.files import Problems
from wire.records import Level

CONFIG = Path(__file__).parents[3] / "config" / "lexicon"


@cache
def compiled() -> Lexicon:
    return Lexicon.compile(CONFIG)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return compiled()


@pytest.mark.parametrize(
    ("country", "office", "day", "person"),
    [
        ("CN", "head-of-government", date(2022, 5, 1), "li-keqiang"),
        ("CN", "head-of-government", date(2024, 5, 1), "li-qiang"),
        ("KZ", "head-of-state", date(2019, 3, 19), "nazarbayev"),
        ("KZ", "head-of-state", date(2019, 3, 20), "tokayev"),
        ("PL", "head-of-state", date(2025, 8, 5), "duda"),
        ("PL", "head-of-state", date(2025, 8, 6), "nawrocki"),
        ("KZ", "foreign-minister", date(2025, 10, 1), "kosherbayev"),
        ("TV", "head-of-state", date(2025, 10, 1), None),
    ],
)
def test_the_holder_of_a_day(lexicon: Lexicon, country: str, office: str, day: date, person: str | None) -> None:
    assert lexicon.holder(country, office, day) == person


def test_every_state_has_a_name_in_every_frame_language(lexicon: Lexicon) -> None:
    assert len(lexicon.countries) > 240
    for code in lexicon.countries:
        names = lexicon.country_names(code)
        assert all((names.en, names.kk, names.pl, names.ar)), code


def test_references_hold(lexicon: Lexicon) -> None:
    assert set(lexicon.people.values()) <= set(lexicon.countries)
    assert set(lexicon.cities.values()) <= set(lexicon.countries)
    assert {member for group in lexicon.groups.values() for member in group} <= set(lexicon.countries)
    for id in lexicon.people:
        assert all(term.office in lexicon.offices for term in lexicon.holdings(id)), id
    for code, entry in lexicon.entries.items():
        assert not entry.capital or lexicon.cities[entry.capital] == code or entry.code == "EU", code


def test_offices_have_levels_and_names(lexicon: Lexicon) -> None:
    assert lexicon.offices["head-of-government"] is Level.HEAD_OF_GOVERNMENT
    for office in lexicon.offices:
        assert lexicon.office_names(office).pl


def test_an_office_that_stands_for_several_is_called_by_its_holder(lexicon: Lexicon) -> None:
    assert lexicon.office_names("eu-president", "EU", "costa").en == "President of the European Council"
    assert lexicon.office_names("eu-president", "EU", "von-der-leyen").pl == "przewodnicząca Komisji Europejskiej"
    assert lexicon.office_names("eu-president", "EU").en == "EU President"
    assert lexicon.office_names("head-of-state", "QA", "nobody").en == "Emir"
    of_eu = [id for id in lexicon.people if any(term.office == "eu-president" for term in lexicon.holdings(id))]
    assert all(lexicon.office_names("eu-president", "EU", id).en != "EU President" for id in of_eu)


def test_everybody_whom_articles_credit_has_a_name_for_readers() -> None:
    sources = load_files(CONFIG).words.sources
    assert not [each.id for each in sources if each.names is None]
    assert len({each.names.en for each in sources if each.names}) == len(sources)


def test_people_are_named_in_three_languages(lexicon: Lexicon) -> None:
    for id in lexicon.people:
        person = lexicon.person(id)
        assert person.kk, id
        assert person.pl, id
        assert person.ar, id


@pytest.mark.parametrize(
    ("code", "text", "kind", "id"),
    [
        ("kk", "Си Цзиньпинмен", "person", "xi-jinping"),
        ("pl", "szefem węgierskiej dyplomacji", "office", "foreign-minister"),
        ("ar", "رئيس مجلس الدولة", "office", "head-of-government"),
        ("kk", "Шанхай ынтымақтастық ұйымы", "organisation", "sco"),
        ("pl", "chińsko-kazachskie", "country", "KZ"),
        ("ar", "وبكازاخستان", "country", "KZ"),
        ("kk", "қазақ-қытай", "country", "CN"),
    ],
)
def test_words_are_recognised(lexicon: Lexicon, code: Code, text: str, kind: str, id: str) -> None:
    mentions = lexicon.recognise(LANGUAGES[code].text(text)).mentions
    assert (kind, id) in {(m.kind, m.id) for m in mentions}


def test_every_fault_of_broken_files_is_reported_at_once(tmp_path: Path) -> None:
    for file in CONFIG.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    cities = "cities:\n  - {id: nowhere, contry: KZ, en: Nowhere}\n"
    people = "people:\n  - {id: x, country: KZ, en: X, holds: [{office: envoy, from: yesterday}]}\n"
    (tmp_path / "cities.yaml").write_text(cities, "utf-8")
    (tmp_path / "people.yaml").write_text(people, "utf-8")
    with pytest.raises(Problems) as caught:
        Lexicon.compile(tmp_path)
    told = str(caught.value)
    assert "cities.yaml:2" in told
    assert "'contry'" in told
    assert "people.yaml:2" in told


PIECES = {
    "kk": ("Тоқаевқа", "Қ", "Қ.К.", "астаналық", "Алматыда", "Президент", "жиын", "Бектенов", "Ресей", "Toqaevtyń"),
    "pl": ("Tokajewem", "Kasym", "Żomart", "Kazachstanu", "Astanie", "Ałma", "Aty", "rząd", "Berlin", "i"),
    "ar": ("توكاييف", "قاسم", "جومارت", "لكازاخستان", "أستانا", "على", "علي", "في", "الوزير", "مراد", "نورتليو"),
}  # fmt: skip
BETWEEN = (" ", " ", "\n", "\xa0", ", ", " «", "» ", ". ", "-", "", "\u200f", "\u2028", " (")


@given(st.sampled_from(sorted(PIECES)), st.data())
def test_a_text_that_mentions_kazakhstan_is_never_passed_over_unread(code: Code, data: st.DataObject) -> None:
    lexicon = compiled()
    parts = data.draw(st.lists(st.tuples(st.sampled_from(PIECES[code]), st.sampled_from(BETWEEN)), max_size=12))
    text = LANGUAGES[code].text("".join(part for pair in parts for part in pair))
    said = any((each.kind, each.id) in lexicon.home[code] for each in lexicon.recognise(text).mentions)
    assert lexicon.may_be_home(text) or not said


def test_the_first_word_of_a_name_alone_does_not_keep_a_text(lexicon: Lexicon) -> None:
    assert not lexicon.may_be_home(LANGUAGES["ar"].text("اتفقوا على موعد آخر"))
    assert lexicon.may_be_home(LANGUAGES["ar"].text("اتفقوا على موعد في أستانا."))
