"""What the page needs from outside; handed in by the composition root."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.errors import ConfigError
from bot.ports import Boards
from bot.verbs import Verb

PLATFORM = "web"
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_LOOPBACK_BINDS = LOOPBACK_NAMES | {"::1"}
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class WebSettings:
    """``bind``: the address the server listens on; ``public_url``: how people reach it from elsewhere;
    ``verbs``: the hints shown while typing.
    """

    boards: Boards
    clock: Clock
    bind: str = "127.0.0.1"
    public_url: str = ""
    verbs: tuple[Verb, ...] = ()

    def __post_init__(self) -> None:
        """Raises `ConfigError`."""
        if self.public_url and not _is_web_address(self.public_url):
            raise ConfigError("PUBLIC_URL must look like https://milepost.example.org, without a path.")

    @property
    def is_loopback(self) -> bool:
        return self.bind in _LOOPBACK_BINDS or self.bind.startswith("127.")

    @property
    def is_secure(self) -> bool:
        return self.public_url.startswith("https:")

    @property
    def public_host(self) -> str:
        """Name, and port when it is not the usual one; empty without PUBLIC_URL."""
        return host_of(self.public_url)


def host_of(url: str) -> str:
    """``https://Example.org:443`` → ``example.org``; empty for what is no web address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    name = parts.netloc.rpartition("@")[2].lower().removesuffix(f":{port}")
    return name if port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f"{name}:{port}"


def _is_web_address(url: str) -> bool:
    if not host_of(url):
        return False
    parts = urlsplit(url)
    return (
        parts.scheme in _DEFAULT_PORTS and parts.path in ("", "/") and not parts.query and not parts.fragment
    )
