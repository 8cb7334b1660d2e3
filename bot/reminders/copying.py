"""Copies of what people hand in, for workspaces that want them: fetched apart from every turn, a few at a
time, so that nobody waits for a network."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from bot.clock import Clock
from bot.domain.files import COPIES_LIMIT, COPY_LIMIT, Copy, KeptFile
from bot.errors import Delivery, DeliveryError
from bot.ports import Adapter, Blob, Store, UnitOfWork

BATCH = 5
TRIES = 5
_FOR_GOOD = (Delivery.PERMANENT, Delivery.DESTINATION)


class Copier:
    def __init__(self, store: Store, adapters: Mapping[str, Adapter], clock: Clock) -> None:
        self._store, self._adapters, self._clock = store, adapters, clock

    async def copy(self) -> int:
        """Fetch what is wanted; how many were looked at."""
        wanted = await self._store.read(lambda uow: uow.files.to_copy(BATCH))
        for file in wanted:
            await self._one(file)
        return len(wanted)

    async def _one(self, file: KeptFile) -> None:
        adapter = self._adapters.get(file.platform)
        if adapter is None:
            await self._store.write(partial(_give_up, file=file, why=Copy.FAILED))
            return
        try:
            content = await adapter.fetch(file.file_id, COPY_LIMIT)
        except DeliveryError as error:
            await self._store.write(partial(_failed, file=file, error=error))
        else:
            await self._store.write(partial(_hold, file=file, content=content, clock=self._clock))


def _hold(uow: UnitOfWork, file: KeptFile, content: bytes, clock: Clock) -> None:
    """Unless it was taken away, copied by another process, or the room was used up meanwhile."""
    now = uow.files.get(file.workspace_id, file.id)
    if now is None or now.copy is not Copy.WANTED:
        return
    if uow.files.held(file.workspace_id) + len(content) > COPIES_LIMIT:
        uow.files.save(replace(now, copy=Copy.NO_ROOM))
        return
    blob = Blob(
        id=uow.new_id(),
        owner="",
        name=now.name,
        mime=now.mime,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        at=clock.now(),
        content=content,
    )
    uow.blobs.add(blob)
    uow.files.save(replace(now, copy=Copy.HELD, blob_id=blob.id, sha256=blob.sha256, size=blob.size))


def _failed(uow: UnitOfWork, file: KeptFile, error: DeliveryError) -> None:
    if error.code == "file_too_large":
        _give_up(uow, file, Copy.TOO_LARGE)
    elif error.kind in _FOR_GOOD or file.tries + 1 >= TRIES:
        _give_up(uow, file, Copy.FAILED)
    else:
        now = uow.files.get(file.workspace_id, file.id)
        if now is not None:
            uow.files.save(replace(now, tries=now.tries + 1))


def _give_up(uow: UnitOfWork, file: KeptFile, why: Copy) -> None:
    """The reference stays."""
    now = uow.files.get(file.workspace_id, file.id)
    if now is not None and now.copy is Copy.WANTED:
        uow.files.save(replace(now, copy=why))
