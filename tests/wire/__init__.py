"""The wire: Discord on loopback, over real HTTP and WebSocket, for a bot in a process of its own.

SimCord shows what people see; the wire has what it leaves out: processes that die, lost answers, nonces, rate
limits, RESUME, paging, archive and lock rules. Everything here is written from Discord's documentation.
"""
