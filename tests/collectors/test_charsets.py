"""Bytes to text, whatever header and document claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.charsets import decode

KAZAKH = '<?xml version="1.0" encoding="{}"?><rss>Келіссөз Астанада өтті</rss>'


@pytest.mark.parametrize("header", ["", "text/xml", "text/xml; charset=iso-8859-1", 'text/xml; charset="windows-1251"'])
@pytest.mark.parametrize("declared", ["utf-8", "windows-1251"])
def test_utf8_is_believed_before_any_claim(header: str, declared: str) -> None:
    text = KAZAKH.format(declared)
    assert decode(text.encode(), header, "kk") == text


def test_a_summary_cut_inside_a_letter_does_not_change_the_charset() -> None:
    raw = (KAZAKH * 5).encode() + "қ".encode()[:1] + b"</x>"
    assert decode(raw, "text/xml; charset=windows-1252", "kk").startswith(KAZAKH)


@pytest.mark.parametrize(
    ("text", "charset", "language"),
    [
        ("Тоқырау", "ptcp154", "kk"),
        ("Встреча", "windows-1251", "kk"),
        ("Źródło", "iso-8859-2", "pl"),
        ("لقاء", "windows-1256", "ar"),
    ],
)
def test_other_charsets_are_found_by_header_by_document_and_by_habit(text: str, charset: str, language: str) -> None:
    document = f'<?xml version="1.0" encoding="{charset}"?><t>{text}</t>'
    assert decode(document.encode(charset), "", language) == document
    bare = f"<t>{text}</t>"
    assert decode(bare.encode(charset), f"text/xml; charset={charset}", language) == bare
    if charset != "ptcp154":
        assert decode(bare.encode(charset), "", language) == bare


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings(charset: str) -> None:
    text = KAZAKH.format("utf-16")
    assert decode(text.encode(charset), "", "kk") == text


@given(st.binary(max_size=200), st.text(max_size=30))
def test_any_bytes_become_text(body: bytes, header: str) -> None:
    decode(body, f"text/xml; charset={header}", "ar").encode()


def test_codecs_that_are_no_charsets_are_not_run() -> None:
    assert decode(b"<?xml version='1.0' encoding='rot13'?>\xff\xfe\xfd", "x; charset=zlib", "pl")
