import base64

import pytest


@pytest.fixture
def token() -> str:
    """Of the form of a bot's token, and nobody's."""
    return f"{base64.urlsafe_b64encode(b'100000000000000001').decode()}.Gabc_D.{'k' * 38}"
