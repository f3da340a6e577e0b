"""The bytes of a document -> its text.

bytes -> byte-order mark | strict UTF-8 | nearly UTF-8 | what header or document declare | the language's habit

UTF-8 goes first because it cannot be mistaken: a feed in UTF-8 behind a wrong header is common, other
bytes that happen to be valid UTF-8 are not.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BARE = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_HABITS = {"kk": "windows-1251", "pl": "iso-8859-2", "ar": "windows-1256"}
_TEXT_CODECS = re.compile(r"utf|iso|latin|windows|cp\d|koi|mac|ascii|gb|big5|euc|shift|tis|ptcp|kz", re.IGNORECASE)


def decode(body: bytes, content_type: str, language: str) -> str:
    """Return the document's text; it never fails, and bytes that fit nothing become U+FFFD."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for start, name in _BARE:
        if body.startswith(start):
            return body.decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _undecided(body, content_type, language)


def _undecided(body: bytes, content_type: str, language: str) -> str:
    text = body.decode("utf-8", "replace")
    if text.count("\ufffd") * 50 <= sum(1 for each in text if each > "\x7f"):  # a summary cut inside a letter
        return text
    header, document = _CHARSET.search(content_type), _DECLARED.match(body)
    declared = [header[1] if header else "", document[1].decode() if document else ""]
    for name in (*declared, _HABITS.get(language, "")):
        try:
            if name and _TEXT_CODECS.match(name):
                return body.decode(name)
        except (UnicodeError, LookupError):
            continue
    return text
