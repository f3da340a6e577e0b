"""Faults of meaning in lexicon files: each found once, at its place, and nothing else."""

from pathlib import Path

import pytest

from streams.lexicon.files import Files, load_files
from streams.lexicon.lint import lint, unsure

KNOWN = {"KZ", "UZ", "BE", "EU"}
GOOD = {
    "countries": "countries: [{code: UZ, capital: tashkent}, {code: EU, capital: brussels, leads: chief}]\n"
    "regions: [{id: karakalpakstan, of: UZ}]\n"
    "groups: {neighbours: [UZ, KZ]}",
    "cities": "cities: [{id: tashkent, country: UZ, en: Tashkent, kk: [Ташкент], pl: [Taszkent], ar: [طشقند]},\n"
    "  {id: brussels, country: BE, en: Brussels, kk: [Брюссель], pl: [Bruksela], ar: [بروكسل]}]",
    "offices": "offices:\n"
    "  - {id: chief, level: head-of-state, names: {en: Chief, kk: Басшы, pl: szef, ar: رئيس}}\n"
    "  - {id: speaker, level: speaker, countries: [UZ],"
    " names: {en: Speaker, kk: Спикер, pl: marszałek, ar: رئيس البرلمان}}\n"
    "  - {id: head-of-state, level: head-of-state, names: {en: President, kk: Президент, pl: prezydent, ar: رئيس}}\n"
    "titles: [{office: chief, people: [one], names: {en: Boss, kk: Бастық, pl: boss, ar: رئيس}}]",
    "people": "people:\n"
    "  - {id: one, country: UZ, en: One, kk: [Бір], pl: [Jeden], ar: [واحد],\n"
    "     holds: [{office: chief, from: 2020-01-01, to: 2021-01-01}]}\n"
    "  - {id: two, country: UZ, en: Two, kk: [Екі], pl: [Dwa], ar: [اثنان],\n"
    "     holds: [{office: chief, from: 2021-01-01, unsure: true}]}",
    "organisations": "organisations: []",
    "words": "signs: []",
}


def files(tmp_path: Path, **changed: tuple[str, str]) -> Files:
    """Return the good files with one text in each changed."""
    for name, text in GOOD.items():
        old, new = changed.get(name, ("", ""))
        assert old in text
        (tmp_path / f"{name}.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_files(tmp_path)


def test_good_files_have_no_fault(tmp_path: Path) -> None:
    assert lint(files(tmp_path), KNOWN) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "told"),
    [
        ("people", "pl: [Jeden], ", "", 2, "'one' has no Polish form"),
        ("people", "pl: [Jeden]", "pl: [' ']", 2, "'one' has no Polish form"),
        ("people", "to: 2021-01-01", "to: 2021-01-02", 5, "'two' and 'one' are both chief of UZ from 2021-01-01"),
        ("people", ", to: 2021-01-01", "", 5, "'two' and 'one' are both chief of UZ from 2021-01-01"),
        ("people", "to: 2021-01-01", "to: 2020-01-01", 3, "'one' leaves chief before taking it"),
        ("people", "id: two", "id: one", 4, "id 'one' stands here twice"),
        ("people", "country: UZ", "country: UZB", 2, "unknown country 'UZB'"),
        ("people", "{office: chief, from: 2020-01-01", "{office: cheif, from: 2020-01-01", 3, "unknown office 'cheif'"),
        ("people", "from: 2021-01-01", "from: 2021-01-01, country: XX", 5, "unknown country 'XX'"),
        ("cities", "ar: [طشقند]", "ar: []", 1, "'tashkent' has no Arabic form"),
        ("cities", "country: BE", "country: BX", 2, "unknown country 'BX'"),
        ("countries", "capital: tashkent", "capital: brussels", 1, "capital 'brussels' is a city of BE"),
        ("countries", "code: UZ", "code: UZ, without: [{office: cheif}]", 1, "unknown office 'cheif'"),
        ("countries", "neighbours: [UZ, KZ]", "closest: [UZ]", 1, "UZ has no speaker from 2019-01-01"),
        ("countries", "capital: tashkent", "capital: tashkend", 1, "capital 'tashkend' is no city"),
        ("countries", "leads: chief", "leads: chef", 1, "unknown office 'chef'"),
        ("countries", "of: UZ", "of: UX", 2, "unknown country 'UX'"),
        ("countries", "[UZ, KZ]", "[UZ, KX]", 3, "unknown country 'KX'"),
        ("offices", "countries: [UZ]", "countries: [UX]", 3, "unknown country 'UX'"),
        ("offices", "people: [one]", "people: [on]", 5, "unknown person 'on'"),
        ("offices", ", names: {en: Chief, kk: Басшы, pl: szef, ar: رئيس}", "", 2, "office 'chief' has no names"),
    ],
)
def test_each_fault_at_its_place(  # noqa: PLR0917 (the columns of the table)
    tmp_path: Path, name: str, old: str, new: str, line: int, told: str
) -> None:
    found = lint(files(tmp_path, **{name: (old, new)}), KNOWN)
    problem = next(problem for problem in found if told in problem.what)
    assert (Path(problem.file).name, problem.line) == (f"{name}.yaml", line)
    assert problem.mend


def test_two_speakers_are_no_fault_and_a_person_is_not_one_twice(tmp_path: Path) -> None:
    both = files(tmp_path, people=("office: chief, from: 2021", "office: speaker, from: 2021"))
    assert lint(both, KNOWN) == []
    term = "{office: speaker, from: 2020-01-01}, {office: speaker, from: 2020-06-01}, "
    (problem,) = lint(
        files(tmp_path, people=("holds: [{office: chief, from: 2020", f"holds: [{term}{{office: chief, from: 2020")),
        KNOWN,
    )
    assert "'one' is twice speaker of UZ from 2020-06-01" in problem.what


def test_what_is_unsure_is_told_with_its_line(tmp_path: Path) -> None:
    (fact,) = unsure(files(tmp_path))
    assert (fact.person, fact.country, fact.holding.office, fact.line) == ("two", "UZ", "chief", 5)
