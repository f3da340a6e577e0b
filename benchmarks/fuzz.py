"""Texts that nobody would write, through the whole pipeline: seed -> texts -> read and judged -> crashes, time.

Each text mixes scraps of news with what breaks readers: marks without letters, three scripts in a word, lone
surrogates, directions turned around, sentences without end. Then one text of each kind is read at n, 2n and 4n
letters: the time must grow as the text does.
"""

import gc
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import process_time
from typing import Final

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from streams.lexicon import Lexicon
from streams.pipeline import Pipeline, encodable
from streams.rules.finder import finder
from streams.rules.known import known
from streams.rules.load import load_rules
from wire.records import Article, Quality

CONFIG: Final = Path(__file__).parents[1] / "config"
NOW: Final = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
CODES: Final = ("kk", "pl", "ar")
LETTERS: Final = 1_250_000  # 5 MB at four times as many, and more where a letter has two bytes
MOST: Final = 3.0  # times, for twice the letters: 2 is linear, 4 quadratic
SCRAPS: Final = (
    "Қазақстан Президенті Қасым-Жомарт Тоқаев", "Шавкат Мирзиёевпен келіссөз жүргізді", "Астанада кездесті",
    "телефон арқылы сөйлесті", "жеделхат жолдады", "сапары кейінге қалдырылды", "Prezydent Kazachstanu Tokajew",
    "rozmawiał z premierem Donaldem Tuskiem", "w Warszawie", "5 marca 2026 r.", "odwołał wizytę", "o uranie",
    "استقبل الرئيس قاسم جومارت توكاييف", "في أستانا", "نظيره الصيني شي جين بينغ", "برقية تهنئة", "يوم 5 مارس", "уран",
    "Qazaqstan prezidenti", "memleket", "АЭС", "ҚР СІМ", "MSZ", "UE", "N'Djamena", "Nur-Sułtan", "ОА-5", "18,2",
)  # fmt: skip
ODD: Final = (
    "\u0301" * 20, "\u064b\u0651" * 9, "\ud800", "\udfff", "\u202e", "\u202d", "\u2066", "\u2069", "\u200f", "\u200d",
    "\ufeff", "\u00ad", "\x00", "\x85", "\u2028", "ﷺ", "ﷲ", "ǅ", "ß", "İ", "ı", "𝐀𝐁", "🗞", "👨‍👩‍👧", "aбج",
    "Тoқaeв", "٣٫١٤", "½", "Ⅻ", "—", "-", "’", "'", "«", "»", "\"", "…", "?!", ".", "...", ",", "،", "؛", ":", "\n",
    "\t", " ", "  ", "(", ")", "[", "<b>", "&amp;", "%s", "{}", "http://x.y/z?q=1", "@a", "#b", "1" * 40, "а" * 90, "_",
)  # fmt: skip
KINDS: Final[Mapping[str, str]] = {
    "marks alone": "\u0301\u064b\u0323", "mixed scripts": "Тoқaевtа توكaев ", "lone surrogates": "Тоқаев\ud800 \udfff ",
    "turned around": "\u202eТоқаев \u2066توكاييف\u2069 ", "one sentence": "Тоқаев пен Мирзиёев келіссөз және ",
    "one sentence, pl": "Tokajew i Tusk rozmawiali o uranie, ", "one sentence, ar": "بحث توكاييف مع شي جين بينغ و ",
    "one word": "қ", "figures": "5 мамыр 2024, 18,2 ", "full stops": "а. ", "lines": "Тоқаев\n", "quotes": "«Тоқаев ",
    "commas": "уран, транзит және ", "hyphens": "Қасым-", "dates": "5.03.2026 ", "emoji": "🗞 Тоқаев ",
}  # fmt: skip


def texts(count: int, seed: int) -> Iterator[str]:
    """Yield so many odd texts, the same for the same seed."""
    draw = Random(seed)
    for _ in range(count):
        length = min(int(draw.paretovariate(0.9) * 4), 400)
        parts = [draw.choice(SCRAPS if draw.random() < 0.6 else ODD) for _ in range(length)]
        joint = draw.choice((" ", " ", "", ". ", "\n"))
        yield joint.join(parts)


