"""Who is this, and which workspace do they speak for.

The workspace comes from the verified envelope only: the platform's tenant, else the conversation that
was joined to a workspace, else the sender's own membership in a direct conversation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches

from bot.domain.people import Gone, Identity, Person, Role, Workspace
from bot.messages import Place, PlaceKind, Sender, Standing
from bot.ports import KnownPlace, Scene, UnitOfWork

ONLOOKER = "onlooker"
"""The id of nobody: it owns nothing and is never stored."""


_RANKS = {
    Standing.ADMIN: Role.ADMIN,
    Standing.MEMBER: Role.MEMBER,
    Standing.GUEST: Role.EXTERNAL,
}
"""What a platform's own team makes of somebody here, until an admin says otherwise."""


@dataclass(frozen=True, slots=True)
class Met:
    """``choices``: the workspaces a sender must pick from; ``person`` None: nobody we know; ``scene``:
    what else is known of them here; ``fresh``: the person as the platform has it now, where that differs."""

    workspace: Workspace | None = None
    person: Person | None = None
    choices: tuple[Workspace, ...] = ()
    scene: Scene | None = None
    fresh: Person | None = None


def recognise(uow: UnitOfWork, sender: Sender, place: Place) -> Met:
    """Find workspace and person, in one question for people we know, without writing anything."""
    scenes = uow.workspaces.scenes(sender.ref, place.ref.root)
    scene = _applies(scenes, sender, place)
    if scene:
        return Met(scene.workspace, scene.person, scene=scene, fresh=_fresh(scene, sender, place))
    if not place.ref.workspace and place.kind is PlaceKind.DIRECT:
        return Met(choices=tuple(s.workspace for s in scenes))
    workspace = _workspace(uow, place)
    return Met(workspace, uow.people.by_ref(workspace.id, sender.ref) if workspace else None)


def welcome(uow: UnitOfWork, sender: Sender, place: Place, now: datetime) -> Met:
    """Like `recognise`, and a verified tenant's or joined group's new face becomes a person."""
    met = recognise(uow, sender, place)
    if met.workspace is None and place.ref.workspace:
        _install(uow, place, now)
        met = recognise(uow, sender, place)
    if met.fresh:
        uow.people.save(met.fresh)
        met = replace(met, person=met.fresh)
    if met.workspace and met.person is None and _vouched_for(sender, place):
        met = replace(met, person=_join(uow, met.workspace, sender, now, _voucher(place)))
    if met.workspace and met.person:
        _remember(uow, met.workspace, met.person, met.scene, sender, place)
    return met


def has_news(met: Met, place: Place) -> bool:
    """Whether `welcome` has something to remember of somebody known: a new place, one that came back, another
    standing on the platform."""
    scene = met.scene
    if met.fresh or scene is None or scene.place is None or scene.place.disabled:
        return True
    return place.kind is PlaceKind.DIRECT and not (scene.identity.reachable and scene.identity.direct)


def onlooker(workspace: Workspace) -> Person:
    """Somebody in a joined group whom the platform does not name: they may read what the group sees."""
    return Person(ONLOOKER, workspace.id, "", Role.VIEWER, workspace.zone, workspace.language)


def join(uow: UnitOfWork, workspace: Workspace, sender: Sender, now: datetime) -> Person:
    """A new person for an invited account."""
    return _join(uow, workspace, sender, now)


def mentioned(uow: UnitOfWork, workspace: Workspace, who: Sender, now: datetime) -> Person | None:
    """The person behind a mention; a colleague of the same verified tenant becomes known by it."""
    ref = who.ref
    known = uow.people.by_ref(workspace.id, ref)
    if known or not ref.workspace or uow.workspaces.of_tenant(ref.platform, ref.workspace) != workspace:
        return known
    return _join(uow, workspace, who, now)


def called(everybody: Iterable[Person], name: str) -> tuple[Person, ...]:
    """Active people meant by ``name``: the full name, else one part of it, case ignored."""
    wanted = name.strip().lstrip("@").casefold()
    active = [p for p in everybody if p.active]
    exact = tuple(p for p in active if p.name.casefold() == wanted)
    return exact or tuple(p for p in active if wanted and wanted in p.name.casefold().split())


def resembling(everybody: Iterable[Person], name: str, most: int = 3) -> tuple[Person, ...]:
    """People whose name looks like ``name``, best first: proposals, never a guess."""
    by_word = {
        word: p for p in everybody if p.active for word in (p.name.casefold(), *p.name.casefold().split())
    }
    close = get_close_matches(name.strip().lstrip("@").casefold()[:80], by_word, n=most * 2, cutoff=0.6)
    return tuple(dict.fromkeys(by_word[word] for word in close))[:most]


