"""What fuzzing begins with: the fixtures of the readers' own tests, and the pages in ``corpus/``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

_HERE = Path(__file__).parent
_PLACES = (_HERE / "corpus", _HERE.parent / "bot" / "sources")

#: The endings of the files that a target is at home with; the register takes all.
_ENDINGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "flattened": frozenset({".txt"}),
        "documents": frozenset({".json"}),
        "exports": frozenset({".xml"}),
        "wxr": frozenset({".xml"}),
        "disqus": frozenset({".xml"}),
        "blogger": frozenset({".xml"}),
        "feeds": frozenset({".xml"}),
        "pages": frozenset({".html"}),
        "markup": frozenset({".html"}),
        "trails": frozenset({".html"}),
    }
)
_ALL = frozenset().union(*_ENDINGS.values())


@cache
def seeds(target: str) -> tuple[bytes, ...]:
    """The files for a target, in an order that does not depend on the machine."""
    endings = _ENDINGS.get(target, _ALL)
    files = sorted(path for place in _PLACES for path in place.rglob("*") if path.suffix in endings)
    return tuple(path.read_bytes() for path in files)
