"""The Web API methods, as functions of the server's memory and the arguments."""

from tests.fakes.slack import chat_methods, place_methods, view_methods
from tests.fakes.slack.methods import METHODS, call

__all__ = ["METHODS", "call", "chat_methods", "place_methods", "view_methods"]