def _applies(scenes: tuple[Scene, ...], sender: Sender, place: Place) -> Scene | None:
    """The scene that the verified envelope speaks of; None when it takes more to know."""
    if place.ref.workspace:
        mine = place.ref.workspace == sender.ref.workspace
        return next((s for s in scenes if s.installed), None) if mine else None
    if place.kind is PlaceKind.GROUP:
        return next((s for s in scenes if s.place), None)
    return scenes[0] if len(scenes) == 1 else next((s for s in scenes if s.chosen), None)


def _workspace(uow: UnitOfWork, place: Place) -> Workspace | None:
    if place.ref.workspace:
        return uow.workspaces.of_tenant(place.ref.platform, place.ref.workspace)
    known = uow.places.get(place.ref.root)
    return uow.workspaces.get(known.workspace_id) if known else None


def _install(uow: UnitOfWork, place: Place, now: datetime) -> None:
    """The first word from a verified tenant: it joins the one team there is, else starts its own."""
    teams = [w for w in uow.workspaces.all() if not w.demo]
    workspace = teams[0] if len(teams) == 1 else Workspace(uow.new_id(), place.ref.workspace, rehearsal=True)
    if len(teams) != 1:
        uow.workspaces.add(workspace)
    uow.workspaces.install(place.ref.platform, place.ref.workspace, workspace.id, now)


def _vouched_for(sender: Sender, place: Place) -> bool:
    if sender.standing is Standing.ANONYMOUS or not sender.ref.id:
        return False
    return bool(place.ref.workspace) or place.kind is PlaceKind.GROUP


def _voucher(place: Place) -> str:
    """The group whose members are known by being in it; empty where a verified tenant says so."""
    is_group = place.kind is PlaceKind.GROUP and not place.ref.workspace
    return str(place.ref.root) if is_group else ""


def _fresh(scene: Scene, sender: Sender, place: Place) -> Person | None:
    """Back with the team, or of another rank in it, as far as the platform is who says so."""
    person = now = scene.person
    if sender.standing is Standing.ANONYMOUS:
        return None
    if now.gone is Gone.PLATFORM and _vouched_for(sender, place) and sender.standing is not Standing.GUEST:
        now = replace(now, active=True, gone=None)
    if now.follows and now.active and sender.ref.workspace:
        now = replace(now, role=_RANKS[sender.standing] if scene.installed else Role.EXTERNAL)
    return now if now != person else None


_NAMELESS = 12
"""Characters of an account that stand for a name: the page's are digests, longer than any card."""


def _join(uow: UnitOfWork, workspace: Workspace, sender: Sender, now: datetime, vouched: str = "") -> Person:
    person = Person(
        id=uow.new_id(),
        workspace_id=workspace.id,
        name=sender.name.strip()[:80] or sender.username or sender.ref.id[:_NAMELESS],
        role=_role(uow, workspace, sender),
        zone=sender.zone or workspace.zone,
        language=sender.language or workspace.language,
        follows=bool(sender.ref.workspace),
    )
    uow.people.add(person)
    account = Identity(person.id, workspace.id, sender.ref, sender.username, vouched=vouched)
    uow.people.add_identity(account, now)
    return person


def _role(uow: UnitOfWork, workspace: Workspace, sender: Sender) -> Role:
    if sender.standing is Standing.GUEST or _is_from_elsewhere(uow, workspace, sender):
        return Role.EXTERNAL
    if sender.ref.workspace:
        return _RANKS.get(sender.standing, Role.MEMBER)
    has_admin = any(p.role is Role.ADMIN for p in uow.people.all(workspace.id))
    return Role.MEMBER if has_admin else Role.ADMIN


def _is_from_elsewhere(uow: UnitOfWork, workspace: Workspace, sender: Sender) -> bool:
    """An account of another tenant, in a channel that two teams share."""
    tenant = sender.ref.workspace
    return bool(tenant) and uow.workspaces.of_tenant(sender.ref.platform, tenant) != workspace


def _remember(
    uow: UnitOfWork, workspace: Workspace, person: Person, scene: Scene | None, sender: Sender, place: Place
) -> None:
    direct = place.kind is PlaceKind.DIRECT
    known = scene.place if scene else None
    if known is None:
        uow.places.put(KnownPlace(workspace.id, place.ref.root, place.name, direct))
    elif known.disabled:
        came_back(uow, known)
    if direct and (scene is None or not scene.identity.reachable or scene.identity.direct is None):
        _seen_directly(uow, workspace, person, sender, place)


def came_back(uow: UnitOfWork, known: KnownPlace) -> None:
    """A disabled place takes messages again."""
    if known.disabled:
        uow.places.put(replace(known, disabled=""))
        uow.outbox.unpark(known.ref.platform, str(known.ref))


def _seen_directly(
    uow: UnitOfWork, workspace: Workspace, person: Person, sender: Sender, place: Place
) -> None:
    for identity in uow.people.identities(workspace.id, person.id):
        if identity.ref == sender.ref:
            uow.people.save_identity(replace(identity, reachable=True, direct=place.ref.root))
            uow.outbox.unpark(sender.ref.platform, str(sender.ref))
