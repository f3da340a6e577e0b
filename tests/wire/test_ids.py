"""Identities: equal parts, equal id; anything else, another."""

from hypothesis import given
from hypothesis import strategies as st

from wire import ids

texts = st.text()


@given(st.lists(texts, max_size=5), st.lists(texts, max_size=5))
def test_ids_are_equal_exactly_when_their_parts_are(one: list[str], other: list[str]) -> None:
    assert (ids.make(ids.STORY, *one) == ids.make(ids.STORY, *other)) == (one == other)


def test_where_a_part_ends_is_part_of_the_identity() -> None:
    assert ids.make(ids.KEY, "ab", "c") != ids.make(ids.KEY, "a", "bc")


def test_an_article_is_its_link_and_only_without_one_its_guid() -> None:
    linked = ids.article_id(host="a.kz", link="/1", feed="f", guid="g")
    assert linked == ids.article_id(host="a.kz", link="/1", feed="another feed", guid="another guid")
    unlinked = ids.article_id(host="a.kz", link=None, feed="f", guid="g")
    assert unlinked != linked
    assert unlinked != ids.article_id(host="a.kz", link=None, feed="f2", guid="g")


@given(st.lists(texts, max_size=4), st.randoms())
def test_the_order_of_claims_is_not_part_of_an_alerts_identity(claims: list[str], random: object) -> None:
    shuffled = sorted(claims, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert ids.alert_id("s", "first", claims) == ids.alert_id("s", "first", shuffled)


def test_ids_fit_a_topic_key_and_a_short_line() -> None:
    assert ids.make(ids.ARTICLE, "x" * 100_000).startswith("art-")
    assert len(ids.make(ids.ARTICLE, "x")) == len("art-") + 24
