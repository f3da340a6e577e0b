"""Names that the lexicon lacks: in Latin letters for those who read no other, and the same by sound in any script."""

import pytest

from streams.meetings.who.latin import latin, names, sound_alike


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ситивени Рабука", "Sitiveni Rabuka"),
        ("Парвиз Шахбазов", "Parviz Shakhbazov"),
        ("Жан-Ноэль Барро", "Zhan-Noel Barro"),
        ("Gloria de la Fuente", "Gloria de la Fuente"),
    ],
)
def test_a_name_is_shown_in_latin_letters(written: str, shown: str) -> None:
    assert latin(written) == shown


def test_each_reader_gets_the_script_he_reads() -> None:
    told = names("ألفين بوتس", "ar")
    assert told is not None
    assert told.ar == "ألفين بوتس"
    assert told.en == told.kk == told.pl
    assert told.en.isascii()
    assert names("", "ar") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Рубен Рамирес Лескано", "Rubén Ramírez Lezcano"),
        ("Роберт Дюссей", "Robert Dussey"),
        ("سانتياغو بينيا", "Santiago Peña"),
        ("محمد سالم ولد مرزوك", "Mohamed Salem Ould Merzoug"),
        ("Robert Dusseya", "Robert Dussey"),
    ],
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sound_alike(one, other)
    assert sound_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Рубен Рамирес Лескано", "Santiago Peña"),
        ("محمد علي يوسف", "Mohamed Salem Ould Merzoug"),
        ("Sitiveni Rabuka", "Paul Kagame"),
        ("", "Paul Kagame"),
    ],
)
def test_names_of_two_people_do_not(one: str, other: str) -> None:
    assert not sound_alike(one, other)
