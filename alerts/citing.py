"""Pure: whose words they are: the quotes with their outlets, then all sources, each outlet once.

evidence -> quotes by article, signed and linked ;  sources -> outlets by language, with whom they credit
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from alerts.evidence import Quote
from alerts.frames import Frame
from alerts.markup import ELLIPSIS, Block, Line, Piece, clean, safe_link
from alerts.naming import foreign
from wire.records import Alert, Source

OUTLETS_SHOWN = 5
QUOTE_LENGTH = 300
_CLOSES = {"“": "”", "„": "”“", "«": "»", "‹": "›", "(": ")", "[": "]", '"': '"'}
"""What opens, and what may close it; the first where nothing did."""


def cited(alert: Alert, quotes: Sequence[Quote], frame: Frame) -> Iterator[Block]:
    """Yield the words that prove it, as they stand in the article, and whose they are."""
    by_article = {source.article: source for source in alert.sources}
    for i, (article, group) in enumerate(groupby(quotes, key=lambda quote: quote.article)):
        lines: list[Line] = [_closed(tuple(_quoted(quote.parts))) for quote in group]
        if source := by_article.get(article):
            lines.append((Piece("— "), Piece(_outlet(source, frame), link=safe_link(source.url))))
        yield Block(tuple(lines), drop=6 if i else 1, quote=True)


def _quoted(parts: tuple[tuple[str, bool], ...]) -> Iterator[Piece]:
    """Yield a quote's parts with single spaces between them, QUOTE_LENGTH letters at most."""
    left = QUOTE_LENGTH
    for text, bold in parts:
        body = clean(text, min(len(text), left)) if left > 1 else ""
        before, after = text[:1].isspace(), text[-1:].isspace() and bool(body)
        yield Piece(" " if before else "")
        yield Piece(body, bold=bold and bool(body))
        yield Piece(" " if after else "")
        left -= len(body)
        if left <= 1 or body.endswith(ELLIPSIS):
            return


def _closed(line: Line) -> Line:
    """Return a quote with the marks that its cut left open."""
    marks = unclosed("".join(piece.text for piece in line))
    return (*line, Piece(marks)) if marks else line


def unclosed(text: str) -> str:
    """Return the quotation marks and brackets that close what is open at the end of a text."""
    open_: list[str] = []
    for before, sign in pairwise(f" {text}"):
        if open_ and sign in _CLOSES[open_[-1]]:
            open_.pop()
        elif sign in _CLOSES and (sign != '"' or not before.isalnum()):
            open_.append(sign)
    return "".join(_CLOSES[sign][0] for sign in reversed(open_))


def counted(alert: Alert, frame: Frame) -> Line:
    """Return how many sources there are, and how many of them are independent."""
    told = frame.sources.format(n=len(alert.sources) + alert.more_sources)
    return (Piece(f"📰 {told}{frame.comma} {frame.independent.format(n=alert.origins)}"),)


def by_language(alert: Alert, frame: Frame) -> Iterator[Line]:
    """Yield a line for each language: its outlets, the newest article of each."""
    ordered = sorted(alert.sources, key=lambda source: (source.language, source.published or source.seen))
    for language, group in groupby(ordered, key=lambda source: source.language):
        outlets: dict[str, list[Source]] = {}
        for source in group:
            outlets.setdefault(_outlet(source, frame), []).append(source)
        pieces = [Piece(f"{frame.languages.get(language, language or '?')}: ")]
        for i, (outlet, sources) in enumerate(list(outlets.items())[:OUTLETS_SHOWN]):
            pieces += [Piece(" · ")] if i else []
            pieces.append(Piece(outlet, link=safe_link(sources[-1].url)))
            pieces += [Piece(f" ×{len(sources)}")] if len(sources) > 1 else []
        if len(outlets) > OUTLETS_SHOWN:
            pieces.append(Piece(f" +{len(outlets) - OUTLETS_SHOWN}"))
        yield tuple(pieces)


def outlet_of(alert: Alert, article: str, frame: Frame) -> str:
    """Return who published an article, or nothing."""
    return next((_outlet(source, frame) for source in alert.sources if source.article == article), "")


def _outlet(source: Source, frame: Frame) -> str:
    """Return an outlet with whom it credits: by name, when that says something new."""
    credited = source.credits or ""
    if source.credits_names:
        credited = getattr(source.credits_names, frame.language) or source.credits_names.en
    if not credited or credited.casefold() in source.outlet.casefold():
        return foreign(source.outlet, frame, 60)
    return f"{foreign(source.outlet, frame, 60)} ({foreign(credited, frame, 40)})"
