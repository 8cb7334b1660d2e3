"""One account on one platform: what it says, types, presses, fills in, corrects."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.cards import Card, RichText
from bot.forms import Form
from bot.messages import (
    Attachment,
    ButtonPress,
    ChatMessage,
    FormSubmission,
    Incoming,
    MessageDeleted,
    MessageEdited,
    Place,
    PlaceKind,
    Sender,
    SlashCommand,
    Standing,
)
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.fakes.adapter import Accepted
from tests.scenarios.answers import Answer, token_of
from tests.scenarios.cast import APEX_HOME, direct

if TYPE_CHECKING:
    from tests.scenarios.conversation import Stage


@dataclass
class Voice:
    """One account on one platform, and the last answer it got."""

    stage: Stage
    sender: Sender
    answer: Answer = field(default_factory=lambda: Answer(None))

    @property
    def ref(self) -> PersonRef:
        return self.sender.ref

    @property
    def home(self) -> ConversationRef:
        return direct(self.sender.ref)

    async def says(
        self,
        text: str | RichText,
        where: ConversationRef | None = None,
        key: str = "",
        reply_to: MessageRef | None = None,
        quoted: str = "",
        files: tuple[Attachment, ...] = (),
        overheard: bool = False,
    ) -> Answer:
        """Plain words to the bot; in their direct conversation unless the story says otherwise."""
        key = key or self.stage.key()
        place = self.place(where)
        return await self._got(
            ChatMessage(
                key=key,
                sender=self.sender,
                place=place,
                received_at=self.stage.clock.now(),
                text=_rich(text),
                message=MessageRef(place.ref, key),
                reply_to=reply_to,
                quoted=quoted,
                attachments=files,
                overheard=overheard,
                permalink=f"https://chat.example/{key}",
            )
        )

    async def edits(self, said: str, text: str, where: ConversationRef | None = None) -> None:
        """Other words in place of those said with this key."""
        place = self.place(where)
        message = MessageRef(place.ref, said)
        await self.stage.receive(
            MessageEdited(
                key=self.stage.key(),
                sender=self.sender,
                place=place,
                received_at=self.stage.clock.now(),
                text=RichText(text),
                message=message,
            )
        )

    async def deletes(self, said: str, where: ConversationRef | None = None) -> None:
        place = self.place(where)
        message = MessageRef(place.ref, said)
        await self.stage.receive(
            MessageDeleted(
                key=self.stage.key(),
                sender=self.sender,
                place=place,
                received_at=self.stage.clock.now(),
                message=message,
            )
        )

    async def commands(
        self,
        text: str | RichText,
        where: ConversationRef | None = APEX_HOME,
        key: str = "",
        form: bool = False,
        verb: str = "",
    ) -> Answer:
        """``/ms text``, in the project's channel unless the story says otherwise."""
        return await self._got(
            SlashCommand(
                key=key or self.stage.key(),
                sender=self.sender,
                place=self.place(where),
                received_at=self.stage.clock.now(),
                can_open_form=form,
                text=_rich(text),
                verb=verb,
            )
        )

    async def presses(
        self,
        label: str,
        on: Card | Accepted | Answer | None = None,
        where: ConversationRef | None = None,
        form: bool = False,
        key: str = "",
    ) -> Answer:
        """A button, on the last answer unless the story says which message."""
        if isinstance(on, Accepted):
            return await self.presses_token(
                token_of(on.card, label), on.ref.conversation, on.ref, form=form, key=key
            )
        card = on if isinstance(on, Card) else (on or self.answer).card
        return await self.presses_token(token_of(card, label), where or self._last, form=form, key=key)

    async def presses_token(
        self,
        token: str,
        where: ConversationRef | None = None,
        message: MessageRef | None = None,
        form: bool = False,
        key: str = "",
    ) -> Answer:
        return await self._got(
            ButtonPress(
                key=key or self.stage.key(),
                sender=self.sender,
                place=self.place(where),
                received_at=self.stage.clock.now(),
                can_open_form=form,
                token=token,
                message=message,
            )
        )

    async def submits(self, token: str = "", where: ConversationRef | None = None, **values: str) -> Answer:
        """The last form, filled in."""
        return await self._got(
            FormSubmission(
                key=self.stage.key(),
                sender=self.sender,
                place=self.place(where or self._last),
                received_at=self.stage.clock.now(),
                token=token or self._form_token,
                values=values,
            )
        )

    def place(self, where: ConversationRef | None) -> Place:
        ref = where or self.home
        is_direct = ref.id.startswith("D-")
        return Place(ref, PlaceKind.DIRECT if is_direct else PlaceKind.GROUP, f"#{ref.id.lower()}")

    def standing(self, standing: Standing) -> Voice:
        return replace(self, sender=replace(self.sender, standing=standing))

    async def _got(self, incoming: Incoming) -> Answer:
        self._last = incoming.place.ref
        self.answer = await self.stage.receive(incoming)
        if self.answer.reply and isinstance(self.answer.reply.body, Form):
            self._form_token = self.answer.reply.body.token
        return self.answer

    _last: ConversationRef | None = None
    _form_token: str = ""


def _rich(text: str | RichText) -> RichText:
    return text if isinstance(text, RichText) else RichText(text)
