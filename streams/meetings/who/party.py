"""Somebody in a line who may hold an office of a state: Draft while put together, Party when done.

mentions of a line --put together--> Draft --resolved--> Party
"""

from typing import Final, NamedTuple

from streams.lexicon import Mention
from streams.meetings.reading import Reading
from streams.meetings.wordlists import words
from wire.records import Level, Resolution

HOME: Final = "KZ"
NOBODY: Final = ""  # the country of those who are no party
RANK: Final = {
    "head-of-state": 0, "supreme-leader": 0, "head-of-government": 1, "crown-prince": 1, "eu-president": 1,
    "speaker": 2,
    "foreign-minister": 3, "minister": 4,
}  # fmt: skip
BETWEEN: Final = {
    "kk": words(
    "жаңа қазіргі республикасы республикасының мырза ханым үкіметінің үкіметі елінің халық"
    " федеративтік конфедерациясы конфедерациясының федерациясы федерациясының корольдігі корольдігінің"
    " мемлекеті мемлекетінің сұлтандығы сұлтандығының әмірлігі әмірлігінің одағы одағының уақытша"
),
    "pl": words(
    "nowy nowym nowego obecny obecnym obecnego republiki królestwa pan pana panem ds państwa"
    " rządu konfederacji federacji księstwa emiratu sułtanatu związku unii tymczasowy tymczasowego tymczasowym"
),
    "ar": words("جمهوريه جمهورية مملكه مملكة دوله دولة الجديد الجديده الحالي السيد الجمهورية سلطنة والمغتربين"
    " الاتحاد الكونفدرالية اتحاد امارة مجلس المنتخب الانتقالي المؤقت والتعاون الدولي والهجرة"),
}  # fmt: skip
HONORIFICS: Final = words(
    "السيد السيده الشيخ الامير الملك السلطان سمو سموه معالي فخامه فخامة صاحب جلاله جلالة سعاده"
    " سعادة دوله الدكتور د حضره حضرة صاحبه الاخ المهندس الرييس المستشار العزيز النبيل البابا pan"
    " pana panem pani panią dr мырза мырзамен ханым ханыммен"
)
AND: Final = {"kk": frozenset({"мен", "пен", "бен", "және"}), "pl": frozenset({"i", "oraz"}), "ar": frozenset({"و"})}
OWN_KK: Final = words("мемлекет ел президент премьер-министр премьер")  # begin a sentence: one's own, without a country
INITIAL: Final = 1
OF: Final = "of:"
GENITIVE_KK: Final = ("ның", "нің", "дың", "дің", "тың", "тің")
BELOW: Final = frozenset(
    {
        "envoy",
        "deputy-minister",
        "deputy-head-of-government",
        "vice-president",
        "security-secretary",
        "head-of-administration",
    }
)


class Party(NamedTuple):
    """Somebody in a line: tokens first to last, both included."""

    country: str
    office: str
    person: str | None
    resolution: Resolution
    first: int
    last: int
    line: int
    counts: bool = True  # False: looks like an office holder and is not one
    why_not: str = ""
    core: int = 0  # the token that carries the case ending: the name's last, else the office's
    plural: bool = False
    name: str = ""  # as the text has it, of somebody whom the lexicon does not know
    like: bool = False  # told as another's counterpart: of whatever office he is


class Draft:
    """A party while it is put together."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self.office: Mention | None = None
        self.offices: list[str] = []
        self.country: str | None = None
        self.region = False
        self.counterpart = False
        self.former = False
        self.organisation = False
        self.trade = ""  # business, sport ...: what he is instead of an office holder
        self.plural = False
        self.persons: list[str] = []
        self.short = False
        self.core = last
        self.alien_name = False


def level(reading: Reading, party: Party) -> Level:
    """Return a party's level."""
    return reading.lexicon.offices.get(party.office, Level.OTHER_OFFICIAL)
