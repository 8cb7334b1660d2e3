"""auth, apps and chat"""

from __future__ import annotations

from typing import Any

from tests.fakes.slack.core import Slack
from tests.fakes.slack.methods import method, required
from tests.fakes.slack.state import Channel, Message, SlackError

Json = dict[str, Any]


@method("auth.test")
def auth_test(slack: Slack, args: Json) -> Json:
    space = slack.workspace
    return {
        "url": f"https://{space.domain}.slack.com/", "team": space.domain, "team_id": space.team,
        "user": "milepost", "user_id": space.bot, "bot_id": space.bot_id, "is_enterprise_install": False,
    }  # fmt: skip


@method("apps.connections.open", with_app_token=True)
def connections_open(slack: Slack, args: Json) -> Json:
    return {"url": slack.new_socket_url()}


@method("team.info", needs="team:read")
def team_info(slack: Slack, args: Json) -> Json:
    return {
        "team": {"id": slack.workspace.team, "name": slack.workspace.domain, "domain": slack.workspace.domain}
    }


@method("chat.postMessage", needs="chat:write")
def chat_post(slack: Slack, args: Json) -> Json:
    channel = slack.workspace.postable(required(args, "channel"))
    _check_thread(channel, args)
    message = slack.post(channel, args)
    return {"channel": channel.id, "ts": message.ts, "message": message.as_json(with_metadata=True)}


def _check_thread(channel: Channel, args: Json) -> None:
    parent = args.get("thread_ts")
    if parent and parent not in channel.messages:
        raise SlackError("thread_not_found")


@method("chat.update", needs="chat:write")
def chat_update(slack: Slack, args: Json) -> Json:
    message = _own(slack, args, "cant_update_message")
    slack.rewrite(message, args)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": message.as_json()}


@method("chat.delete", needs="chat:write")
def chat_delete(slack: Slack, args: Json) -> Json:
    message = _own(slack, args, "cant_delete_message")
    message.deleted = True
    return {"channel": message.channel, "ts": message.ts}


def _own(slack: Slack, args: Json, refusal: str) -> Message:
    message = slack.workspace.message(required(args, "channel"), required(args, "ts"))
    if message.user != slack.workspace.bot:
        raise SlackError(refusal)
    return message


@method("chat.postEphemeral", needs="chat:write")
def chat_ephemeral(slack: Slack, args: Json) -> Json:
    channel = slack.workspace.channel(required(args, "channel"))
    user = slack.workspace.user(required(args, "user"))
    if user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    if slack.workspace.bot not in channel.members:
        raise SlackError("not_in_channel")
    return {"message_ts": slack.whisper(channel.id, user.id, args).ts}


@method("chat.getPermalink")
def chat_permalink(slack: Slack, args: Json) -> Json:
    message = slack.workspace.message(required(args, "channel"), required(args, "message_ts"))
    place = f"{message.channel}/p{message.ts.replace('.', '')}"
    link = f"https://{slack.workspace.domain}.slack.com/archives/{place}"
    return {"channel": message.channel, "permalink": link}
