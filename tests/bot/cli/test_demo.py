"""`rejoinder demo` before the demo itself, which tests/bot/demo plays."""

import pytest


@pytest.mark.asyncio
async def test_without_simcord_it_says_what_to_install(process, refused, monkeypatch, tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['simcord'] = None")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert refused(await process("demo", "--once"), 1) == (
        'The demo\'s simulated Discord is not installed. Install it: pip install "rejoinder[demo]"'
    )


def test_a_source_that_is_not_there(rejoinder, tmp_path):
    ended = rejoinder("demo", "--once", "--source", tmp_path / "x.txt")
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "x.txt" in ended.stderr
