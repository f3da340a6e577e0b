"""`jarshy lexicon`: what the lexicon's writers need: its faults, the forms of a word, who held which office."""

from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Final

import click
from rich.text import Text

from jarshy.cli import compiled, shown
from streams.languages import LANGUAGES, Code, Language, Pos
from streams.languages.forms import accepted
from streams.lexicon import Lexicon
from streams.lexicon.complete import gaps
from streams.lexicon.entries import Holding
from streams.lexicon.files import load_files
from streams.lexicon.homographs import Homograph, homographs
from streams.lexicon.lint import Unsure, lint, unsure
from wire.files import Problem, Problems, suggest

WORD_CLASSES: Final[tuple[Pos, ...]] = ("name", "noun", "verb", "adj")
SHOWN: Final = 400
"""Forms shown unless all are asked for: a Kazakh verb has some ten thousand."""
LOOKED_AT: Final = 20_000  # forms in which homographs are looked for


@click.group()
def lexicon() -> None:
    """Check config/lexicon, and ask it."""


@lexicon.command()
@click.option("--unsure", "list_doubts", is_flag=True, help="Also list every fact marked unsure.")
def check(list_doubts: bool) -> None:
    """Show every fault of the lexicon's files at once, then how many facts are marked unsure; status 1 for a fault.

    A line is file:line:column: what is wrong (what to do). Of the states met most (groups met-most and closest of
    countries.yaml) an office that nobody is known to hold on some day since 2019 is a fault.
    """
    to = shown.console()
    problems, doubts, said = _checked(compiled.folder())
    number = shown.problems(to, problems) if problems else 0
    if list_doubts and doubts:
        rows = [
            (f"{Path(each.file).name}:{each.line}", each.person, each.country, each.holding.office, _term(each.holding))
            for each in doubts
        ]
        to.print(shown.table("Not sure of", ("where", "who", "country", "office", "when"), rows))
    if problems:
        raise click.ClickException(f"{shown.counted(number, 'problem')} in the lexicon")
    more = " (--unsure lists them)" if doubts and not list_doubts else ""
    click.echo(f"all is well: {said}, {shown.counted(len(doubts), 'unsure fact')}{more}")


def _checked(config: Path) -> tuple[tuple[Problem, ...], list[Unsure], str]:
    """Return what is wrong, what is doubted, and how much there is."""
    try:
        files = load_files(config / "lexicon")
    except Problems as faults:
        return faults.problems, [], ""
    with compiled.waiting("compiling the lexicon"):
        words = Lexicon(files)
    said = ", ".join(
        f"{len(found)} {noun}"
        for found, noun in ((words.countries, "countries"), (words.cities, "cities"), (words.people, "people"))
    )
    return tuple(lint(files, words.countries)), list(unsure(files)), said


@lexicon.command()
@click.argument("word")
@click.option("--lang", "code", type=click.Choice([*LANGUAGES]), required=True, help="The language of the word.")
@click.option("--pos", type=click.Choice(WORD_CLASSES), help="Its word class; else guessed, as in a rule's topic.")
@click.option("--all", "every", is_flag=True, help=f"Every form, not the {SHOWN} shortest.")
def forms(word: str, code: Code, pos: Pos | None, every: bool) -> None:
    """Print the forms that WORD would accept as a lemma, and warn of what else they mean."""
    language: Language = LANGUAGES[code]
    lemma = word.strip()
    if len(language.text(lemma).tokens) != 1:
        raise click.ClickException(f"{word!r} is not one word: each word of a phrase is inflected by itself")
    classes = (pos,) if pos else language.guess(lemma)
    found = sorted({form for each in classes for form in accepted(language, lemma, each)}, key=_shortest_first)
    if not found:
        raise click.ClickException(f"{word!r} has no form as {' or '.join(classes)}: is it {code}?")
    to = shown.console()
    to.print(Text("  ".join(found if every else found[:SHOWN])), soft_wrap=not to.is_terminal)
    errors = shown.console(stderr=True)
    more = "" if every or len(found) <= SHOWN else f", {SHOWN} shown (--all for the rest)"
    errors.print(Text(f"{shown.counted(len(found), 'form')} as {' or '.join(classes)}{more}", "dim"))
    words = compiled.lexicon(compiled.folder())
    with compiled.waiting("looking for homographs"):
        others = homographs(words, language, lemma, islice(found, LOOKED_AT))
    for other in others:
        errors.print(_warning(lemma, other, alone=sum(each.own for each in others) == 1), soft_wrap=True)


