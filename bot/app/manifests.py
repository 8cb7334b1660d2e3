"""What to paste when setting a platform up, made from the verbs."""

from __future__ import annotations

from bot.app.parts import registry


def slack(public_url: str) -> str:
    from adapters.slack import manifest

    return manifest(registry().verbs, public_url)


def telegram() -> str:
    from adapters.telegram import manifest

    return manifest(registry().verbs)
