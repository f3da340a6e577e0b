"""An article's page -> its text: bytes -> charsets.decode -> trafilatura -> clean

The only import of trafilatura; like parse.py it runs in a child process that may be killed.
"""

import trafilatura

from collectors import charsets, clean
from collectors.entries import Document, ParseError
from collectors.parse import TEXT_BYTES
from wire.records import Reason


def page_text(document: Document) -> str:
    """Return the text of the article that a page is about; raises ParseError when there is none."""
    html = charsets.decode(document.body, document.content_type, document.language)
    found = trafilatura.extract(html, url=document.url, include_comments=False, include_tables=False, deduplicate=True)
    text, _ = clean.cut(clean.tidy(found or ""), TEXT_BYTES)
    if not text:
        raise ParseError(Reason(code="no-article", text="holds no article that can be told from its surroundings"))
    return text
