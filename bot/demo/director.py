"""What happens in the reading room: a page is handed over, members answer, the bot goes and comes back."""

import asyncio
from typing import TYPE_CHECKING, Final

from simcord import ChannelHandle

from bot.demo import script
from bot.demo.desk import Desk
from bot.demo.feed import Feed
from bot.demo.stage import Presence, Stage
from bot.domain.wording import plural
from bot.errors import NotFoundError, RefusedError, RejoinderError
from bot.ports.records import ArticleRecord

if TYPE_CHECKING:
    # The page's packages are wanted only where there is a page.
    from bot.demo.screen import Screen

#: Seconds that a person needs to take in what just happened.
BREATH: Final = 3.5
#: Seconds between two looks for an import that the person started.
_LOOK_EVERY: Final = 0.5
_YOUR_TURN: Final = (
    "Now you: answer a comment, stop the bot and write while it is away, or drop a page of your own."
)


class Director:
    """Plays the moderator and the members, and tells in a sentence what is going on."""

    def __init__(self, stage: Stage, feed: Feed, *, breath: float = BREATH) -> None:
        """``breath`` is the pause between two acts, in seconds."""
        self._stage = stage
        self._feed = feed
        #: What the person looks at; nobody watches without one.
        self.screen: Screen | None = None
        self._breath = breath
        self._desk = Desk(stage, feed)
        self._answers = 0
        self.status = "The reading room opens."
        #: What went wrong last, in words; None when nothing did.
        self.trouble: str | None = None
        #: Somebody has opened the page.
        self.watched = asyncio.Event()

    async def guide(self, page: bytes, name: str) -> None:
        """The tour for a person, once the page is open, and with whatever goes wrong told there.

        Then, until cancelled, it shows them every import that they start.
        """
        await self.watched.wait()
        try:
            await self.tour(page, name)
            self.status = _YOUR_TURN
        except RejoinderError as problem:
            self.trouble = str(problem)
            self.status = "The tour ended early; everything else works."
        await self._follow_imports()

    async def tour(self, page: bytes, name: str) -> ArticleRecord:
        """An import, answers at several levels, the bot's absence and its return.

        Raises RejoinderError with the sentence that a person would meet.
        """
        article = await self.present(page, name)
        for _ in range(3):
            await self._breathe()
            self.status = await self.answer(article)
        await self._breathe()
        await self.stop_bot()
        await self._breathe()
        said = await self.answer(article)
        self.status = (
            f"{said} Discord has it, the tree does not: nobody was there to hear. The bot comes back …"
        )
        await self._breathe()
        await self.start_bot()
        await self._breathe()
        return article

    async def present(self, page: bytes, name: str) -> ArticleRecord:
        """Import a page as a moderator would, with time to look, and announce it.

        Raises RejoinderError with the bot's own sentence.
        """
        self.status = f"Mira Holt gives the bot a saved page, {name}: /import article. The bot shows what it would post."
        preview = await self._desk.hand_over(page, name)
        await self._look_at(self._stage.world.staff)
        await self._breathe()
        await self._desk.post(preview)
        await self._watch_import()
        quoted = ", and quoted in # lounge" if await self._desk.announce(preview) else ""
        article = (await self._feed.articles())[0]
        self.status = f"“{article.article.title}” is here{quoted}. Members answer what is years old."
        return article

    async def bring(self, page: bytes, name: str) -> None:
        """Hand over a person's own page: the preview opens in the staff channel, and the person decides.

        Raises RefusedError with the bot's own sentence where it could not read it.
        """
        self._need_bot()
        await self._look_at(self._stage.world.staff)
        await self._desk.hand_over(page, name)
        self.trouble = None
        self.status = f"Mira Holt gave the bot {name}. Its preview waits in # staff: say whose words these are, then press Post."

    async def write(self) -> None:
        """Let the next member answer something in the thread that is shown, or in the newest."""
        articles = await self._feed.articles()
        room = self.screen.room.id if self.screen else None
        article = next((each for each in articles if each.thread_id == room), next(iter(articles), None))
        if article is None or article.thread_id is None:
            raise RefusedError("There is no thread yet: the import has not begun.")
        said = await self.answer(article)
        away = self._stage.presence is not Presence.RUNNING
        self.status = f"{said} The bot is away: start it, and the answer takes its place." if away else said

    async def answer(self, article: ArticleRecord) -> str:
        """The next member answers a comment. What happened, as a sentence."""
        placed = await self._feed.comments(article.id)
        answer = script.answer(self._answers, [comment for comment, _ in placed])
        self._answers += 1
        member = self._stage.world.members[answer.who]
        name = self._stage.world.names[member.id]
        thread = self._room(article.thread_id)
        answered = next((message_id for comment, message_id in placed if comment == answer.comment), None)
        reply_to = next((message for message in thread.history() if message.id == answered), None)
        async with self._stage.act():
            await member.send(thread, answer.words, reply_to=reply_to)
        return (
            f"{name} answered comment {answer.comment.number}."
            if answer.comment
            else f"{name} answered the article."
        )

    async def start_bot(self) -> None:
        """Start the bot; it reads what was written meanwhile."""
        self.trouble = None
        self.status = "The bot starts and reads what was written while it was away."
        await self._stage.start_bot()
        self.status = (
            "The bot is back. What was written meanwhile stands in the tree, under the comment it answers."
        )

    async def stop_bot(self) -> None:
        """Stop the bot."""
        self.trouble = None
        self.status = "The bot goes offline."
        await self._stage.stop_bot()
        self.status = (
            "The bot is stopped. Discord goes on without it: write something, or let somebody write."
        )

    async def go_to(self, *, room: str | None, viewer: str | None, message: str | None) -> None:
        """Show another room, the same through another person's eyes, or one of its messages.

        Raises NotFoundError, and RefusedError where the person may not read the room.
        """
        if self.screen is None:
            return
        world = self._stage.world
        rooms = {str(each.id): each for each in world.rooms()}
        people = {str(each.id): each for each in world.people}
        try:
            to = rooms[room] if room is not None else self.screen.room
            person = people[viewer] if viewer is not None else self.screen.viewer
        except KeyError as problem:
            raise NotFoundError("There is no such channel or person in the reading room.") from problem
        if not world.may_read(person, to):
            raise RefusedError(
                f"{world.names[person.id]} may not read # staff. Become Mira Holt, or choose another channel."
            )
        self.trouble = None
        at = next((each for each in to.history() if str(each.id) == message), None)
        await self.screen.show(to, person, at=at)

    async def _follow_imports(self) -> None:
        """Whenever the person has pressed Post, show them where their page arrives."""
        seen = await self._feed.find_newest_run()
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            run = await self._feed.find_newest_run()
            if run is None or (seen is not None and run.id == seen.id):
                continue
            seen = run
            try:
                await self._watch_import()
                self.status = "Your page is here, with its tree. Answer it, or let somebody write."
            except RejoinderError as problem:
                self.trouble = str(problem)

    async def _watch_import(self) -> None:
        async for run in self._desk.progress():
            if run.thread_id is not None and self.screen is not None and self.screen.room.id != run.thread_id:
                await self._look_at(self._room(run.thread_id))
            count = f"{run.sent} of {plural(run.total, 'message')}"
            self.status = f"The import runs: {count}, a little faster than Discord allows."

    def _room(self, room_id: int | None) -> ChannelHandle:
        return next(room for room in self._stage.world.rooms() if room.id == room_id)

    async def _look_at(self, room: ChannelHandle) -> None:
        if self.screen is not None:
            await self.screen.show(room)

    async def _breathe(self) -> None:
        await asyncio.sleep(self._breath)

    def _need_bot(self) -> None:
        if self._stage.presence is not Presence.RUNNING:
            raise RefusedError("The bot is away and can't take a page. Start it first.")
