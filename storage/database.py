"""The database: a room a table family, over one open file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from storage.articles import Articles
from storage.comments import Comments
from storage.deletions import Deletions
from storage.engine import Engine
from storage.facts import Facts
from storage.guilds import Guilds
from storage.imports import Imports
from storage.messages import Messages
from storage.quotes import Quotes
from storage.schema import load_migrations
from storage.threads import Threads
from storage.unfoldings import Unfoldings
from storage.votes import Votes


class Database:
    """Fulfils ``bot.ports.store.Store``."""

    def __init__(self, engine: Engine) -> None:
        self.guilds = Guilds(engine)
        self.articles = Articles(engine)
        self.imports = Imports(engine)
        self.messages = Messages(engine)
        self.comments = Comments(engine)
        self.threads = Threads(engine)
        self.quotes = Quotes(engine)
        self.unfoldings = Unfoldings(engine)
        self.votes = Votes(engine)
        self.deletions = Deletions(engine)
        self.facts = Facts(engine)

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path, *, busy_timeout: float = 5.0) -> AsyncIterator[Self]:
        """Open ``path``, made where it does not exist; on leaving, what waits is written first.

        ``busy_timeout`` is how many seconds a statement waits while another program holds the file.
        Raises StorageError when the file is another program's, newer than this version, damaged, or may not
        be written.
        """
        async with Engine.open(path, busy_timeout=busy_timeout, migrations=load_migrations()) as engine:
            yield cls(engine)
