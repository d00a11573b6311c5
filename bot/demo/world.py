"""The simulated guild: a reading room with a forum, a lounge, a staff channel and four people."""

from dataclasses import dataclass
from typing import Final

import discord
from simcord import ChannelHandle, Env, GuildHandle, MemberActor

#: What a moderator of a reading room is usually given.
_MODERATOR: Final = discord.Permissions(
    manage_guild=True, manage_channels=True, manage_messages=True, manage_threads=True
)
#: Names everybody's picture, as a hash of it does in Discord.
PORTRAIT: Final = "portrait"


@dataclass(frozen=True, slots=True)
class World:
    """Handles of everything in the guild that the demo acts with."""

    guild: GuildHandle
    forum: ChannelHandle
    lounge: ChannelHandle
    staff: ChannelHandle
    moderator: MemberActor
    #: The three who only read and write.
    members: tuple[MemberActor, MemberActor, MemberActor]

    @property
    def people(self) -> tuple[MemberActor, ...]:
        """Everybody, the moderator first."""
        return (self.moderator, *self.members)

    @property
    def names(self) -> dict[int, str]:
        """Display names by user id."""
        return {person.id: person.user.global_name or person.name for person in self.people}

    def rooms(self) -> list[ChannelHandle]:
        """Channels that have messages of their own, with the threads under them, in the order people see them."""
        return [*self.forum.threads, self.lounge, *self.lounge.threads, self.staff, *self.staff.threads]

    def may_read(self, person: MemberActor, room: ChannelHandle) -> bool:
        """Whether a person sees a room: the staff channel and its threads are for the moderator."""
        return person is self.moderator or room.id not in {self.staff.id, *(t.id for t in self.staff.threads)}


def build(env: Env) -> World:
    """Create the guild. The bot is a member already; SimCord gives it a role with every right but administrator."""
    env.backend.edit_bot_profile("Rejoinder")
    env.backend.bot_user.avatar = PORTRAIT
    mira = env.create_user("mira", global_name="Mira Holt", avatar=PORTRAIT)
    guild = env.create_guild("Harbour Reading Room", owner=mira)
    role = guild.create_role("Moderator", permissions=_MODERATOR, color=0xB08D57, hoist=True)
    forum = guild.create_forum_channel("articles")
    lounge = guild.create_text_channel("lounge", topic="Tea, coffee and what we are reading")
    staff = guild.create_text_channel(
        "staff",
        topic="For moderators: imports and notices",
        overwrites={
            guild.default_role: discord.PermissionOverwrite(view_channel=False),
            role: discord.PermissionOverwrite(view_channel=True),
        },
    )
    nils, priya, jonas = (
        guild.add_member(env.create_user(name, global_name=shown, avatar=PORTRAIT))
        for name, shown in (("nils", "Nils Berg"), ("priya", "Priya Raman"), ("jonas", "Jonas Weil"))
    )
    moderator = guild.add_member(mira, roles=[role])
    return World(guild, forum, lounge, staff, moderator, (nils, priya, jonas))
