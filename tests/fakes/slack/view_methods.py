"""views and files"""

from __future__ import annotations

from typing import Any

from tests.fakes.slack import payloads
from tests.fakes.slack.core import Slack
from tests.fakes.slack.limits import check_view
from tests.fakes.slack.methods import method, required
from tests.fakes.slack.state import SlackError, View

Json = dict[str, Any]


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


@method("files.info", needs="files:read")
def files_info(slack: Slack, args: Json) -> Json:
    file_id = required(args, "file")
    if file_id not in slack.workspace.files:
        raise SlackError("file_not_found")
    return {"file": payloads.file(slack, file_id)}


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
