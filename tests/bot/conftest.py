import base64
import os

import pytest


@pytest.fixture
def token() -> str:
    """Of the form of a bot's token, and nobody's."""
    return f"{base64.urlsafe_b64encode(b'100000000000000001').decode()}.Gabc_D.{'k' * 38}"


@pytest.fixture
def alone(monkeypatch, tmp_path):
    """No variable and no file of the machine that runs the tests."""
    for name in [name for name in os.environ if name.upper().startswith("REJOINDER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    working = tmp_path / "working"
    working.mkdir()
    monkeypatch.chdir(working)
