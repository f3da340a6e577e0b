"""feeds.yaml: every fault at once, with its place and the mend."""

from pathlib import Path

import pytest

from collectors.feeds import ALL, NOTHING, Assignment, Feed, checked, duration, load, owned, partition_of
from wire.files import Problems, read_text

ROOT = Path(__file__).parents[2]


def read(text: str) -> tuple[Feed, ...]:
    return checked(*read_text(text, "feeds.yaml"))


def faults(text: str) -> list[str]:
    with pytest.raises(Problems) as raised:
        read(text)
    return [str(problem) for problem in raised.value.problems]


def test_a_line_gets_what_its_country_implies() -> None:
    (feed,) = read("feeds:\n- {id: a, url: 'https://a.kz/rss', language: kk, outlet: А}\n")
    assert (feed.country, feed.zone, feed.interval, feed.allow_private) == ("KZ", "Asia/Almaty", 300.0, False)
    (arabic,) = read("feeds:\n- {id: a, url: 'https://a.jo/', language: ar, outlet: x, country: JO, interval: 90s}\n")
    assert (arabic.country, arabic.zone, arabic.interval) == ("JO", "Asia/Amman", 90.0)


def test_norway_is_a_country() -> None:
    (feed,) = read("feeds:\n- {id: a, url: 'https://a.no/', language: ar, outlet: x, country: NO}\n")
    assert feed.country == "NO"


def test_every_fault_is_told_at_once_and_in_order() -> None:
    text = """feeds:
- id: one
  url: ftp://a.kz/rss
  language: kk
  outlet: One
  zone: Asia/Almatty
- id: one
  url: http://127.0.0.1:8000/rss
  language: pl
  outlet: Two
  interval: 5 min
"""
    found = faults(text)
    assert [line.split(":")[1] for line in found] == ["3", "6", "7", "8", "11"]
    assert "did you mean 'Asia/Almaty'?" in found[1]
    assert "first on line 2" in found[2]
    assert "allow_private: true" in found[3]
    assert "90s, 5m, 2h or 1d" in found[4]


def test_a_fault_of_form_hides_no_other_and_a_password_is_not_repeated() -> None:
    found = faults(
        "feeds:\n"
        "- {id: One, url: 'htps://a.kz/', language: kk, outlet: x, zone: Europe/Warszawa, interval: 5}\n"
        "- {id: two, url: 'https://u:hunter2@a.kz/', language: po, outlet: x, country: Kz}\n"
        "- {id: two, url: 'https://u:hunter2@a.kz/', language: pl, outlett: x}\n"
        "- text\n"
    )
    assert [line.split(":")[1] for line in found] == ["2", "2", "2", "2", "3", "3", "3", "4", "4", "4", "4", "4", "5"]
    assert not any("hunter2" in line for line in found)
    told = "\n".join(found)
    assert all(words in told for words in ("'One'", "htps", "Europe/Warsaw'", "'po'", "capital letters", "outlet'?"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{id: a, url: 'https://a.kz/', language: ru, outlet: x}", "'ru' does not fit"),
        ("{id: a, url: 'https://a.kz/', language: kk, outlet: x, intervall: 5m}", "did you mean 'interval'?"),
        ("{id: A b, url: 'https://a.kz/', language: kk, outlet: x}", "'A b' does not fit"),
        ("{id: a, url: 'https://u:p@a.kz/', language: kk, outlet: x}", "user name or password"),
        ("{id: a, url: 'https://a.kz:99999/', language: kk, outlet: x}", "no web address"),
        ("{id: a, url: 'https:///x', language: kk, outlet: x}", "no web address"),
        ("{id: a, url: 'http://[::1]/', language: kk, outlet: x}", "private network"),
        ("{id: a, url: 'http://localhost/', language: kk, outlet: x}", "private network"),
        ("{id: a, url: 'https://a.kz/', language: kk, outlet: x, interval: 1s}", "out of bounds"),
        ("{id: a, url: 'https://a.kz/', language: kk, outlet: x, zone: /etc/passwd}", "no IANA time zone"),
        ("{id: a, language: kk, outlet: x}", "'url' is missing"),
    ],
)
def test_a_fault_says_what_and_how_to_mend_it(line: str, told: str) -> None:
    (found,) = faults(f"feeds:\n- {line}\n")
    assert told in found
    assert found.startswith("feeds.yaml:2:")


def test_the_same_address_twice_is_a_fault() -> None:
    line = "- {{id: {}, url: 'https://a.kz/', language: kk, outlet: x}}\n"
    assert "each feed once" in faults("feeds:\n" + line.format("a") + line.format("b"))[0]


def test_a_file_without_feeds_is_a_fault() -> None:
    assert "lists no feed" in faults("feeds: []\n")[0]
    assert faults("")


def test_a_private_feed_may_be_asked_often() -> None:
    line = "{id: a, url: 'http://127.0.0.1:1/', language: kk, outlet: x, interval: 1s, allow_private: true}"
    assert read(f"feeds:\n- {line}\n")[0].interval == 1.0


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("5m", 300), ("1.5h", 5400), ("2 d", 172_800), ("5", None)])
def test_durations(text: str, seconds: float | None) -> None:
    assert duration(text) == seconds


def test_the_shipped_feeds_are_sound_and_in_three_languages() -> None:
    feeds = load(ROOT / "config" / "feeds.yaml")
    assert len(feeds) >= 25
    assert {feed.language for feed in feeds} == {"kk", "pl", "ar"}
    assert not any(feed.allow_private for feed in feeds)


def test_every_feed_has_one_owner_and_a_host_only_one() -> None:
    feeds = load(ROOT / "config" / "feeds.yaml")
    shares = [owned(feeds, Assignment(frozenset(range(n, 12, 3)), 12)) for n in range(3)]
    assert sorted(feed.id for share in shares for feed in share) == sorted(feed.id for feed in feeds)
    assert owned(feeds, ALL) == list(feeds)
    assert owned(feeds, NOTHING) == []
    assert partition_of("a.kz", 12) == partition_of("a.kz", 12)
    hosts = [{feed.host for feed in share} for share in shares]
    assert not hosts[0] & hosts[1]
    assert not hosts[1] & hosts[2]
