"""The shapes of config/lexicon/*.yaml, as analysts edit them."""

from datetime import date

import msgspec

from wire.records import Level

Words = tuple[str, ...]


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of a lexicon file."""


class Shown(Entry, frozen=True):
    """Names shown to readers."""

    en: str
    kk: str
    pl: str
    ar: str


class SomeNames(Entry, frozen=True):
    """Names that replace those of CLDR."""

    en: str = ""
    kk: str = ""
    pl: str = ""
    ar: str = ""


class Spoken(Entry, frozen=True):
    """How one language speaks of a country."""

    also: Words = ()
    adj: Words = ()
    people: Words = ()


class Without(Entry, frozen=True):
    """An office that a country does not have, or that nobody held from a day to another."""

    office: str
    from_: date = msgspec.field(name="from", default=date.min)
    to: date | None = None


class CountryEntry(Entry, frozen=True):
    """A state, or the EU."""

    code: str
    capital: str = ""
    leads: str = "head-of-state"
    without: tuple[Without, ...] = ()
    name: SomeNames = SomeNames()
    kk: Spoken = Spoken()
    pl: Spoken = Spoken()
    ar: Spoken = Spoken()


class Lists(Entry, frozen=True):
    """Words by language."""

    kk: Words = ()
    pl: Words = ()
    ar: Words = ()


class RegionEntry(Entry, frozen=True):
    """A land whose presidents are no party."""

    id: str
    of: str
    kk: Words = ()
    pl: Words = ()
    ar: Words = ()
    adj: Lists = Lists()


class CountriesFile(Entry, frozen=True):
    """countries.yaml."""

    countries: tuple[CountryEntry, ...]
    regions: tuple[RegionEntry, ...] = ()
    groups: dict[str, tuple[str, ...]] = {}


class CityEntry(Entry, frozen=True):
    """A city and the buildings that mean it."""

    id: str
    country: str
    en: str
    kk: Words = ()
    pl: Words = ()
    ar: Words = ()
    places: Lists = Lists()


class CitiesFile(Entry, frozen=True):
    """cities.yaml."""

    cities: tuple[CityEntry, ...]


class OfficeEntry(Entry, frozen=True):
    """Titles of an office; several entries of one id add up."""

    id: str
    level: Level | None = None
    names: Shown | None = None
    countries: tuple[str, ...] = ()
    state: str = ""
    only_with: bool = msgspec.field(default=False, name="only-with")
    kk: Words = ()
    pl: Words = ()
    ar: Words = ()
    plural: Lists = Lists()


class TitleEntry(Entry, frozen=True):
    """What an office is called in some countries, or by some holders: the emir, the chancellor."""

    office: str
    names: Shown
    countries: tuple[str, ...] = ()
    people: tuple[str, ...] = ()  # where the office stands for several


class OfficesFile(Entry, frozen=True):
    """offices.yaml."""

    offices: tuple[OfficeEntry, ...]
    titles: tuple[TitleEntry, ...] = ()
    counterpart: Lists = Lists()
    former: Lists = Lists()


class Holding(Entry, frozen=True):
    """One term in one office; `to` is the first day out of it."""

    office: str
    from_: date = msgspec.field(name="from")
    to: date | None = None
    country: str = ""
    unsure: bool = False

    def on(self, day: date) -> bool:
        """Whether the office is held on that day."""
        return self.from_ <= day and (self.to is None or day < self.to)


class PersonEntry(Entry, frozen=True):
    """An office-holder."""

    id: str
    country: str
    en: str
    holds: tuple[Holding, ...]
    also: Words = ()
    kk: Words = ()
    pl: Words = ()
    ar: Words = ()


class PeopleFile(Entry, frozen=True):
    """people.yaml."""

    people: tuple[PersonEntry, ...]


class OrganisationEntry(Entry, frozen=True):
    """An organisation: never a party."""

    id: str
    kk: Words = ()
    pl: Words = ()
    ar: Words = ()


class OrganisationsFile(Entry, frozen=True):
    """organisations.yaml."""

    organisations: tuple[OrganisationEntry, ...]
    officers: Lists = Lists()


class SourceEntry(OrganisationEntry, frozen=True):
    """Whom articles credit; `country` when its own articles speak from one."""

    country: str = ""
    names: Shown | None = None  # as readers know it; none: its id


class SignEntry(Entry, frozen=True):
    """Words of one meaning to the recogniser."""

    id: str
    kk: Words = ()
    pl: Words = ()
    ar: Words = ()
    verbs: Lists = Lists()


class NamedEntry(Entry, frozen=True):
    """A document, or a kind of invitation."""

    id: str
    names: Shown
    kk: Words = ()
    pl: Words = ()
    ar: Words = ()


class UnitEntry(Entry, frozen=True):
    """A number word or a currency."""

    id: str
    times: int = 1
    kk: Words = ()
    pl: Words = ()
    ar: Words = ()


class WordsFile(Entry, frozen=True):
    """words.yaml."""

    signs: tuple[SignEntry, ...]
    documents: tuple[NamedEntry, ...] = ()
    invitations: tuple[NamedEntry, ...] = ()
    turnover: Lists = Lists()
    units: tuple[UnitEntry, ...] = ()
    currencies: tuple[UnitEntry, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