def pipeline() -> Pipeline:
    """Return what reads articles, with the shipped lexicon and rules, kept from the garbage collector as a worker's."""
    lexicon = Lexicon.compile(CONFIG / "lexicon")
    reads = Pipeline(lexicon, load_rules(CONFIG, known(lexicon, CONFIG), finder))
    gc.collect()
    gc.freeze()
    return reads


def article(text: str, claim: str, title: str = "") -> Article:
    """Return a text as a feed would bring it."""
    return Article(
        id="fuzz", keys=(), feed="fuzz", outlet="", language=claim, title=title, text=text, seen=NOW, published=NOW,
        quality=Quality.EXACT,
    )  # fmt: skip


def readable(reads: Pipeline, text: str, claim: str) -> str:
    """Read a text and return what came of it; raises what the pipeline raises, and on evidence outside the text."""
    title, _, body = text.partition("\n")
    told = encodable(article(body or title, claim, title if body else ""))
    reading = reads.read(told, 0, NOW)
    for report in reading.reports:
        for meeting in report.meetings:
            for each in meeting.evidence:
                if told.body[each.start : each.end] != each.quote:
                    raise AssertionError(f"evidence {each!r} is not what stands there")
    return "meeting" if reading.reports else reading.language or "other language"


def seconds(reads: Pipeline, unit: str, letters: int) -> float:
    """Return the processor's seconds for a text of so many letters, the language never in doubt."""
    text = (unit * (letters // len(unit) + 1))[:letters]
    claim = next((code for code, sign in (("ar", "و"), ("pl", "Tusk")) if sign in unit), "kk")
    opening = {"kk": "Қазақстан Президенті Қасым-Жомарт Тоқаев кеше қызметін жалғастырды. " * 12}
    opening |= {"pl": "Prezydent Kazachstanu wygłosił wczoraj orędzie, które usłyszał cały świat. " * 12}
    opening |= {"ar": "ألقى رئيس جمهورية كازاخستان كلمة أمام المشاركين في الاجتماع السنوي. " * 12}
    begun = process_time()
    reads.read(article(opening[claim] + text, claim), 0, NOW)
    return process_time() - begun


def growth(reads: Pipeline, letters: int, say: Callable[[str], None]) -> dict[str, tuple[float, float, float]]:
    """Return each kind's seconds at n, 2n and 4n letters."""
    found = {}
    for kind, unit in KINDS.items():
        say(kind)
        seconds(reads, unit, 10_000)
        found[kind] = (
            seconds(reads, unit, letters),
            seconds(reads, unit, 2 * letters),
            seconds(reads, unit, 4 * letters),
        )
    return found


@click.command()
@click.option("--texts", "count", default=100_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--letters", default=LETTERS, show_default=True, help="n, of which 2n and 4n are read too; 0: none.")
def main(count: int, seed: int, letters: int) -> None:
    """Read odd texts and long ones; status 1 when one breaks the pipeline or takes more than its share of time."""
    reads, console = pipeline(), Console(stderr=True)
    came: Counter[str] = Counter()
    broken: list[tuple[str, str]] = []
    begun = process_time()
    for at, text in track(enumerate(texts(count, seed)), "reading", count, console=console, transient=True):
        try:
            came[readable(reads, text, CODES[at % len(CODES)])] += 1
        except Exception:
            broken.append((text, traceback.format_exc(limit=-3)))
    spent = process_time() - begun
    click.echo(f"{count:,} texts in {spent:.0f} s, seed {seed}: {len(broken)} broke the pipeline; {dict(came)}")
    for text, trace in broken[:5]:
        click.echo(f"{text[:300]!a}\n{trace}")
    slow = _grown(reads, letters, console) if letters else False
    sys.exit(bool(broken) or slow)


def _grown(reads: Pipeline, letters: int, console: Console) -> bool:
    with console.status("reading long texts") as status:
        found = growth(reads, letters, lambda kind: status.update(f"reading long texts: {kind}"))
    made = Table(title=f"n = {letters:,} letters", title_justify="left")
    for heading in ("kind", "n, s", "2n : n", "4n : 2n"):
        made.add_column(heading, justify="left" if heading == "kind" else "right")
    slow = False
    for kind, (one, two, four) in found.items():
        made.add_row(kind, f"{one:.2f}", f"{two / one:.1f}", f"{four / two:.1f}")
        slow = slow or four / two > MOST
    Console(width=80).print(made)
    return slow


if __name__ == "__main__":
    main()
