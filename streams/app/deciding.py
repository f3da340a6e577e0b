"""Messages -> what each wants done: Message --step--> Effects; poison, and what makes a step raise -> a dead letter."""

import asyncio
import logging
import traceback
from collections.abc import Callable, Sequence
from typing import Any, Final

from streams import steps
from streams.app.ends import end
from wire.broker import Message, letter_for
from wire.records import NewerRecord, Reason, UndecodableRecord
from wire.settings import NEWER_RECORD
from wire.topics import DEAD_LETTERS

log = logging.getLogger("jarshy.streams")
SHARE: Final = 0.004
"""Seconds for which a turn keeps the loop: giving it away after each message costs a poll of all sockets each time."""
Step = Callable[[Message], steps.Effects]


async def decided(messages: Sequence[Message], step: Step) -> list[tuple[Message, steps.Effects]]:
    """Return each message with what it wants done, in their order."""
    found, clock = [], asyncio.get_running_loop().time
    until = clock() + SHARE
    for message in messages:
        found.append((message, _decided(message, step)))
        if clock() > until:
            await asyncio.sleep(0)
            until = clock() + SHARE
    return found


def message_of(event: Any) -> Message:
    """Return the message of Faust's event."""
    raw = event.message
    return Message(raw.topic, raw.partition, raw.offset, (raw.key or b"").decode("utf-8", "replace"), raw.value, 0)


def _decided(message: Message, step: Step) -> steps.Effects:
    try:
        return step(message)
    except UndecodableRecord as error:
        return _dead(message, Reason(code="undecodable", text=str(error)))
    except NewerRecord as error:
        end(NEWER_RECORD, str(error))
    except Exception as error:  # pure code that raises will raise again: visible, replayable
        log.error("%s/%s/%s: %r", message.topic, message.partition, message.offset, error)
        detail = "".join(traceback.format_exception(error)[-3:])
        return _dead(message, Reason(code="failed", text=f"{step.__name__.strip('_')} raised {error!r}"), detail)


def _dead(message: Message, reason: Reason, detail: str = "") -> steps.Effects:
    letter = letter_for(message, "streams", reason, detail)
    key = f"{message.topic}/{message.partition}/{message.offset}"
    return steps.Effects((steps.Emission(DEAD_LETTERS, key, letter, key, letter.at),))
