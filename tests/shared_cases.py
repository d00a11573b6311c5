"""The real pages with hand-checked trees. They lie beside the checkout and nowhere else, and are other people's."""

import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

SHARED = Path(__file__).parents[1] / ".." / "shared"
CASES = SHARED / "cases"

needs_cases = pytest.mark.skipif(
    not (CASES / "score.py").exists(), reason="the real pages are not beside the checkout"
)


@cache
def scorer() -> ModuleType:
    """The program that compares what was read with the truth."""
    spec = importlib.util.spec_from_file_location("score", CASES / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def truths(*kinds: str) -> list[Path]:
    """The truth files of these kinds; none where the pages are absent."""
    return [path for path in sorted((CASES / "truth").glob("*.json")) if path.name.startswith(kinds)]


def record_in(truth: Path) -> dict:
    """What a truth file says."""
    return json.loads(truth.read_text(encoding="utf-8"))


def bytes_of(record: dict) -> bytes:
    """The page that a truth file is about."""
    return (CASES / record["file"]).read_bytes()
