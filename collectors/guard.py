"""Whom a collector may speak to: name -> resolved addresses -> the public ones -> connection.

The check is made on the address that is connected to, at the moment of connecting: a name that
resolves differently a second time, a redirect or an address in disguise (DESIGN 7) gains nothing.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network

CONNECT_SECONDS = 5.0
"""How long an address may take while its host has others."""
MOST_ADDRESSES = 4
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Resolve = Callable[[str, int], Awaitable[list[str]]]

_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_DEPRECATED_SITE_LOCAL = IPv6Network("fec0::/10")


class AddressRefused(Exception):
    """A host has only addresses that a feed has no business with."""


class NoSuchHost(Exception):
    """A host name does not resolve."""


def is_public(address: str) -> bool:
    """Return whether an address literal is one of the public internet, whatever form it hides in."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        hidden = _hidden(found)
        if hidden is not None:
            return is_public(str(hidden))
        if found in _DEPRECATED_SITE_LOCAL:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _hidden(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one leads to: mapped, compatible, NAT64, 6to4 or Teredo."""
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in _NAT64 or address in _COMPATIBLE:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


class Resolver:
    """The system's resolver on threads of its own, so that slow names hold up nobody else."""

    def __init__(self, threads: int = 16) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="resolve")

    async def __call__(self, host: str, port: int) -> list[str]:
        """Return the host's addresses; raises NoSuchHost."""
        ask = asyncio.get_running_loop().run_in_executor
        try:
            answers = await ask(self._pool, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            raise NoSuchHost(f"the name {host} does not resolve: {error}") from error
        return list(dict.fromkeys(str(answer[4][0]) for answer in answers))

    def close(self) -> None:
        """Forget the questions that are still open."""
        self._pool.shutdown(wait=False, cancel_futures=True)


class GuardedNetwork:
    """Connects, but only to addresses that passed the check."""

    def __init__(self, resolve: Resolve, allow_private: bool, tls: ssl.SSLContext | None = None) -> None:
        """Resolve by `resolve`; `tls` says whom to believe over https."""
        self._resolve = resolve
        self._allow_private = allow_private
        self._tls = tls

    async def connect(self, host: str, port: int, *, secure: bool = False) -> Streams:
        """Resolve, refuse, connect: the address that was checked is the one that is dialled.

        Raises NoSuchHost, AddressRefused or OSError.
        """
        addresses = await self._resolve(host, port)
        allowed = [address for address in addresses if self._allow_private or is_public(address)]
        if not allowed:
            shown = ", ".join(addresses[:3]) or "nothing"
            raise AddressRefused(f"{host} leads to {shown}, which is not on the public internet")
        *others, last = allowed[:MOST_ADDRESSES]
        for address in others:
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(CONNECT_SECONDS):
                    return await self._dial(address, port, host, secure)
        return await self._dial(last, port, host, secure)

    async def _dial(self, address: str, port: int, host: str, secure: bool) -> Streams:
        if not secure:
            return await asyncio.open_connection(address, port)
        return await asyncio.open_connection(address, port, ssl=self._tls, server_hostname=host)
