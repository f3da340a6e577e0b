"""Which language an article is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.languages.identify import identify


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Үкімет басшысы Ташкентте өзбек әріптесімен кездесіп, су мәселесін талқылады", "kk"),
        ("Қаңтарда Астанаға көрші елдің сыртқы істер министрі келеді", "kk"),
        ("Qazaqstan men Qyrǵyzstan shekara týraly shartqa qol qoıdy", "kk"),
        ("Memleket basşysy Almatyda elşılerdı qabyldady jäne söz söiledı", "kk"),
        ("Minister spraw zagranicznych poleci w środę do Astany", "pl"),
        ("Rozmowy o tranzycie i uranie w Gdyni", "pl"),
        ("وزير الخارجية يصل إلى أستانا غدا في زيارة رسمية", "ar"),
        ("أمير البلاد يستقبل ضيف الدولة", "ar"),
        ("Премьер-министр принял посла соседней страны и обсудил торговлю", ""),
        ("Премьер-министр Қазақстана Олжас Бектенов обсудил торговлю с соседями", ""),
        ("Кыргызстандын өкмөт башчысы кошуна өлкөнүн элчисин кабыл алды", ""),
        ("Хөкүмәт җитәкчесе күрше ил илчесен кабул итте һәм сөйләште", ""),
        ("Прем'єр-міністр прийняв посла сусідньої держави у Києві", ""),
        ("Hukumat rahbari qo‘shni davlat elchisini qabul qildi va uchrashuv o‘tkazdi", ""),
        ("Hökumət başçısı qonşu ölkənin səfirini qəbul edib və görüş keçirib", ""),
        ("Başbakan komşu ülkenin büyükelçisini kabul etti ve görüştü", ""),
        ("Premiér přijal velvyslance sousední země a jednal s ním", ""),
        ("The prime minister received the ambassador of a neighbouring state", ""),
        ("نخست وزیر سفیر کشور همسایه را به حضور پذیرفت و گفتگو کرد", ""),
        ("وزیر اعظم نے پڑوسی ملک کے سفیر سے ملاقات کی ہے", ""),
        ("总理会见邻国大使并讨论贸易", ""),
        ("12:30 — 17.05.2024", ""),
        ("", ""),
    ],
)
def test_languages(title: str, language: str) -> None:
    assert identify(title, "", "") == language
    assert identify("", title, language) == language


def test_the_feed_settles_what_is_too_short() -> None:
    assert identify("Тоқаев Бакуде", "", "kk") == "kk"
    assert identify("Tusk w Baku", "", "pl") == "pl"
    assert identify("The president met the king of Spain in Madrid", "", "pl") == ""
    assert identify("Президент встретился с королём Испании в Мадриде", "", "kk-KZ") == ""


@given(st.text(), st.text(), st.sampled_from(["", "kk", "pl", "ar", "ru", "kk-KZ", "??"]))
def test_any_text_has_an_answer(title: str, text: str, claimed: str) -> None:
    assert identify(title, text, claimed) in {"kk", "pl", "ar", ""}


def test_a_huge_article_takes_no_longer() -> None:
    assert identify("", "келіссөз " * 500_000, "kk") == "kk"
