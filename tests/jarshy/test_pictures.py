"""The pictures of documents: what the services are sent, as bubbles of HTML; and a photograph, where Chromium is."""

import shutil
from pathlib import Path

import pytest

from jarshy.pictures import Message, page, photograph, pick, slack, telegram
from tests.alerts.samples import SENTENCE, alert, source
from wire.records import AlertKind


def test_telegram_s_bubble_quotes_and_keeps_its_links() -> None:
    bubble = telegram(Message(alert(), "pl"))
    assert "<b>Szawkat Mirzijojew</b>" in bubble
    assert bubble.count("<blockquote>") == bubble.count("</blockquote>") == 1
    assert 'href="https://news.example/art-1?a=1&amp;b=2"' in bubble
    assert "<br/>" not in bubble


def test_slack_s_text_shows_quotes_as_quotes_and_no_markup_of_feeds() -> None:
    bubble = slack(Message(alert(sources=(source(outlet="<b>News</b>"),))))
    assert f'<blockquote><div class="line" dir="auto">{SENTENCE}</div>' in bubble.replace("<b>", "").replace("</b>", "")
    assert "&lt;b&gt;News&lt;/b&gt;" in bubble


def test_alerts_are_picked_by_kind_of_one_story() -> None:
    first, other, change = alert(), alert(story="sto-other"), alert(kind=AlertKind.STATUS_CHANGE)
    assert pick([first, other, change], "UZ", AlertKind.FIRST, AlertKind.STATUS_CHANGE) == [first, change]


@pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
def test_a_page_is_photographed_in_its_own_size(tmp_path: Path) -> None:
    photograph(page([("telegram", [telegram(Message(alert()))])]), tmp_path / "alert.png")
    head = (tmp_path / "alert.png").read_bytes()[:24]
    width, height = (int.from_bytes(head[at : at + 4], "big") for at in (16, 20))
    assert head.startswith(b"\x89PNG")
    assert width == round(412 * 1.5)
    assert 300 < height < 1500
