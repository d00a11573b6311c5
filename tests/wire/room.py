"""A reading room: the guild that most tests begin with."""

from dataclasses import dataclass

from tests.wire.permissions import Permission
from tests.wire.world import Channel, Guild, Member, World


@dataclass(frozen=True)
class ReadingRoom:
    """A guild with a forum, a text channel, who keeps it, and two who read."""

    guild: Guild
    articles: Channel
    lounge: Channel
    mira: Member
    ana: Member
    bo: Member


def reading_room(world: World) -> ReadingRoom:
    """Furnish a world: Mira may manage the server, Ana and Bo may read and write."""
    guild = world.add_guild("The reading room", owner=world.add_user("Ines"))
    return ReadingRoom(
        guild=guild,
        articles=world.add_forum(guild, "articles", tags=("Harbour", "Town")),
        lounge=world.add_text_channel(guild, "lounge"),
        mira=world.add_member(
            guild,
            "Mira",
            rights=Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES | Permission.MANAGE_THREADS,
        ),
        ana=world.add_member(guild, "Ana"),
        bo=world.add_member(guild, "Bo"),
    )
