"""The chat reads markup as the services do, and refuses what they refuse."""

import pytest

from jarshy.chat.markup import Refused, slack_text, telegram_html, units


def test_telegram_shows_tags_as_look_and_entities_as_letters() -> None:
    seen = telegram_html(
        '<b>Ақорда &amp; <i>PAP</i></b> &lt;x&gt; &#39;y&#39; <a href="https://a.kz/?b=1&amp;c=2">here</a>'
    )
    assert seen.text == "Ақорда & PAP <x> 'y' here"
    assert seen.links == ("https://a.kz/?b=1&c=2",)
    assert seen.strong == ("Ақорда & PAP",)


def test_telegram_leaves_a_lone_ampersand_and_unknown_entities() -> None:
    assert telegram_html("AT&T &nbsp; &copy;").text == "AT&T &nbsp; &copy;"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("ә <b>x", 'find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'expected "</i>", found "</b>"'),
        ("ә < 3", "Unclosed start tag at byte offset 3"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "nested"),
    ],
)
def test_telegram_refuses_what_it_cannot_parse(source: str, words: str) -> None:
    with pytest.raises(Refused, match="can't parse entities") as refused:
        telegram_html(source)
    assert words in str(refused.value)


def test_a_telegram_mention_is_seen_and_a_broken_one_is_not() -> None:
    assert telegram_html("ask @editor_one and a@b.kz").mentions == ("@editor_one",)
    assert telegram_html("ask @\u2060editor_one").mentions == ()


def test_slack_sees_calls_links_and_three_entities() -> None:
    seen = slack_text("<!channel> &lt;b&gt; AT&amp;T <https://a.kz|here> https://b.kz/?x=1&amp;y=2 <@U12>")
    assert seen.text == "@channel <b> AT&T here https://b.kz/?x=1&y=2 @U12"
    assert seen.mentions == ("!channel", "@U12")
    assert seen.links == ("https://a.kz", "https://b.kz/?x=1&y=2")


def test_escaped_calls_call_nobody() -> None:
    assert slack_text("&lt;!channel&gt; &lt;!here&gt;").mentions == ()


def test_length_is_counted_in_utf16() -> None:
    assert units("ә🇰🇿") == 5
