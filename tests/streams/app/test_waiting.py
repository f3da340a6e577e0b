"""What waits is taken together and in order, each key once; what waits is bounded."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.app.waiting import MOST, MOST_BYTES, Waiting


def event(key: str, partition: int = 0, value: bytes | None = b"", offset: int = 0) -> Any:
    return SimpleNamespace(message=SimpleNamespace(partition=partition, key=key.encode(), value=value, offset=offset))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2)), min_size=1, max_size=MOST))
def test_every_event_is_taken_once_in_order_and_no_key_twice_in_a_turn(keys: list[tuple[str, int]]) -> None:
    async def taken() -> list[list[Any]]:
        waiting = Waiting()
        for offset, (key, partition) in enumerate(keys):
            await waiting.put(event(key, partition, offset=offset))
        turns = []
        while sum(map(len, turns)) < len(keys):
            turns.append(await waiting.turn())
        return turns

    turns = asyncio.run(taken())
    assert [each.message.offset for turn in turns for each in turn] == list(range(len(keys)))
    for turn in turns:
        assert len({(each.message.partition, each.message.key) for each in turn}) == len(turn)


@pytest.mark.parametrize(("many", "value"), [(MOST, b""), (1, b"x" * MOST_BYTES)])
def test_more_waits_outside_until_there_is_room(many: int, value: bytes) -> None:
    async def scene() -> None:
        waiting = Waiting()
        for number in range(many):
            await waiting.put(event(str(number), value=value))
        late = asyncio.create_task(waiting.put(event("late")))
        await asyncio.sleep(0.01)
        assert not late.done()
        assert len(await waiting.turn()) == many
        await asyncio.wait_for(late, 30)
        assert [each.message.key for each in await waiting.turn()] == [b"late"]

    asyncio.run(scene())


def test_a_turn_waits_for_something_and_takes_an_empty_message_too() -> None:
    async def scene() -> None:
        waiting = Waiting()
        turn = asyncio.create_task(waiting.turn())
        await asyncio.sleep(0.01)
        assert not turn.done()
        await waiting.put(event("a", value=None))
        assert len(await asyncio.wait_for(turn, 30)) == 1

    asyncio.run(scene())
