"""The chaos suite in short: every kind of fault once, on each broker; `make chaos` is the whole of it."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.chaos.faults import FORGETFUL, LASTING
from tests.chaos.report import findings
from tests.chaos.run import Broker
from tests.chaos.suite import Plan, put_through
from wire.settings import Settings

ARTICLES = 800


@pytest.mark.chaos
def test_nothing_is_lost_and_nothing_doubled_whatever_is_killed(
    broker: Broker, settings: Settings, tmp_path: Path
) -> None:
    kinds = set(FORGETFUL if broker.embedded else LASTING)
    plan = Plan(seed=7, articles=ARTICLES, faults=len(kinds), workers=2)
    verdict = put_through(plan, broker, replace(settings, data=tmp_path), say=lambda done, news: None)
    assert set(verdict.course.faults) == kinds
    assert not verdict.course.given_up, "the group made no progress any more"
    assert verdict.kept, "\n".join(findings(verdict))
