"""People and their accounts.  A person who was merged into another stays as a signpost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.domain.people import DateOrder, Gone, Identity, Person, Role
from bot.refs import ConversationRef, PersonRef
from storage.columns import AnyOf
from storage.repositories.merging import merge
from storage.repositories.week import read_week, spelled_week
from storage.tables import identities, people
from storage.transaction import Transaction

PERSON = tuple(
    people.c[name]
    for name in (
        "id",
        "workspace_id",
        "name",
        "role",
        "zone",
        "language",
        "date_order",
        "week",
        "morning",
        "preferred_platform",
        "active",
        "deputy_id",
        "deputy_until",
        "department",
        "stopped",
        "gone",
        "follows",
    )
)
IDENTITY = tuple(
    identities.c[name]
    for name in (
        "person_id",
        "workspace_id",
        "platform",
        "tenant",
        "account",
        "username",
        "direct",
        "reachable",
        "vouched",
    )
)
_signpost = people.alias("signpost")
_known_as = select(_signpost.c.merged_into).where(
    _signpost.c.workspace_id == bindparam("workspace_id"), _signpost.c.id == bindparam("person_id")
)
_GET = select(*PERSON).where(
    people.c.workspace_id == bindparam("workspace_id"),
    people.c.id == func.coalesce(_known_as.scalar_subquery(), bindparam("person_id")),
)
_of_account = (
    identities.c.platform == bindparam("of_platform"),
    identities.c.tenant == bindparam("of_tenant"),
    identities.c.account == bindparam("of_account"),
    identities.c.workspace_id == bindparam("of_workspace"),
)
_joined = identities.join(
    people, (people.c.workspace_id == identities.c.workspace_id) & (people.c.id == identities.c.person_id)
)
_BY_REF = select(*PERSON).select_from(_joined).where(*_of_account)
_BY_USERNAME = (
    select(*PERSON)
    .select_from(_joined)
    .where(
        identities.c.workspace_id == bindparam("workspace_id"),
        identities.c.platform == bindparam("platform"),
        identities.c.username_folded == bindparam("username"),
    )
    .order_by(identities.c.linked_at)
    .limit(1)
)
_ALL = (
    select(*PERSON)
    .where(people.c.workspace_id == bindparam("workspace_id"), people.c.merged_into.is_(None))
    .order_by(people.c.name, people.c.id)
)
_EVERYBODY = select(people.c.name).where(
    people.c.workspace_id == bindparam("workspace_id"), people.c.merged_into.is_(None)
)
_known_to = people.alias("known_to")  # a signpost's name is that of the person it points at
_NAMES = (
    select(people.c.id, func.coalesce(_known_to.c.name, people.c.name))
    .outerjoin(
        _known_to,
        (_known_to.c.workspace_id == people.c.workspace_id) & (_known_to.c.id == people.c.merged_into),
    )
    .where(
        people.c.workspace_id == bindparam("workspace_id"),
        AnyOf(people.c.id, "ids"),
    )
)
_ADD = insert(people)
_SAVE = update(people).where(
    people.c.workspace_id == bindparam("of_workspace"), people.c.id == bindparam("of_id")
)
_IDENTITIES = (
    select(*IDENTITY)
    .where(
        identities.c.workspace_id == bindparam("workspace_id"),
        identities.c.person_id == bindparam("person_id"),
    )
    .order_by(identities.c.linked_at, identities.c.platform, identities.c.account)
)
_ADD_IDENTITY = insert(identities)
_SAVE_IDENTITY = update(identities).where(*_of_account)
_FORGET_IDENTITY = delete(identities).where(*_of_account)


def person(row: Sequence[Any]) -> Person:
    ident, workspace_id, name, role, zone, language, order, week, *rest, gone, follows = row
    names = (ident, workspace_id, name)
    ways = (Role(role), zone, language, DateOrder(order), read_week(week))
    values: list[Any] = [*names, *ways, *rest, Gone(gone) if gone else None, follows]
    return Person(*values)


def identity(row: Sequence[Any]) -> Identity:
    person_id, workspace_id, platform, tenant, account, username, direct, *rest = row
    where = ConversationRef.parse(direct) if direct else None
    return Identity(person_id, workspace_id, PersonRef(platform, tenant, account), username, where, *rest)


class PeopleTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, workspace_id: str, person_id: str) -> Person | None:
        row = self._transaction.one(_GET, {"workspace_id": workspace_id, "person_id": person_id})
        return person(row) if row else None

    def by_ref(self, workspace_id: str, ref: PersonRef) -> Person | None:
        row = self._transaction.one(_BY_REF, _account(workspace_id, ref))
        return person(row) if row else None

    def by_username(self, workspace_id: str, platform: str, username: str) -> Person | None:
        values = {"workspace_id": workspace_id, "platform": platform, "username": username.casefold()}
        row = self._transaction.one(_BY_USERNAME, values) if username else None
        return person(row) if row else None

    def all(self, workspace_id: str) -> tuple[Person, ...]:
        return tuple(map(person, self._transaction.all(_ALL, {"workspace_id": workspace_id})))

    def names(self, workspace_id: str, person_ids: Iterable[str]) -> Mapping[str, str]:
        values = {"workspace_id": workspace_id, "ids": sorted(set(person_ids))}
        return {str(ident): str(name) for ident, name in self._transaction.all(_NAMES, values)}

    def everybody(self, workspace_id: str) -> tuple[str, ...]:
        return tuple(
            str(name) for (name,) in self._transaction.all(_EVERYBODY, {"workspace_id": workspace_id})
        )

    def add(self, person: Person) -> None:
        values = {"workspace_id": person.workspace_id, "id": person.id, **_values(person)}
        self._transaction.write(_ADD, values)

    def save(self, person: Person) -> None:
        values = {"of_workspace": person.workspace_id, "of_id": person.id, **_values(person)}
        self._transaction.write(_SAVE, values)

    def identities(self, workspace_id: str, person_id: str) -> tuple[Identity, ...]:
        values = {"workspace_id": workspace_id, "person_id": person_id}
        return tuple(map(identity, self._transaction.all(_IDENTITIES, values)))

    def add_identity(self, identity: Identity, at: datetime) -> None:
        ref = identity.ref
        values = {
            "platform": ref.platform,
            "tenant": ref.workspace,
            "account": ref.id,
            "workspace_id": identity.workspace_id,
            "linked_at": at,
            **_identity_values(identity),
        }
        self._transaction.write(_ADD_IDENTITY, values)

    def save_identity(self, identity: Identity) -> None:
        values = {**_account(identity.workspace_id, identity.ref), **_identity_values(identity)}
        self._transaction.write(_SAVE_IDENTITY, values)

    def forget_identity(self, workspace_id: str, ref: PersonRef) -> None:
        self._transaction.write(_FORGET_IDENTITY, _account(workspace_id, ref))

    def merge(self, workspace_id: str, person_id: str, into: str) -> None:
        merge(self._transaction, workspace_id, person_id, into)

    def address(self, person: Person) -> Identity | None:
        if person.stopped:
            return None
        reachable = [i for i in self.identities(person.workspace_id, person.id) if i.reachable]
        preferred = (i for i in reachable if i.ref.platform == person.preferred_platform)
        return next(preferred, reachable[0] if reachable else None)


def _account(workspace_id: str, ref: PersonRef) -> Mapping[str, Any]:
    return {
        "of_platform": ref.platform,
        "of_tenant": ref.workspace,
        "of_account": ref.id,
        "of_workspace": workspace_id,
    }


def _values(person: Person) -> Mapping[str, Any]:
    return {
        "name": person.name,
        "role": person.role.value,
        "zone": person.zone,
        "language": person.language,
        "date_order": person.date_order.value,
        "week": spelled_week(person.week),
        "morning": person.morning,
        "preferred_platform": person.preferred_platform,
        "active": person.active,
        "deputy_id": person.deputy_id,
        "deputy_until": person.deputy_until,
        "department": person.department,
        "stopped": person.stopped,
        "gone": person.gone.value if person.gone else "",
        "follows": person.follows,
    }


def _identity_values(identity: Identity) -> Mapping[str, Any]:
    return {
        "person_id": identity.person_id,
        "username": identity.username,
        "username_folded": identity.username.casefold(),
        "direct": str(identity.direct) if identity.direct else "",
        "reachable": identity.reachable,
        "vouched": identity.vouched,
    }
