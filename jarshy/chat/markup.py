"""What the two services make of a text: markup -> what people see, or the service's own refusal."""

import re
from html import unescape
from typing import NamedTuple

TELEGRAM_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote"}
_TELEGRAM_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*>")
_TELEGRAM_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_HREF = re.compile(r"href=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_SLACK_CONTROL = re.compile(r"<([^<>]*)>")
_SLACK_BOLD = re.compile(r"(?<![\w*])\*(\S|\S[^*\n]*\S)\*(?![\w*])")
_SLACK_ENTITY = re.compile(r"&(?:lt|gt|amp);")


class Refused(ValueError):
    """The service does not take this text; the words are its own."""


class Seen(NamedTuple):
    """A text as people see it."""

    text: str
    links: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()  # what stands in bold
    mentions: tuple[str, ...] = ()  # who is called: @user, !channel


class _Open(NamedTuple):
    tag: str
    at: int  # where its text begins in the output
    href: str


def telegram_html(source: str) -> Seen:
    """Read Telegram's HTML subset as the Bot API does; Refused carries its description."""
    out: list[str] = []
    open_: list[_Open] = []
    links: list[str] = []
    strong: list[str] = []
    position = 0
    for match in re.finditer(r"[<]", source):
        at = match.start()
        if at < position:
            continue
        out.append(_decoded(source[position:at]))
        tag = _TELEGRAM_TAG.match(source, at)
        offset = len(source[:at].encode())
        if not tag:
            raise Refused(f"can't parse entities: Unclosed start tag at byte offset {offset}")
        name = tag[1].lower()
        if tag[0].startswith("</"):
            _close(name, offset, open_, "".join(out), strong)
        else:
            _check_start(name, offset, open_)
            href = _HREF.search(tag[2])
            target = unescape(next(filter(None, href.groups()), "")) if href else ""
            if name == "a" and target:
                links.append(target)
            open_.append(_Open(name, sum(map(len, out)), target))
        position = tag.end()
    if open_:
        end = len(source.encode())
        raise Refused(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{open_[-1].tag}\" ({end})"
        )
    out.append(_decoded(source[position:]))
    return Seen("".join(out).strip(), tuple(links), tuple(strong), _telegram_mentions("".join(out)))


def _check_start(name: str, offset: int, open_: list[_Open]) -> None:
    if name not in TELEGRAM_TAGS:
        raise Refused(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {offset}')
    if name == "blockquote" and any(each.tag == "blockquote" for each in open_):
        raise Refused(f"can't parse entities: Blockquote is nested at byte offset {offset}")


def _close(name: str, offset: int, open_: list[_Open], text: str, strong: list[str]) -> None:
    if not open_:
        raise Refused(f"can't parse entities: Unexpected end tag at byte offset {offset}")
    last = open_.pop()
    if last.tag != name:
        raise Refused(
            f"can't parse entities: Unmatched end tag at byte offset {offset}, "
            f'expected "</{last.tag}>", found "</{name}>"'
        )
    if name in ("b", "strong"):
        strong.append(text[last.at :])


def _decoded(text: str) -> str:
    """Decode the few entities that Telegram knows; any other ampersand stays as it is."""
    return _TELEGRAM_ENTITY.sub(lambda match: unescape(match[0]), text)


def _telegram_mentions(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}", text))


def slack_text(source: str, *, marked: bool = True) -> Seen:
    """Read Slack's text: `<...>` is a link or a call, three entities are decoded, `*...*` is bold."""
    links: list[str] = []
    mentions: list[str] = []

    def shown(match: re.Match[str]) -> str:
        inside, _, label = match[1].partition("|")
        if inside.startswith(("!", "@", "#")):
            mentions.append(inside)
            return "@" + (label or inside[1:])
        links.append(inside)
        return label or inside

    bare = _SLACK_ENTITY.sub(lambda match: unescape(match[0]), _SLACK_CONTROL.sub(" ", source))
    text = _SLACK_CONTROL.sub(shown, source)
    links.extend(re.findall(r"https?://[^\s|<>]+", bare))
    strong = [unescape(found) for found in _SLACK_BOLD.findall(text)] if marked else []
    text = _SLACK_BOLD.sub(r"\1", text) if marked else text
    decoded = _SLACK_ENTITY.sub(lambda match: unescape(match[0]), text)
    return Seen(decoded, tuple(map(unescape, links)), tuple(strong), tuple(mentions))


def units(text: str) -> int:
    """Return the length in UTF-16 code units: how Telegram counts its 4,096."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
