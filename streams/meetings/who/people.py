"""The people named in a line, and the office that stands beside each.

names --known, introduced, in office--> Drafts --office beside--> one Draft for both
"""

from collections.abc import Iterator
from typing import Final

from streams.lexicon import Mention
from streams.meetings.reading import Line, Reading
from streams.meetings.who import strangers, strangers_arabic
from streams.meetings.who.party import BETWEEN, HOME, HONORIFICS, INITIAL, OWN_KK, RANK, Draft
from streams.meetings.wordlists import words

COMMON_NAMES: Final = words(
    "ابراهيم شريف رشيد سلمان عباس محمود منصور فيصل خالد راشد زايد خليفه خليفة احمد الشرع عمران الدين رييسي"
    " علي محمد حسن حسين عمر dan park"
    " الصباح صباح ادريس حسان سعود سعيد صالح صادق يوسف مصطفي عبدالله عبدالرحمن عبدالعزيز غابرييل ياسين صبري"
    " абдалла абдулла азиз габриэль идрис ибраһим мартин махмуд мохамед рашид сабри саид хамид хасан хассан юсуф"
    " antonio gabriel hasan hassan ibrahim idris mahmoud martin mohamed muhammad mustafa sadiq said salih"
)


def people_of(reading: Reading, line: Line, introduced: dict[str, int]) -> Iterator[Draft]:
    by_span: dict[tuple[int, int], list[Mention]] = {}
    for mention in line.of("person", "surname"):
        if _of_a_country(reading, line, mention) or _common_word(reading, mention):
            continue
        by_span.setdefault((mention.first, mention.last), []).append(mention)
    for (first, last), mentions in by_span.items():
        draft = Draft(first, last)
        draft.trade = trade_of(reading, line, first)
        full = [m.id for m in mentions if m.kind == "person"]
        draft.short = not full
        draft.persons = list(dict.fromkeys(full or [m.id for m in mentions]))
        if draft.short:
            given = all(m.note == "given" for m in mentions)
            draft.persons = _called(reading, first, draft.persons, introduced, given)
            if len(reading.surface(first - 1)) == INITIAL and reading.capital(first - 1):
                draft.first = first - 1
                draft.persons = _of_initial(reading, reading.folded(first - 1), draft.persons)
        if draft.persons:
            yield draft


def _of_a_country(reading: Reading, line: Line, name: Mention) -> bool:
    """Whether an Arabic surname is the adjective of the office before it: وزير الخارجية السوداني is no al-Sudani."""
    if reading.language != "ar" or name.kind != "surname":
        return False
    adjective = any(m.note == "adj" and (m.first, m.last) == (name.first, name.last) for m in line.of("country"))
    return adjective and any(m.last == name.first - 1 for m in line.of("office"))


def _common_word(reading: Reading, name: Mention) -> bool:
    """Whether one word in small letters only looks like a name: Kazakh and Polish write names with a capital."""
    return reading.language != "ar" and name.first == name.last and not reading.capital(name.first)


def trade_of(reading: Reading, line: Line, first: int) -> str:
    """Return what right before a name or title makes him no office holder: кеңестің төрағасы Лю Вэй; else nothing."""
    if reading.gap(first - 1, first).strip(" «»"):
        return ""
    return next((m.id for m in line.signs("business", "ambassador", "sport") if m.last == first - 1), "")


def _of_initial(reading: Reading, initial: str, persons: list[str]) -> list[str]:
    """Return those of several people of one surname whose given name begins so: А.Жапаров is Ақылбек."""
    fitting = [id for id in persons if any(name.lower().startswith(initial) for name in reading.lexicon.aliases(id))]
    return fitting or persons


def _called(reading: Reading, at: int, persons: list[str], introduced: dict[str, int], given: bool) -> list[str]:
    """Return whom a surname alone may mean: people introduced, else well-known ones in office that day."""
    if _has_other_given_name(reading, at) or reading.folded(at - 1) in strangers.PATRONYMS:
        return []
    if _begins_another_name(reading, at):
        persons = [id for id in persons if not _given(reading, id, at)]
    known = [id for id in persons if id in introduced]
    if known and (reading.language == "ar" or reading.capital(at)):
        return known
    if given:
        return []
    word = reading.folded(at)
    if word in COMMON_NAMES or len(word) < (4 if reading.language != "ar" else 5):
        return []
    if reading.language != "ar" and not reading.capital(at):
        return []
    lexicon, day = reading.lexicon, reading.published
    serving = [id for id in persons if (term := lexicon.held_by(id, day)) and RANK.get(term.office, 9) <= 3]
    return serving or (persons if day is None else [])


def _begins_another_name(reading: Reading, at: int) -> bool:
    """Whether a capitalised stranger follows: Абдулла Әрипов is no King Abdullah."""
    if reading.language == "ar" or reading.gap(at, at + 1).strip() or not reading.capital(at + 1):
        return False
    line = reading.line_of(at)
    return at + 1 < line.end and not any(m.first <= at + 1 <= m.last for m in line.mentions)


