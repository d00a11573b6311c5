"""Pull-quotes: finding passages, choosing them, and proving that they stand in the original."""

from bot.domain.quotes.choosing import candidates
from bot.domain.quotes.finding import closest, find
from bot.domain.quotes.passages import Passage, occurrences, verify
from bot.domain.quotes.sentences import sentences

__all__ = ["Passage", "candidates", "closest", "find", "occurrences", "sentences", "verify"]
