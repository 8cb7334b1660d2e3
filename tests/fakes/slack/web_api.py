"""The Web API methods, as functions of the server's memory and the arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.core import Slack
from tests.fakes.slack.limits import check_view
from tests.fakes.slack.state import Channel, Message, SlackError, View

Json = dict[str, Any]
Handler = Callable[[Slack, Json], Json]
KIND_SCOPE = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


@dataclass(frozen=True)
class Method:
    run: Handler
    needs: str | None
    with_app_token: bool = False


METHODS: dict[str, Method] = {}


def method(name: str, needs: str | None = None, with_app_token: bool = False) -> Callable[[Handler], Handler]:
    def enrol(run: Handler) -> Handler:
        METHODS[name] = Method(run, needs, with_app_token)
        return run

    return enrol


def call(slack: Slack, name: str, token: str, args: Json) -> Json:
    found = METHODS.get(name)
    if found is None:
        raise SlackError("unknown_method", req_method=name)
    _authorise(slack, token, found)
    if found.needs:
        require_scope(slack, found.needs)
    return {"ok": True, **found.run(slack, args)}


def _authorise(slack: Slack, token: str, found: Method) -> None:
    if not token:
        raise SlackError("not_authed")
    if found.with_app_token and token == slack.token:
        raise SlackError("not_allowed_token_type")
    if token != (slack.app_token if found.with_app_token else slack.token):
        raise SlackError("invalid_auth")
    if slack.dead_token:
        raise SlackError(slack.dead_token)


def require_scope(slack: Slack, scope: str) -> None:
    if scope not in slack.scopes:
        raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(slack.scopes)))


def required(args: Json, name: str) -> Any:
    if args.get(name) in (None, ""):
        raise SlackError(
            "invalid_arguments", response_metadata={"messages": [f"[ERROR] missing required field: {name}"]}
        )
    return args[name]


def page(everything: list[Any], args: Json, name: str) -> Json:
    start, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
    following = str(start + limit) if start + limit < len(everything) else ""
    return {
        name: everything[start : start + limit],
        "has_more": bool(following),
        "response_metadata": {"next_cursor": following},
    }


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


@method("views.open")
def views_open(slack: Slack, args: Json) -> Json:
    body = required(args, "view")
    check_view(body)
    return {"view": _shown(slack, _new_view(slack, slack.exchange(required(args, "trigger_id")), body))}


@method("views.push")
def views_push(slack: Slack, args: Json) -> Json:
    user = slack.exchange(required(args, "trigger_id"))
    if sum(view.user == user and view.open for view in slack.workspace.views.values()) >= 3:
        raise SlackError("push_limit_reached")
    check_view(required(args, "view"))
    return {"view": _shown(slack, _new_view(slack, user, args["view"]))}


@method("views.update")
def views_update(slack: Slack, args: Json) -> Json:
    view = slack.workspace.views.get(required(args, "view_id"))
    if view is None or not view.open:
        raise SlackError("not_found")
    if args.get("hash") not in (None, view.hash):
        raise SlackError("hash_conflict")
    check_view(required(args, "view"))
    view.body, view.hash = args["view"], slack.workspace.new_id("h")
    return {"view": _shown(slack, view)}


@method("views.publish")
def views_publish(slack: Slack, args: Json) -> Json:
    user = slack.workspace.user(required(args, "user_id"))
    earlier = slack.workspace.homes.get(user.id)
    if earlier is not None and args.get("hash") not in (None, earlier.hash):
        raise SlackError("hash_conflict")
    check_view(required(args, "view"))
    home = View(slack.workspace.new_id("V"), user.id, args["view"], slack.workspace.new_id("h"))
    slack.workspace.homes[user.id] = home
    return {"view": _shown(slack, home)}


def _new_view(slack: Slack, user: str, body: Json) -> View:
    view = View(slack.workspace.new_id("V"), user, body, slack.workspace.new_id("h"))
    slack.workspace.views[view.id] = view
    return view


def _shown(slack: Slack, view: View) -> Json:
    return view.as_json(slack.workspace.app_id, slack.workspace.team)


@method("files.getUploadURLExternal", needs="files:write")
def files_url(slack: Slack, args: Json) -> Json:
    file_id = slack.workspace.new_id("F")
    slack.workspace.files[file_id] = {
        "id": file_id, "name": required(args, "filename"), "size": int(required(args, "length")),
        "alt_txt": args.get("alt_txt", ""), "bytes": None,
    }  # fmt: skip
    return {"upload_url": f"{slack.base}/upload/{file_id}", "file_id": file_id}


@method("files.completeUploadExternal", needs="files:write")
def files_complete(slack: Slack, args: Json) -> Json:
    wanted = [slack.workspace.files.get(each["id"]) for each in required(args, "files")]
    if any(each is None or each["bytes"] is None for each in wanted):
        raise SlackError("file_not_found")
    shown = [{"id": each["id"], "title": each["name"], "alt_txt": each["alt_txt"]} for each in wanted if each]
    if channel_id := args.get("channel_id"):
        channel = slack.workspace.postable(channel_id)
        said = {"text": args.get("initial_comment") or shown[0]["title"], "thread_ts": args.get("thread_ts")}
        slack.post(channel, said, kind="file").files = shown
    return {"files": shown}
