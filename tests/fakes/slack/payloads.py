"""The shapes Slack sends, as its reference describes them."""

from __future__ import annotations

from typing import Any

from tests.fakes.slack.core import Said, Slack
from tests.fakes.slack.state import Message, View

Json = dict[str, Any]


def event(slack: Slack, body: Json) -> Json:
    space = slack.workspace
    stamp = body.get("event_ts") or body.get("ts") or space.new_ts(slack.clock())
    return {
        "token": "deprecated", "team_id": space.team, "api_app_id": space.app_id,
        "event": {"event_ts": stamp, **body}, "type": "event_callback", "event_id": space.new_id("Ev"),
        "event_time": int(float(stamp)), "is_ext_shared_channel": False, "event_context": "4-context",
        "authorizations": [
            {"enterprise_id": None, "team_id": space.team, "user_id": space.bot, "is_bot": True,
             "is_enterprise_install": False}
        ],
    }  # fmt: skip


def said_in_channel(slack: Slack, message: Message, kind: str) -> Json:
    shared = {"subtype": "file_share"} if message.files else {}
    return event(
        slack,
        message.as_json()
        | shared
        | {
            "channel": message.channel,
            "channel_type": kind,
            "team": slack.workspace.team,
            "event_ts": message.ts,
        },
    )


def mention(slack: Slack, message: Message) -> Json:
    said = message.as_json() | {
        "channel": message.channel,
        "team": slack.workspace.team,
        "event_ts": message.ts,
    }
    return event(slack, said | {"type": "app_mention"})


def edited(slack: Slack, message: Message, before: str, kind: str) -> Json:
    now = message.as_json() | {"edited": {"user": message.user, "ts": message.ts}}
    return event(
        slack,
        {"type": "message", "subtype": "message_changed", "channel": message.channel, "channel_type": kind,
         "message": now, "previous_message": now | {"text": before}, "hidden": True,
         "ts": slack.workspace.new_ts(slack.clock())},
    )  # fmt: skip


def deleted(slack: Slack, message: Message, kind: str) -> Json:
    return event(
        slack,
        {"type": "message", "subtype": "message_deleted", "channel": message.channel, "channel_type": kind,
         "previous_message": message.as_json(), "deleted_ts": message.ts, "hidden": True,
         "ts": slack.workspace.new_ts(slack.clock())},
    )  # fmt: skip


def file(slack: Slack, file_id: str) -> Json:
    """As files stand in messages and in `files.info`: everything but the content."""
    kept = slack.workspace.files[file_id]
    address = f"{slack.base}/files/{file_id}"
    known = {name: value for name, value in kept.items() if name != "bytes"}
    return {
        "title": kept.get("name", ""), "url_private": address, "url_private_download": address,
        "permalink": f"https://{slack.workspace.domain}.slack.com/files/{file_id}", **known,
    }  # fmt: skip


def command(slack: Slack, user: str, channel: str, name: str, text: str) -> Json:
    space, room = slack.workspace, slack.workspace.channels[channel]
    return {
        "token": "deprecated", "team_id": space.team, "team_domain": space.domain, "channel_id": channel,
        "channel_name": {"im": "directmessage", "group": "privategroup"}.get(room.kind, room.name),
        "user_id": user, "user_name": space.user(user).name, "command": name, "text": text,
        "api_app_id": space.app_id, "is_enterprise_install": "false", "trigger_id": slack.new_trigger(user),
        "response_url": slack.new_response_url(channel, user),
    }  # fmt: skip


def interaction(slack: Slack, kind: str, user: str) -> Json:
    space, person = slack.workspace, slack.workspace.user(user)
    return {
        "type": kind, "token": "deprecated", "api_app_id": space.app_id, "enterprise": None,
        "is_enterprise_install": False, "trigger_id": slack.new_trigger(user),
        "user": {"id": user, "username": person.name, "name": person.name, "team_id": person.team},
        "team": {"id": space.team, "domain": space.domain},
    }  # fmt: skip


def pressed(slack: Slack, user: str, said: Said, button: Json) -> Json:
    room = slack.workspace.channels[said.channel]
    ephemeral = said.kind == "ephemeral"
    place = {"type": "message", "message_ts": said.ts, "channel_id": room.id, "is_ephemeral": ephemeral}
    beside = {} if ephemeral else {"message": said.message.as_json()}
    return interaction(slack, "block_actions", user) | beside | {
        "container": place | ({"thread_ts": said.thread_ts} if said.thread_ts else {}),
        "channel": {"id": room.id, "name": room.name or "directmessage"},
        "state": {"values": {}}, "actions": [_action(slack, button)],
        "response_url": slack.new_response_url(room.id, user, said),
    }  # fmt: skip


def pressed_in_view(slack: Slack, user: str, view: View, button: Json) -> Json:
    shown = view.as_json(slack.workspace.app_id, slack.workspace.team)
    return interaction(slack, "block_actions", user) | {
        "container": {"type": "view", "view_id": view.id}, "view": shown, "state": shown["state"],
        "actions": [_action(slack, button)],
    }  # fmt: skip


def _action(slack: Slack, button: Json) -> Json:
    kept = {
        name: button[name] for name in ("type", "action_id", "block_id", "text", "value") if name in button
    }
    return kept | {"action_ts": slack.workspace.new_ts(slack.clock())}


def submitted(slack: Slack, view: View) -> Json:
    shown = view.as_json(slack.workspace.app_id, slack.workspace.team)
    return interaction(slack, "view_submission", view.user) | {"view": shown, "response_urls": []}


def closed(slack: Slack, view: View) -> Json:
    shown = view.as_json(slack.workspace.app_id, slack.workspace.team)
    return interaction(slack, "view_closed", view.user) | {"view": shown, "is_cleared": False}


def message_shortcut(slack: Slack, user: str, message: Message, callback_id: str) -> Json:
    room = slack.workspace.channels[message.channel]
    return interaction(slack, "message_action", user) | {
        "callback_id": callback_id, "action_ts": slack.workspace.new_ts(slack.clock()),
        "message_ts": message.ts,
        "channel": {"id": room.id, "name": room.name or "directmessage"}, "message": message.as_json(),
        "response_url": slack.new_response_url(room.id, user),
    }  # fmt: skip


def global_shortcut(slack: Slack, user: str, callback_id: str) -> Json:
    return interaction(slack, "shortcut", user) | {
        "callback_id": callback_id,
        "action_ts": slack.workspace.new_ts(slack.clock()),
    }
