"""The short form of the chaos run: a few kills on each broker; `make chaos-alerts` is the long one."""

from pathlib import Path

from jarshy.chat.server import ChatThread
from tests.alerts.chaos import Account, Run, prepared
from tests.conftest import Broker


def test_nothing_is_lost_and_each_double_is_explained(broker: Broker, namespace: str, tmp_path: Path) -> None:
    with ChatThread() as chat:
        settings = prepared(tmp_path / "alerts", chat, broker.address, embedded=broker.embedded, prefix=namespace)
        found = Run(settings, tmp_path, chat, alerts=60, kills=4, seed=3).go(lambda line: None)
    assert found.lost == found.unexplained == ()
    assert found.twice == found.in_kill_window + found.in_lost_answer_window
    assert found.twice <= found.counted
    assert found.good


def test_an_account_with_a_loss_or_an_unexplained_double_is_not_good() -> None:
    fine = Account(1, 1, (), 1, 1, 0, (), 1, 1, 0, 1.0)
    assert fine.good
    assert not fine._replace(lost=("sto-1",)).good
    assert not fine._replace(unexplained=("sto-1",)).good
    assert not fine._replace(counted=0).good
