"""A link in a feed -> the address to open, and the form in which equal articles are equal.

raw link -> web_address (resolved, http only, ASCII) -> canonical (scheme, www, m, amp, tracking ... gone)
"""

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urljoin, urlsplit, urlunsplit

LONGEST = 2048
_SAFE = "%/:?#[]@!$&'()*+,;=~-._"
_PREFIXES = ("www.", "m.", "amp.", "mobile.")
_PATH_ENDS = ("/amp", "/amp.html", ".amp", "/index.html", "/index.htm", "/index.php")
_TRACKING = re.compile(
    r"utm_.+|[a-z]*clid|_openstat|mc_[ce]id|igshid|spm|xtor|wt\.[a-z_]+|maca|ocid|cmpid|icid|srnd|ito|cmp"
    r"|traffic_source|ns_(?:campaign|source|mchannel|fee|linkname)|at_(?:medium|campaign|custom\d|format|link\w+)"
    r"|__twitter_impression|amp|outputtype|_ga|_gl|from_?rss|rss|ref_src|yclid|ysclid|etext|hss_channel"
)


class Canonical(NamedTuple):
    """What two addresses of one article have in common."""

    host: str
    path: str  # with its query

    @property
    def url(self) -> str:
        """Return it as an address again: canonical(url) is this."""
        return f"https://{self.host}{self.path}"

    @property
    def is_front_page(self) -> bool:
        """Return whether this is a site rather than an article."""
        return self.path == "/"


def web_address(raw: str, base: str = "") -> str | None:
    """Return the http(s) address a link leads to, in ASCII, or None: no `javascript:`, no `file:`."""
    link = "".join(raw.split("\n")).strip()
    while "&amp;" in link[:LONGEST]:
        link = link.replace("&amp;", "&")
    try:
        parts = urlsplit(urljoin(base, link))
        host = _ascii_host(parts.hostname or "")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # also UnicodeError
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    ends = (quote(part.encode("utf-8", "replace"), safe=_SAFE) for part in (parts.path, parts.query, parts.fragment))
    found = urlunsplit((parts.scheme, host + port, *ends))
    return found if len(found) <= LONGEST else None


def _ascii_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    name = host if host.isascii() else host.encode("idna").decode()
    if not re.fullmatch(r"[A-Za-z0-9._-]*", name):
        raise ValueError(f"{host!r} is no host")
    return name.lower()


def canonical(address: str) -> Canonical | None:
    """Return the canonical form of a web address, from its text alone."""
    try:
        parts = urlsplit(quote(address.encode("utf-8", "replace"), safe=_SAFE))
        host = canonical_host(parts.netloc)
    except ValueError:
        return None
    return Canonical(host, _path(parts.path) + _query(parts.query)) if host else None


def canonical_host(netloc: str) -> str:
    """Return a host without the prefixes and ports that change nothing."""
    host = netloc.rpartition("@")[2].lower()
    host = re.sub(r":(?:80|443)?$", "", host).rstrip(".")
    while prefix := next((each for each in _PREFIXES if host.startswith(each)), ""):
        rest = host.removeprefix(prefix)
        if "." not in rest.strip("."):  # m.kz is a site of its own
            break
        host = rest
    return host


def _path(path: str) -> str:
    decoded = unquote_to_bytes(path).decode("latin-1")  # byte for byte, whatever the encoding
    decoded = re.sub(r"/{2,}", "/", decoded)
    while True:
        shorter = re.sub(r"^/amp(?=/.)", "", decoded.rstrip("/"))
        for end in _PATH_ENDS:
            shorter = shorter.removesuffix(end)
        if shorter == decoded:
            break
        decoded = shorter
    return quote(decoded.encode("latin-1")) or "/"


def _query(query: str) -> str:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, encoding="latin-1", max_num_fields=100)
    except ValueError:
        return f"?{query}"
    kept = sorted(pair for pair in pairs if not _TRACKING.fullmatch(pair[0].lower()))
    return f"?{urlencode(kept, encoding='latin-1')}" if kept else ""
