"""Single facts that outlive the process and belong to no guild."""

import sqlite3

from bot.ports.store import FactStore
from storage.engine import Engine


class Facts(FactStore):
    """Table facts. No words of people belong here."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def find(self, name: str) -> str | None:
        """The fact, if it was kept."""

        def query(connection: sqlite3.Connection) -> str | None:
            row = connection.execute("SELECT value FROM facts WHERE name = :name", {"name": name}).fetchone()
            return row and str(row["value"])

        return await self._engine.read(query)

    async def keep(self, name: str, value: str) -> None:
        """Keep it, instead of what was kept under this name."""

        def unit(connection: sqlite3.Connection) -> None:
            connection.execute(
                """
                INSERT INTO facts (name, value) VALUES (:name, :value)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """,
                {"name": name, "value": value},
            )

        await self._engine.write(unit)
