"""What was read before is left out of a document, and nothing else changes by it."""

from datetime import UTC, datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors import states
from collectors.articles import Sifted, is_entangled, sift
from collectors.entries import Document, Parsed
from collectors.feeds import Feed
from collectors.fetch import NONE
from collectors.parse import parse
from collectors.pieces import row
from collectors.states import FeedState, Known

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)
FEED = Feed(id="x", url="https://a.kz/rss", language="kk", outlet="x", zone="UTC", interval=60)
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{}</feed>'
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    "<channel><items><rdf:Seq/></items></channel>{}</rdf:RDF>"
)


class Told(NamedTuple):
    """An entry as a newsroom writes it."""

    title: str
    text: str
    link: str | None
    guid: str | None

    def rss(self) -> str:
        link = f"<link>{self.link}</link>" if self.link else ""
        guid = f"<guid>{self.guid}</guid>" if self.guid else ""
        return f"<item><title>{self.title}</title>{link}{guid}<description>{escape(self.text)}</description></item>\n"

    def atom(self) -> str:
        link = f'<link href="{self.link}"/>' if self.link else ""
        id = f"<id>{self.guid}</id>" if self.guid else ""
        return f"<entry><title>{self.title}</title>{link}{id}<summary>{escape(self.text)}</summary></entry>"


def document(text: str) -> Document:
    return Document(body=text.encode(), url=FEED.url, zone="UTC", language="kk")


def read(text: str, state: FeedState, *, whole: bool = False) -> tuple[FeedState, Sifted, Parsed]:
    """Read a document as a poll does, or whole."""
    asked = document(text)
    known = frozenset(known.piece for known in state.entries if known.piece)
    parsed = parse(asked if whole else msgspec.structs.replace(asked, read=known))
    if is_entangled(FEED, state, parsed):
        parsed = parse(asked)
    sifted = sift(FEED, state, parsed, NOW, 3600)
    return states.read(state, NONE, "x", sifted.known), sifted, parsed


def known(sifted: Sifted) -> dict[str, Known]:
    return {each.id: msgspec.structs.replace(each, piece="") for each in sifted.known}


TOLD = st.builds(
    Told,
    title=st.sampled_from(["а", "б", "в"]),
    text=st.sampled_from(["", "x", "</item>", "<!-- x", "]]>"]),
    link=st.sampled_from([None, "https://a.kz/", "https://a.kz/1", "https://a.kz/2", "https://a.kz/3"]),
    guid=st.sampled_from([None, "1", "guid-1", "guid-2", "guid-3", "https://a.kz/2"]),
)
# A guid that one document gives to several entries is left out: whose past is whose then, nobody says, and what is told
# again may differ (never what is new). Found by this law at one document in some thousand.
SHOWN = st.lists(TOLD, max_size=5, unique_by=lambda told: told.guid or told)
DOCUMENTS = st.lists(SHOWN, min_size=2, max_size=5)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(DOCUMENTS, st.booleans())
def test_what_is_told_is_what_reading_everything_would_tell(shown: list[list[Told]], is_atom: bool) -> None:
    apart = whole = FeedState(feed="x")
    for told in shown:
        text = (
            ATOM.format("".join(each.atom() for each in told)) if is_atom else RSS.format("".join(map(Told.rss, told)))
        )
        apart, by_pieces, _ = read(text, apart)
        whole, at_once, _ = read(text, whole, whole=True)
        assert by_pieces.articles == at_once.articles
        assert by_pieces.fresh == at_once.fresh
        assert known(by_pieces) == known(at_once)


def items(*numbers: int) -> str:
    return "".join(Told(f"т{n}", "м", f"https://a.kz/{n}", f"guid-{n}").rss() for n in numbers)


@pytest.mark.parametrize("frame", [RSS, RDF, RSS.replace("<title>x</title>", "<title>x</title><ttl>30</ttl>")])
def test_only_what_is_new_is_read(frame: str) -> None:
    state, _, first = read(frame.format(items(2, 1)), FeedState(feed="x"))
    state, sifted, parsed = read(frame.format(items(3, 2, 1)), state)
    assert ([each.title for each in first.entries], [each.title for each in parsed.entries]) == (["т2", "т1"], ["т3"])
    assert len(parsed.again) == 2
    assert [each.title for each in sifted.articles] == ["т3"]
    assert {each.piece == "" for each in sifted.known} == {False}
    assert parsed.ttl == first.ttl


def test_a_document_with_nothing_new_is_not_parsed_at_all() -> None:
    dated = RSS.replace("<title>x</title>", "<title>x</title><ttl>30</ttl><lastBuildDate>{}</lastBuildDate>")
    state, _, first = read(dated.format("1", items(2, 1)), FeedState(feed="x"))
    after, sifted, parsed = read(dated.format("2", items(2, 1)), state)
    assert (first.ttl, parsed.ttl, parsed.entries, sifted.articles) == (1800.0, None, (), ())
    assert after == state


def test_what_gives_the_entries_their_sense_has_them_read_again() -> None:
    state, _, _ = read(ATOM.format(Told("т", "м", "1", None).atom()), FeedState(feed="x"))
    moved = ATOM.replace("<feed", '<feed xml:base="https://b.kz/"').format(Told("т", "м", "1", None).atom())
    assert read(moved, state)[2].again == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no feed",
        RSS.format(""),
        RSS.format("<item><title>x</title>"),
        RSS.format("<item><title>x</title></item><title>between</title><item><title>y</title></item>"),
        RSS.format("<item><title>x</title><item><title>y</title></item></item>"),
        RSS.format("<item><description><![CDATA[</item>]]></description></item>"),
        RSS.format("<!-- <item><title>x</title></item> --><item><title>y</title></item>"),
        RSS.format("<item><title>x</title></item><!-- <item></item> -->"),
        RSS.format("<description><![CDATA[<item>x</item>]]></description>"),
        RSS.format("<item/><item><title>y</title></item>"),
        RSS.format("<item /><item><title>y</title></item>"),
        RSS.format("<item>" * 50_000),
        ATOM.replace("feed", "a:feed").format("<a:entry><a:title>x</a:title></a:entry>"),
        '{"version": "https://jsonfeed.org/version/1", "items": []}',
    ],
)
def test_what_does_not_stand_plainly_in_a_row_is_read_whole(text: str) -> None:
    assert row(text) is None


@given(st.lists(TOLD, max_size=4), st.text(max_size=3))
def test_the_pieces_are_the_document(told: list[Told], closing: str) -> None:
    text = RSS.format("".join(map(Told.rss, told)) + escape(closing))
    found = row(text)
    assert found is None or found.text == text
    assert found is not None or not told
