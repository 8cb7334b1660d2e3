"""Nothing that a test does may reach beyond this machine.

An audit hook sees every connection and name lookup that Python makes, whatever library asks for it. It
refuses, and remembers what it refused, so that code which swallows the error does not hide the attempt.
"""

from __future__ import annotations

import ipaddress
import sys

_NAMES_OF_THIS_MACHINE = {None, "", "localhost", b"localhost"}
_EVENTS = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
}
"""Audit event to the position of its address."""

refused: list[str] = []


class OutsideNetworkError(Exception):
    """A test tried to leave this machine."""


def install() -> None:
    sys.addaudithook(_guard)


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    position = _EVENTS.get(event)
    if position is not None and not stays_here(arguments[position]):
        attempt = f"{event} {arguments[position]!r}"
        refused.append(attempt)
        raise OutsideNetworkError(attempt)


def stays_here(address: object) -> bool:
    """Whether this is loopback, a local socket's path, or no address at all (an already connected socket)."""
    if isinstance(address, tuple):
        return is_loopback(address[0])
    if isinstance(address, (str, bytes)):
        return is_loopback(address) or _is_path(address)
    return address is None


def is_loopback(host: object) -> bool:
    if host in _NAMES_OF_THIS_MACHINE:
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


def _is_path(address: str | bytes) -> bool:
    """A Unix socket: a path, or Linux's abstract name that starts with a zero byte."""
    return address[:1] in ("/", "\0", b"/", b"\0")
