"""What the demo puts in front of and behind the system: newsroom -> [the system] -> chat.

The stages read an ordinary config folder: the shipped rules and lexicon, the newsroom's feeds.yaml and a
desks.yaml whose chats are all the demo's own.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec

from jarshy.chat.chat import Chat
from jarshy.chat.records import ChatMessage
from jarshy.chat.server import ChatServer
from jarshy.newsroom.server import NewsroomServer
from wire.settings import Settings

INTERVAL = "2s"
TOKEN = "110201543:demo-demo-demo-demo-demo-demo-demo-x"
DESKS = {
    "diplomacy": (1001, "en"),
    "asia": (1002, "kk"),
    "europe": (1003, "pl"),
    "gulf": (1004, "ar"),
}
"""The demo's chats: each desk's Telegram chat and the language it reads."""
READ_HERE = str(DESKS["diplomacy"][0])
"""The chat whose messages the demo shows: every rule's alerts reach it, in English."""
PACE = "rate: 20/s, throttle: 0, group: {wait: 0s, interval: 0s}"
"""Each alert at once: a demo lasts a minute, where a desk would be told once in ten."""
OPERATORS = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"


def desks_yaml() -> str:
    """Return the demo's desks.yaml."""
    receivers = [
        f"  {desk}: {{url: 'tgram://{TOKEN}/{chat}', frame: {frame}, zone: Asia/Almaty, {PACE}{_more(desk)}}}"
        for desk, (chat, frame) in DESKS.items()
    ]
    desks = [f"  {desk}: [{desk}{', diplomacy' if desk != 'diplomacy' else ''}]" for desk in DESKS]
    operators = f"  operators: {{url: '{OPERATORS}', frame: en}}"
    return "\n".join(["receivers:", *receivers, operators, "desks:", *desks, "operators: [operators]", ""])


def _more(desk: str) -> str:
    """Return what the desk that is read here wants beside the usual: every step of a story."""
    return ", kinds: [first, status-change, correction, update]" if desk == "diplomacy" else ""


def config(folder: Path, shipped: Path, newsroom: NewsroomServer) -> None:
    """Lay out the demo's config folder."""
    folder.mkdir(parents=True)
    for name in ("rules", "lexicon"):
        (folder / name).symlink_to((shipped / name).resolve())
    (folder / "feeds.yaml").write_text(newsroom.feeds_yaml(INTERVAL), encoding="utf-8")
    (folder / "desks.yaml").write_text(desks_yaml(), encoding="utf-8")


def chat_settings(ours: Settings, chat: ChatServer) -> Settings:
    """Return settings whose chats are the demo's."""
    return msgspec.structs.replace(ours, telegram_api=chat.address, slack_api=chat.address)


def open_chat(on_message: Callable[[ChatMessage], None]) -> ChatServer:
    """Return the demo's chat: it knows whoever writes to it, and sets no limits."""
    return ChatServer(Chat(on_message=on_message))