def _shortest_first(form: str) -> tuple[int, str]:
    return len(form), form


def _warning(lemma: str, other: Homograph, *, alone: bool) -> Text:
    """Return what is to be said of an entry that the forms mean too."""
    if other.own and alone:
        return Text(f"{lemma} is in the lexicon: {other.entry}", "dim")
    if other.own:
        return Text(f"warning: {lemma} itself means more than one thing, {other.entry} among them", "yellow")
    shown_forms = ", ".join(other.forms[:5]) + (" ..." if len(other.forms) > 5 else "")
    return Text(f"warning: {shown_forms} would also be {other.entry}", "yellow")


@lexicon.command()
@click.argument("country")
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="On this day; else in all the years.")
def holders(country: str, at: datetime | None) -> None:
    """Show who held which office of COUNTRY (its code, KZ or EU), and when."""
    words = compiled.lexicon(compiled.folder())
    code = country.upper()
    if code not in words.countries:
        by_name = {name.casefold(): each for each, name in words.countries.items()}
        if country.casefold() not in by_name:
            mend = suggest(country.title(), words.countries.values()) or "two capital letters, such as UZ, or EU"
            raise click.ClickException(f"unknown country {country!r}: {mend}")
        code = by_name[country.casefold()]
    day = at.date() if at else None
    rows = _holders(words, code, day)
    if not rows:
        raise click.ClickException(f"the lexicon knows no office-holder of {words.countries[code]}{_on(day)}")
    title = f"{words.countries[code]}{_on(day)}"
    shown.console().print(shown.table(title, ("office", "who", "id", "from", "to", ""), rows))
    for gap in gaps(words.files, date.today()):
        if gap.country == code and (day is None or gap.start <= day < gap.end):
            shown.console(stderr=True).print(Text(f"nobody is known: {gap}", "yellow"))


def _holders(words: Lexicon, country: str, day: date | None) -> list[tuple[str, ...]]:
    """Return a row for each term, in the order of the offices, the newest first."""
    order = list(words.offices)
    terms = [
        (person, term)
        for person in words.people
        for term in words.holdings(person)
        if (term.country or words.people[person]) == country and (day is None or term.on(day))
    ]
    terms.sort(key=lambda each: each[1].from_, reverse=True)
    terms.sort(key=lambda each: order.index(each[1].office) if each[1].office in order else len(order))
    return [
        (
            term.office,
            words.person_names(person).en,
            person,
            str(term.from_),
            str(term.to or ""),
            "unsure" if term.unsure else "",
        )
        for person, term in terms
    ]


def _on(day: date | None) -> str:
    return f" on {day}" if day else ""


def _term(term: Holding) -> str:
    return f"{term.from_} to {term.to or 'today'}"


@lexicon.command()
@click.option("--write", is_flag=True, help="Write config/interest.txt anew instead of printing it.")
def interest(write: bool) -> None:
    """Make the list of words that make an article worth fetching whole (feeds.yaml: full_text)."""
    from jarshy.interest import written

    config = compiled.folder()
    text = written(config / "lexicon")
    if not write:
        click.echo(text, nl=False)
        return
    (config / "interest.txt").write_text(text, encoding="utf-8")
    click.echo(f"config/interest.txt: {sum(not line.startswith('#') for line in text.splitlines())} prefixes")
