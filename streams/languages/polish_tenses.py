"""Polish verbs that tell what is ahead: a finite form of a perfective verb (spotka, rozpoczną) is its future."""

import re
from functools import lru_cache
from typing import Any, Final

import morfeusz2

_FINITE: Final = re.compile(r"(?:e|i|y|a|ą)$")
_SHORTEST: Final = 4


@lru_cache(maxsize=20_000)
def perfective_future(folded: str) -> bool:
    """Whether a folded word can be nothing but a finite form of a perfective verb."""
    if len(folded) < _SHORTEST or not _FINITE.search(folded):
        return False
    tags = [tag for _, _, (_, _, tag, _, _) in _morfeusz().analyse(folded)]
    return bool(tags) and all(tag.startswith("fin:") and ":perf" in tag for tag in tags)


@lru_cache(maxsize=1)
def _morfeusz() -> Any:
    return morfeusz2.Morfeusz(generate=False)
