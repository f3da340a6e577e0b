"""About and mentioned: the lead, two sentences, and lists that are boilerplate."""

import time

import pytest

from streams.rules.ruleset import Topic
from streams.rules.topics import Sighted, listings, sight
from tests.streams.rules.world import text, whole_words

TOPIC = (Topic("x", (("kk", ("уран", "транзит")), ("pl", ("uran", "tranzyt")), ("ar", ("اليورانيوم", "والعبور")))),)


def seen(body: str, language: str = "kk", title: str = "") -> Sighted:
    """Return what is sighted of the one topic."""
    read = text(title + body, language)
    return sight(read, whole_words(TOPIC)(read), len(title))


def test_the_first_sentence_is_what_an_article_is_about() -> None:
    assert seen("Екі ел басшысы уран туралы сөйлесті. Басқа мәселе айтылмады.").about == {0: (15, 19)}


def test_the_title_is_and_so_is_the_sentence_behind_it() -> None:
    assert seen("Келіссөз кеше өтті.", title="Тараптар уран жайын айтты\n\n").about
    assert seen("Келіссөзде уран жайы айтылды.", title="Басшылар кездесті\n\n").about


def test_once_further_down_is_mentioned_only() -> None:
    found = seen("Басшылар кеше кешке Астанада кездесті. Соңында уран жайы айтылды.")
    assert not found.about
    assert found.mentions == {0: (47, 51)}
    assert found.why_not_about == {0: "in one sentence only, not the first"}


def test_twice_further_down_is_about() -> None:
    body = "Басшылар кеше кешке Астанада кездесті. Соңында уран жайы айтылды. Тараптар уран жеткізуге келісті."
    assert seen(body).about == {0: (47, 51)}


def test_twice_in_one_sentence_is_once() -> None:
    assert not seen("Басшылар кеше кешке Астанада кездесті. Соңында уран мен уран кені жайы айтылды.").about


def test_a_dateline_is_no_first_sentence() -> None:
    assert seen("Астана. Басшылар кеше уран жайын айтты. Басқа мәселе жоқ.").about


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Тараптар сауда, транзит және мәдениет салаларын талқылады.", "kk"),
        ("Тараптар транзит, сауда және мәдениет салаларын талқылады.", "kk"),
        ("Тараптар сауда, мәдениет және транзит салаларын талқылады.", "kk"),
        ("Тараптар сауда, білім, транзит, мәдениет салаларын талқылады.", "kk"),
        ("Тараптар сауда, көлік пен транзит салаларын талқылады.", "kk"),
        ("Тараптар сауда, транзит мен мәдениет салаларын талқылады.", "kk"),
        ("Тараптар үш мәселені қарады: сауда, транзит, мәдениет.", "kk"),
        ("Rozmowy dotyczyły spraw: tranzyt, ochrona wód, kultura.", "pl"),
        ("Strony omówiły handel, tranzyt i kulturę.", "pl"),
        ("Strony omówiły współpracę gospodarczą, tranzyt oraz kulturę.", "pl"),
        ("Strony omówiły tranzyt, współpracę w dziedzinie kultury i edukację.", "pl"),
        ("بحث الجانبان التجارة والعبور والثقافة.", "ar"),
        ("بحث الجانبان التجارة، والعبور، والثقافة.", "ar"),
    ],
)
def test_a_topic_in_a_list_of_three_is_boilerplate(body: str, language: str) -> None:
    found = seen(body, language)
    assert not found.about
    assert found.mentions
    assert found.why_not_about == {0: "in a list of things only"}


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Тараптар уран мен транзит жайын талқылады.", "kk"),
        ("Тоқаев пен Мирзиёев бүгін транзит пен уран жайын талқылады.", "kk"),
        ("Тоқаев пен Мирзиёев уран, көлік жайын талқылады.", "kk"),
        ("Тоқаев, Мирзиёев және Жапаров бүгін уран жайын талқылады.", "kk"),
        ("Мемлекет басшысы, өз кезегінде, уран жайын айтты.", "kk"),
        ("Хабарда былай делінген: Мемлекет басшысы уран жайын, тасымалын айтты, кейін аттанды.", "kk"),
        ("Strony omówiły uran i tranzyt.", "pl"),
        ("Prezydent, jak podano w komunikacie, mówił o dostawach uran.", "pl"),
        ("بحث الجانبان اليورانيوم والعبور.", "ar"),
        ("وصل الرئيس والتقى نظيره وبحثا اليورانيوم.", "ar"),
    ],
)
def test_two_things_an_aside_or_names_are_no_list(body: str, language: str) -> None:
    assert seen(body, language).about


def test_a_serious_sentence_outweighs_a_list() -> None:
    body = "Басшылар кеше Астанада кездесті. Тараптар сауда, транзит және мәдениет салаларын талқылады."
    assert not seen(body + " Соңында транзит жайы айтылды.").about
    assert seen(body + " Соңында транзит жайы айтылды. Олар транзит көлемін көбейтеді.").about


def test_nothing_is_sighted_in_nothing() -> None:
    assert seen("") == Sighted("kk")


def test_a_sentence_of_a_hundred_thousand_words_takes_linear_time() -> None:
    def seconds(count: int) -> float:
        body = "сауда, транзит және мәдениет, " * count
        start = time.process_time()
        assert listings(body, 0, len(body))
        return time.process_time() - start

    assert seconds(25_000) < 40 * max(seconds(2_500), 0.001)
