"""Where something broke, told without a word of what was being said."""

from bot.errors import where

__all__ = ["where"]
