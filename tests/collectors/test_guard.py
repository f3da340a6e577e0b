"""Which addresses a feed may lead to, in every disguise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.guard import AddressRefused, GuardedNetwork, NoSuchHost, Resolver, is_public


@pytest.mark.parametrize("address", ["8.8.8.8", "185.2.4.1", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fd12::1", "ff02::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:db8::1", "not an address", "",
    ],
)  # fmt: skip
def test_addresses_that_are_nobodys_business(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_a_hidden_address_counts_like_the_plain_one(address: object) -> None:
    plain = str(address)
    number = int(address)  # type: ignore[call-overload]
    high, low = number >> 16, number & 0xFFFF
    for hidden in (f"::ffff:{plain}", f"64:ff9b::{high:x}:{low:x}", f"2002:{high:x}:{low:x}::1"):
        assert is_public(hidden) == is_public(plain)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1"])
async def test_a_connection_is_refused_however_the_address_is_written(host: str) -> None:
    resolver = Resolver()
    with pytest.raises((AddressRefused, NoSuchHost)):
        await GuardedNetwork(resolver, allow_private=False).connect(host, 1)
    resolver.close()


async def test_only_the_public_ones_of_several_addresses_are_dialled() -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["10.0.0.1", "127.0.0.1"]

    with pytest.raises(AddressRefused, match=r"inner\.example leads to 10\.0\.0\.1, 127\.0\.0\.1"):
        await GuardedNetwork(resolve, allow_private=False).connect("inner.example", 80)
    assert asked == ["inner.example"]


async def test_a_name_that_does_not_resolve_is_said() -> None:
    resolver = Resolver()
    with pytest.raises(NoSuchHost, match="does not resolve"):
        await resolver("no-such-host.invalid", 80)
    with pytest.raises(NoSuchHost):
        await resolver("a" * 70 + ".invalid", 80)
    resolver.close()
