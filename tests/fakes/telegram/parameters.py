"""Parameters of a call: query, form, JSON or multipart, read into the types that the Bot API documents."""

import json
from dataclasses import dataclass, field
from typing import cast

from aiohttp import web

from tests.fakes.telegram.world import Json

STRINGS = frozenset({
    "text", "caption", "parse_mode", "callback_query_id", "url", "secret_token", "action", "language_code",
    "ip_address", "business_connection_id", "message_effect_id", "inline_message_id",
})  # fmt: skip


@dataclass(frozen=True)
class Parameters:
    values: Json
    files: dict[str, bytes] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(str(self.values.get(name, default)))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.values.get(name) in (True, 1, "True")

    def mapping(self, name: str) -> Json | None:
        value = self.values.get(name)
        return cast(Json, value) if isinstance(value, dict) else None

    def strings(self, name: str) -> list[str] | None:
        value = self.values.get(name)
        return [str(each) for each in value] if isinstance(value, list) else None

    def objects(self, name: str) -> list[Json] | None:
        value = self.values.get(name)
        return cast(list[Json], value) if isinstance(value, list) else None


async def read(request: web.Request) -> Parameters:
    values: Json = {name: _typed(name, value) for name, value in request.query.items()}
    files: dict[str, bytes] = {}
    sizes: Json = {}
    if request.content_type == "application/json":
        values |= cast(Json, await request.json())
    elif request.method == "POST":
        for name, field_value in (await request.post()).items():
            if isinstance(field_value, web.FileField):
                files[name] = field_value.file.read()
                sizes[name] = {"size": len(files[name]), "type": field_value.content_type}
            else:
                values[name] = _typed(name, str(field_value))
    attached = {name for name in sizes if f"attach://{name}" in str(values)}
    values |= {name: size for name, size in sizes.items() if name not in attached}
    return Parameters(values, files)


def _typed(name: str, value: str) -> object:
    if name in STRINGS:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