def _given(reading: Reading, id: str, at: int) -> bool:
    """Whether a word is a person's given name."""
    word = reading.folded(at)
    return any(len(name.split()) > 1 and name.split()[0].lower() == word for name in reading.lexicon.aliases(id))


def _has_other_given_name(reading: Reading, at: int) -> bool:
    """Whether a capitalised stranger stands before the surname: Гейдар Әлиев is not Ильхам."""
    if reading.language == "ar" or at == 0 or reading.gap(at - 1, at).strip() or not reading.capital(at - 1):
        return False
    line = reading.line_of(at)
    if at - 1 < line.first or len(reading.surface(at - 1)) <= INITIAL:
        return False
    taken = any(m.first <= at - 1 <= m.last for m in line.mentions)
    if at - 1 == line.first:
        return False
    return not taken and reading.folded(at - 1) not in HONORIFICS


def join_office(reading: Reading, person: Draft, offices: list[Draft]) -> None:
    """Give a person the office that stands beside the name."""
    lexicon = reading.lexicon
    for draft in offices:
        if draft.persons or draft.plural or _ours_alone(reading, draft, person):
            continue
        before = draft.last < person.first and _beside(reading, draft.last, person.first)
        before = before and not _taken(reading, draft)
        if not before and _given_name_between(reading, draft, person):
            if not _holds(reading, draft, person):  # أقيل بيك جباروف is not the Japarov whom the lexicon knows
                person.alien_name = True
                return
            before = True
        after = person.last < draft.first and _beside(reading, person.last, draft.first)
        if not before and not (after and not _named_after(reading, draft)):
            continue
        fitting = [id for id in person.persons if draft.country in (None, lexicon.people[id])]
        if after and draft.country is None:  # Arabic titles follow the name: محمد بن عبدالرحمن رئيس مجلس الوزراء
            terms = [lexicon.held_by(id, reading.published) for id in fitting if reading.language == "ar"]
            fitting = fitting if any(term and term.office in draft.offices for term in terms) else []
        if not fitting:
            continue
        draft.persons = _fitting_office(reading, fitting, draft)
        draft.short = person.short
        draft.core = person.last if before else draft.core
        draft.first, draft.last = min(draft.first, person.first), max(draft.last, person.last)
        person.alien_name = True  # told with its office
        return


GIVEN_NAMES: Final = 3  # words


def _given_name_between(reading: Reading, draft: Draft, person: Draft) -> bool:
    """Whether a given name that the lexicon does not have stands between an Arabic office and a surname."""
    between = range(draft.last + 1, person.first)
    if reading.language != "ar" or not person.short or not 0 < len(between) <= GIVEN_NAMES:
        return False
    line = reading.line_of(draft.first)
    free = not any(m.first <= at <= m.last for at in between for m in line.mentions)
    return free and strangers_arabic.bounded(reading, between)


def _holds(reading: Reading, draft: Draft, person: Draft) -> bool:
    """Whether somebody of the surname holds the office that day."""
    held = [term for id in person.persons for term in reading.lexicon.holdings(id)]
    return any(t.office in draft.offices and (reading.published is None or t.on(reading.published)) for t in held)


def _taken(reading: Reading, draft: Draft) -> bool:
    """Whether an Arabic title has its holder's name before it, so that the next name is another's."""
    return strangers.ahead(reading, draft.first) is not None


NOT_SUBJECT_KK: Final = ("мен", "пен", "бен", "ды", "ді", "ты", "ті", "ны", "ні")


def _ours_alone(reading: Reading, draft: Draft, person: Draft) -> bool:
    """Whether a Kazakh sentence's first word is its own President and the name behind him whom he met."""
    line = reading.line_of(draft.first)
    if reading.language != "kk" or draft.country is not None or draft.first != line.first:
        return False
    alone = reading.folded(draft.first) in OWN_KK and reading.lexicon.people[person.persons[0]] != HOME
    return alone and reading.folded(person.last).endswith(NOT_SUBJECT_KK)


def _fitting_office(reading: Reading, persons: list[str], draft: Draft) -> list[str]:
    """Return the people who hold this office that day, else who held it, or all when none did."""
    lexicon, day = reading.lexicon, reading.published
    terms = [(id, term) for id in persons for term in lexicon.holdings(id) if term.office in draft.offices]
    held = [id for id, term in terms if day is None or term.on(day)] or [id for id, _ in terms]
    return list(dict.fromkeys(held)) or persons


def _beside(reading: Reading, left: int, right: int) -> bool:
    if right - left - 1 > 4:
        return False
    if any(mark in reading.gap(at, at + 1) for at in range(left, right) for mark in ".;!?؛") and right - left > 2:
        return False
    return all(
        reading.folded(at) in HONORIFICS
        or reading.folded(at) in BETWEEN[reading.language]
        or len(reading.surface(at)) == 1
        for at in range(left + 1, right)
    )


def _named_after(reading: Reading, draft: Draft) -> bool:
    """Whether a name follows the office, so that the office is not the earlier person's."""
    line = reading.line_of(draft.first)
    return any(m.kind in ("person", "surname") and 0 < m.first - draft.last <= 2 for m in line.mentions)
