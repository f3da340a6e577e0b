"""A consumer that skips no offset: fetch | is it the next? | hand over | only then count it as read.

Faust 0.15.3 counts a message as read when its hand-over was interrupted by a rebalance, and does so even
after that rebalance has set the position back: messages between the two are then dropped ("DROPPED MESSAGE
ROFF"), the hole is entered as a gap that needs no acknowledgement, and the next commit passes it. With two
workers 3 of 8 runs lost messages. Corrected here: what was not handed over is not counted, and a hole in a
topic that has none by its nature is fetched once more, and ends the process if it stays.

And Faust resumes its partitions before the seek that ends each rebalance, and that seek leaves a partition of which
nothing was committed where it stands; what is handed over before the end of a rebalance is cleared from the queues,
and one message that is missing does not keep the next from being committed (1 of 800 was lost so). Corrected here:
nothing is handed over before the end, and nothing is committed behind what is not done.

And what a fetch brought and nobody took (between that seek and the end of the rebalance, or of a partition that is
paused meanwhile) is gone: the client's position is behind it, and where it was a log's tail no later message ever shows
the hole. A worker stood still so until its watch ended it. Corrected here: what was not handed over is fetched again.
"""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from aiokafka.errors import IllegalStateError
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from streams.app.ends import NOT_ALONE, end

log = logging.getLogger("jarshy.streams")
FETCH_WAITS_MS = 250
"""For a first message; while one request waits, no other is sent to that broker."""


