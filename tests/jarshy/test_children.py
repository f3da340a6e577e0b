"""Ports: whoever is given one has it alone."""

import socket
import subprocess
import sys

import pytest

from jarshy.children import PORTS, free_port

TRIES_EACH = """
import socket
for port in {ports}:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
            print(port)
        except OSError:
            pass
"""


def test_a_port_is_given_once() -> None:
    ports = [free_port() for _ in range(300)]
    assert len(set(ports)) == len(ports)
    assert set(ports) <= set(PORTS)


def test_nobody_else_is_given_it_before_its_server_is_up() -> None:
    ports = [free_port() for _ in range(20)]
    tried = subprocess.run([sys.executable, "-c", TRIES_EACH.format(ports=ports)], capture_output=True, check=True)
    assert not tried.stdout.decode()


def test_its_server_may_listen_and_listen_again() -> None:
    port = free_port()
    for _ in range(2):
        with (
            socket.create_server(("127.0.0.1", port)),
            socket.create_connection(("127.0.0.1", port), 1),
            pytest.raises(OSError, match="in use"),
        ):
            socket.create_server(("127.0.0.1", port))
