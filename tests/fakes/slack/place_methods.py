"""conversations and users"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.fakes.slack.core import Slack
from tests.fakes.slack.methods import method, page, require_scope, required
from tests.fakes.slack.state import Channel, Message, SlackError

Json = dict[str, Any]
KIND_SCOPE = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


@method("conversations.open", needs="im:write")
def conversations_open(slack: Slack, args: Json) -> Json:
    users = str(required(args, "users")).split(",")
    if len(users) > 1:
        raise SlackError("missing_scope", needed="mpim:write", provided=",".join(sorted(slack.scopes)))
    return {"channel": {"id": slack.workspace.direct(users[0]).id}}


@method("conversations.info")
def conversations_info(slack: Slack, args: Json) -> Json:
    channel = slack.workspace.channel(required(args, "channel"))
    require_scope(slack, f"{KIND_SCOPE[channel.kind]}:read" if channel.kind != "im" else "im:history")
    return {"channel": channel.as_json() | {"is_member": slack.workspace.bot in channel.members}}


@method("conversations.list", needs="channels:read")
def conversations_list(slack: Slack, args: Json) -> Json:
    shown = [channel.as_json() for channel in slack.workspace.channels.values() if channel.kind == "channel"]
    return page(shown, args, "channels")


@method("conversations.join", needs="channels:join")
def conversations_join(slack: Slack, args: Json) -> Json:
    channel = slack.workspace.channel(required(args, "channel"))
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    channel.members.add(slack.workspace.bot)
    return {"channel": channel.as_json()}


@method("conversations.members")
def conversations_members(slack: Slack, args: Json) -> Json:
    channel = slack.workspace.channel(required(args, "channel"))
    require_scope(slack, f"{KIND_SCOPE[channel.kind]}:read")
    return page(sorted(channel.members), args, "members")


@method("conversations.history")
def conversations_history(slack: Slack, args: Json) -> Json:
    channel = _readable(slack, args)
    top = [m for m in channel.messages.values() if m.thread_ts in (None, m.ts) and not m.deleted]
    return _window(reversed(top), args)


@method("conversations.replies")
def conversations_replies(slack: Slack, args: Json) -> Json:
    channel, parent = _readable(slack, args), required(args, "ts")
    if parent not in channel.messages:
        raise SlackError("thread_not_found")
    return _window(
        (m for m in channel.messages.values() if parent in (m.ts, m.thread_ts) and not m.deleted), args
    )


def _readable(slack: Slack, args: Json) -> Channel:
    channel = slack.workspace.channel(required(args, "channel"))
    require_scope(slack, f"{KIND_SCOPE[channel.kind]}:history")
    if slack.workspace.bot not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _window(messages: Iterable[Message], args: Json) -> Json:
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    with_metadata = args.get("include_all_metadata") in (True, "true", "1", 1)
    inside = [m.as_json(with_metadata) for m in messages if oldest < float(m.ts) < latest]
    return page(inside, args, "messages")


@method("users.info", needs="users:read")
def users_info(slack: Slack, args: Json) -> Json:
    shown = slack.workspace.user(required(args, "user")).as_json()
    if args.get("include_locale") not in (True, "true", "1", 1):
        shown.pop("locale", None)
    return {"user": shown}


@method("users.list", needs="users:read")
def users_list(slack: Slack, args: Json) -> Json:
    return page([user.as_json() for user in slack.workspace.users.values()], args, "members")
