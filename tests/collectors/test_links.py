"""One article, one canonical link, however its address is dressed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collectors.links import canonical, web_address

SAME = [
    "https://www.jarnama.example/kk/astana-kezdesu/",
    "http://jarnama.example/kk/astana-kezdesu",
    "https://m.jarnama.example/kk/astana-kezdesu?utm_source=rss&utm_medium=feed",
    "https://amp.jarnama.example/kk/astana-kezdesu/amp/",
    "https://jarnama.example/amp/kk/astana-kezdesu#comments",
    "https://JARNAMA.example:443/kk//astana-kezdesu/index.html?fbclid=x1",
    "https://jarnama.example/kk/%61stana-kezdesu?amp=1",
]


@pytest.mark.parametrize("address", SAME)
def test_one_article_has_one_canonical_link(address: str) -> None:
    assert canonical(address) == ("jarnama.example", "/kk/astana-kezdesu")


def test_what_tells_articles_apart_stays() -> None:
    assert canonical("https://a.kz/?p=12&utm_source=x") == ("a.kz", "/?p=12")
    assert canonical("https://a.kz/?b=1&a=2") == canonical("https://a.kz/?a=2&b=1")
    assert canonical("https://kaz.a.kz/1") != canonical("https://a.kz/1")
    assert canonical("https://a.kz/News") != canonical("https://a.kz/news")
    assert canonical("https://a.kz:8080/1") != canonical("https://a.kz/1")
    assert canonical("https://m.kz/1") == ("m.kz", "/1")


def test_an_arabic_path_is_the_same_encoded_or_not() -> None:
    encoded = "https://a.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1"
    assert canonical("https://a.example/أخبار/1") == canonical(encoded)


def test_a_front_page_is_no_article() -> None:
    for address in ("https://a.kz", "https://www.a.kz/", "https://a.kz/index.php?utm_source=rss"):
        assert (link := canonical(address))
        assert link.is_front_page


@given(
    st.from_regex(
        r"https?://(www\.|m\.|amp\.){0,3}[a-z]{1,5}\.(kz|pl)(:80|:8080)?(/[ -~а-я]{0,9}){0,4}", fullmatch=True
    )
)
@example("https://www.www.a.kz/amp/amp/x/amp.amp//index.html")
@example("https://a.kz/amp")
@example("https://a.kz/%2525?%26amp%3B=1&=&a")
def test_canonical_is_canonical_again(address: str) -> None:
    link = canonical(address)
    assert link is None or canonical(link.url) == link


@given(st.text(max_size=60), st.sampled_from(["", "https://a.kz/rss"]))
def test_any_text_is_a_plain_web_address_or_none(text: str, base: str) -> None:
    found = web_address(text, base)
    assert found is None or (found.isascii() and found.startswith(("http://", "https://")) and " " not in found)
    assert found is None or web_address(found) == found


@pytest.mark.parametrize(
    "raw",
    ["javascript:alert(1)", " JavaScript:alert(1)", "file:///etc/passwd", "data:text/html,x", "mailto:a@b.kz", ""],
)
def test_what_is_no_web_address_is_dropped(raw: str) -> None:
    assert web_address(raw, "") is None


def test_relative_and_escaped_links_are_resolved() -> None:
    base = "https://a.kz/feed/rss.xml"
    assert web_address("/news/1", base) == "https://a.kz/news/1"
    assert web_address("//b.kz/1", base) == "https://b.kz/1"
    assert web_address("https://a.kz/?a=1&amp;amp;b=2") == "https://a.kz/?a=1&b=2"
    assert web_address("https://қазақ.қаз/жаңа 1") == "https://xn--80aau21bd.xn--80ao21a/%D0%B6%D0%B0%D2%A3%D0%B0%201"
