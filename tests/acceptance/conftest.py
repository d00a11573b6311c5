import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.domain.discussion import Discussion, Document
from tests.acceptance.wordpress import corpus, packages
from tests.acceptance.wordpress.site import Site, Written
from tests.acceptance.wordpress.writing import Post

_ROOT = Path(__file__).parents[2]

Inspect = Callable[[str], Discussion]


class Published(NamedTuple):
    """A post as we wrote it, and where it came to stand."""

    post: Post
    written: Written


Posts = Mapping[str, Published]


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A WordPress of its own for this run, in a folder with a short name: a socket's path is limited."""
    try:
        packages.install()
    except packages.NotInstalledError as problem:
        pytest.exit(str(problem), returncode=1)
    with tempfile.TemporaryDirectory(prefix="rejoinder-") as folder, Site(Path(folder)) as site:
        yield site


@pytest.fixture(scope="session")
def published(site: Site) -> Posts:
    """Every post of the corpus, by its name."""
    return {name: Published(post, site.write(post)) for name, post in corpus.posts().items()}


@pytest.fixture
def inspect(site: Site, tmp_path: Path) -> Inspect:
    """`rejoinder inspect ADDRESS --json` as a person runs it, allowed to ask this site."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("REJOINDER_")}
    ours = {"REJOINDER_FETCH__ALLOWED_PRIVATE_HOSTS": site.host, "REJOINDER_FETCH__PAUSE": "0"}
    environment = inherited | ours | {"PYTHONPATH": str(_ROOT), "HOME": str(tmp_path)}

    def run(address: str) -> Discussion:
        command = [sys.executable, "-m", "bot", "inspect", address, "--json"]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return Document.model_validate_json(done.stdout).discussions[0]

    return run