class GaplessConsumer(driver.Consumer):
    """Faust's consumer, with `_read_offset` meaning everywhere: the next offset to hand over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sought: int | None = None  # the generation whose seek is done
        self._begins: dict[TP, int] = {}  # of logs of which nothing was committed
        self._fetched: dict[TP, int] = {}  # the offset after the last that a fetch brought
        self._fetched_again: dict[TP, tuple[int, int]] = {}

    def _new_consumer_thread(self) -> driver.AIOKafkaConsumerThread:
        return PromptThread(self, loop=self.loop, beacon=self.beacon)

    async def perform_seek(self) -> None:
        """Seek to what was committed, and to the log's beginning where nothing was."""
        generation = self.app.consumer_generation_id
        self._fetched.clear()
        await super().perform_seek()
        unread = [tp for tp in self.assignment() if not self._read_offset[tp] and self._is_guarded(tp)]
        if unread:
            begins = await self.earliest_offsets(*unread)
            self._begins.update(begins)
            await self.seek_wait(begins)
        self._sought = generation

    def ack(self, message: Any) -> bool:
        """Note as done only what an agent was given: Faust without its compiled stream notes what it skips, too."""
        return bool(message.tracked and super().ack(message))

    def _new_offset(self, tp: TP) -> int | None:
        """Return what to commit: nothing while the first that is due is not done (Faust lets one be missing)."""
        acked, due = self._acked[tp], self._committed_offset[tp] or self._begins.get(tp, 0)
        if acked and self._is_guarded(tp) and min(acked) > due and not self._gap[tp]:
            return None
        offset: int | None = super()._new_offset(tp)
        return offset

    def _is_guarded(self, tp: TP) -> bool:
        return bool(self.app.topics.acks_enabled_for(tp.topic))

    async def _drain_messages(self, fetcher: Any) -> None:
        try:
            while not (self._stopped.is_set() or fetcher._stopped.is_set()):
                await self.sleep(0)
                if self.should_stop:
                    return
                await self._drain_once()
                await self._fetch_left()
        except self.consumer_stopped_errors:
            if not self.transport.app.should_stop:
                raise
        except asyncio.CancelledError:
            if not self.transport.app.should_stop:
                raise

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Mapping[TP, list[Any]]:  # noqa: ASYNC109
        records: Mapping[TP, list[Any]] = await super()._getmany(active_partitions, timeout)
        self._fetched.update((tp, messages[-1].offset + 1) for tp, messages in records.items())
        return records

    async def _drain_once(self) -> None:
        """Hand over what one fetch brings, up to the first that a rebalance overtakes."""
        handed_over, left = 0, set[TP]()
        async for tp, message in self.getmany(timeout=1.0):
            generation = self.app.consumer_generation_id  # getmany yields nothing of an earlier one
            if not self._is_open(tp):
                left.add(tp)  # the queues are cleared when a rebalance ends
            if tp in left or not await self._is_next(tp, message.offset, left):
                continue
            while not await self._hand_over(message):
                await self.can_resume_flow.wait()
                if self.should_stop or generation != self.app.consumer_generation_id:
                    return
            if generation != self.app.consumer_generation_id:
                return  # the seek to the committed offset that ends each rebalance brings it again
            self._read_offset[tp] = message.offset + 1
            handed_over += 1
            if handed_over % 100 == 0:
                await asyncio.sleep(0)

    def _is_open(self, tp: TP) -> bool:
        """Return whether messages of a partition may be handed over: not before a rebalance has wholly ended."""
        settled = self._sought == self.app.consumer_generation_id and not self.app.rebalancing
        return settled or not self._is_guarded(tp)

    async def _fetch_left(self) -> None:
        """Fetch again what was fetched and not handed over: at the tail of a log nothing else would show it."""
        left = {tp: due for tp, end_ in self._fetched.items() if (due := self._read_offset.get(tp) or 0) < end_}
        assigned = self.assignment() if left else set()
        self._fetched = {tp: self._fetched[tp] for tp in left if tp in assigned}
        back = {tp: left[tp] for tp in self._fetched if tp not in self._paused_partitions and self._is_open(tp)}
        if not back:
            return
        with suppress(IllegalStateError):  # a rebalance took one of them: its end seeks them all
            await self.seek_wait(back)
            for tp in back:
                del self._fetched[tp]

    async def _is_next(self, tp: TP, offset: int, left: set[TP]) -> bool:
        """Return whether the message is the next to hand over; a hole is fetched again, or ends the process."""
        due = self._read_offset[tp] or 0
        if offset < due:
            return False
        if offset == due or not self._is_guarded(tp):
            return True  # (changelogs are compacted: they have holes)
        begins = (await self.earliest_offsets(tp)).get(tp, 0)
        if due < begins <= offset:  # what the broker has deleted is gone
            log.error("%s/%s: %s to %s were deleted unread", tp.topic, tp.partition, due, begins - 1)
            await self._add_gap(tp, due, begins - 1)
            due = begins
            self._read_offset[tp] = due
        if offset == due:
            return True
        await self._fetch_again(tp, due, offset)
        left.add(tp)
        return False

    async def _fetch_again(self, tp: TP, due: int, offset: int) -> None:
        """Set the partition back: what came may have been fetched before a seek; the second time it is a hole."""
        asked = (self.app.consumer_generation_id, due)
        if self._fetched_again.get(tp) == asked:
            end(NOT_ALONE, f"{tp.topic}/{tp.partition}: offset {offset} came where {due} was due")
        self._fetched_again[tp] = asked
        log.warning("%s/%s: offset %s came where %s was due: fetched again", tp.topic, tp.partition, offset, due)
        await self.seek_wait({tp: due})

    async def _hand_over(self, message: Any) -> bool:
        """Return whether the agents' queue took the message; false when a rebalance came first."""
        if self.app.flow_control.is_active():  # (a rebalance ends a wait for room: it clears the queues)
            await self.callback(message)
            return True
        delivery = asyncio.ensure_future(self.callback(message))
        await asyncio.sleep(0)
        if not delivery.done():
            suspended = asyncio.ensure_future(self.suspend_flow.wait())
            try:
                await asyncio.wait((delivery, suspended), return_when=asyncio.FIRST_COMPLETED)
            finally:
                suspended.cancel()
                if not delivery.done():
                    delivery.cancel()
        if not delivery.done() or delivery.cancelled():
            return False
        delivery.result()
        return True


class PromptThread(driver.AIOKafkaConsumerThread):
    """Faust's thread, with a client that waits a shorter time for messages."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        """Return the client; Faust has it wait 1.5 s, and what is due from other partitions waits as long."""
        client: Any = super()._create_worker_consumer(transport)
        client._fetch_max_wait_ms = FETCH_WAITS_MS
        return client


class GaplessTransport(driver.Transport):
    """Faust's Kafka transport with our consumer."""

    Consumer = GaplessConsumer
