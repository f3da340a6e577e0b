"""What was told of a group of tellings before: under its own id, by those merged into it, by those it was split from.

heirs -> elder (everything told of them) ;  merged stories --split again--> back under their own ids
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from streams.stories.claims import claims_of
from streams.stories.inherit import Kept, absorbed, age, homes_of, largest
from streams.stories.tellings import Telling
from wire.records import Claim, Story


def elder(heirs: Sequence[Kept]) -> Kept | None:
    """Return the oldest, with what was told of the others: nobody is told twice because two proved to be one.

    What one of them told as backlog reached nobody, and is no reason to hold it back from the living.
    """
    if len(heirs) < 2:
        return heirs[0] if heirs else None
    first, live = heirs[0], any(kept.live for kept in heirs)
    heard = [kept for kept in heirs if kept.live or not live]
    return replace(
        first,
        story=replace(first.story, claims=_united(claim for kept in heirs for claim in kept.story.claims)),
        members=tuple(key for kept in heirs for key in kept.members),
        told=tuple(dict.fromkeys(id for kept in heard for id in kept.told)),
        corrections=_united(claim for kept in heirs for claim in kept.corrections),
        wanted=tuple(sorted({rule for kept in heard for rule in kept.wanted})),
        live=live,
    )


def _united(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple({claim.id: claim for claim in claims}.values())


def parted(
    groups: Sequence[Sequence[Telling]], taken: Collection[int], remembered: Iterable[Kept]
) -> Mapping[int, tuple[Kept, ...]]:
    """Return which remembered stories are told by themselves again by which group that goes on with no other.

    Were such a group founded afresh, it could get the old id again and tell under it what was told.
    """
    homes = homes_of(groups)
    found: dict[int, tuple[Kept, ...]] = {}
    for kept in sorted(remembered, key=age):
        shared = Counter(homes[key] for key in kept.members if key in homes)
        if shared and (home := largest(shared)) not in taken:
            found[home] = (*found.get(home, ()), kept)
    return found


def absorbed_by(merged: Sequence[Kept], standing: Iterable[Kept]) -> tuple[Kept, ...]:
    """Return the merged stories that can part again: as long as the one that each came to be is kept."""
    into = {kept.story.id: kept.story.merged_into or "" for kept in merged}
    known = {kept.story.id for kept in standing}
    return tuple(kept for kept in merged if _end(kept.story.id, into) in known)


def _end(id: str, into: Mapping[str, str]) -> str:
    while id in into:
        id = into[id]
    return id


def heard(group: Sequence[Telling], story: Story, kept: Kept | None, parents: Mapping[str, Kept]) -> Kept | None:
    """Return what counts as told of a group that was split from others: what they told of all that it tells.

    Of their claims only those that it makes too: their cancellation is not its own.
    """
    if kept and not absorbed(kept):
        return kept
    elsewhere = [parent for each in group if (parent := parents.get(each.key)) and parent.told]
    if len(elsewhere) < len(group):
        return kept
    said = {claim.id for claim in claims_of(story, group)}
    said |= {claim.id for parent in elsewhere for claim in parent.story.claims if claim.kind == "event"}
    told = dict.fromkeys(id for parent in elsewhere for id in parent.told if id in said)
    if kept is None:
        return replace(elsewhere[0], members=(), corrections=(), told=tuple(told))
    return replace(kept, told=tuple(dict.fromkeys((*kept.told, *told))))
