"""The wire: Discord on loopback, over real HTTP and WebSocket, for a bot in a process of its own.

SimCord shows what people see; the wire has what it leaves out: processes that die, lost answers, nonces, rate
limits, RESUME, paging, archive and lock rules. Everything here is written from Discord's documentation and from
what people measured; where nobody knows, there is a switch.

- ``world`` what exists; ``permissions`` who may; ``content``, ``posting``, ``threads``, ``webhooks``, ``reactions``
  Discord's rules; ``payloads`` the world as JSON
- ``server`` the door; ``routes`` the REST API; ``gateway`` sessions and events; ``interactions`` what was asked
- ``limits`` and ``faults`` the switches, ``unknowns`` those for what nobody knows; ``log`` everything that was asked
  of the server, which `tests.referee` judges
- ``people`` the `Wire` itself: the server with people who write, use commands and press buttons
- ``virtual`` a loop whose clock jumps, ``ground`` server and bot together on it; `benchmarks` measures there
- ``process`` a bot that can be killed, ``kills`` an import that is, ``committing`` imports that nobody pressed for; ``probe`` a small one on stock discord.py that keeps the wire honest

A test reads like this::

    async with Wire(speed=50) as wire:
        room = reading_room(wire.world)
        async with rejoinder(wire, tmp_path) as bot:
            wire.faults.lose_answer("create_message", nth=3)
            shown = await wire.slash(room.mira, room.lounge, "import article", attachments={"file": page})
            await bot.restart()
"""
