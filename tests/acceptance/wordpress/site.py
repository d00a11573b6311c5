"""A real WordPress on loopback, in a folder of its own: Debian's files, MariaDB on a socket, PHP's own server.

Nothing of it can be reached from outside, and it reaches nothing: the database listens to no network, the server to
127.0.0.1, and WordPress may not ask other hosts, send mail or run its clock.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import asdict
from getpass import getuser
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

from tests.acceptance.wordpress.writing import Post, Remark

Theme = Literal["twentytwentyone", "twentytwentythree"]
RestStatus = Literal[200, 403, 404]

CLASSIC: Theme = "twentytwentyone"
BLOCKS: Theme = "twentytwentythree"
THEMES = (CLASSIC, BLOCKS)

_HERE = Path(__file__).parent
_FILES = Path("/usr/share/wordpress")
#: Seconds until a server that was started has to answer.
_PATIENCE = 60.0
#: One worker alone would answer a page while the page's own request waits for it.
_ENVIRONMENT = {"PHP_CLI_SERVER_WORKERS": "2"}
_OPTIONS = {
    "permalink_structure": "/%year%/%monthnum%/%postname%/",
    "timezone_string": "Europe/Berlin",
    "thread_comments": 1,
    "thread_comments_depth": 10,
    "page_comments": 1,
    "comments_per_page": 50,
    "default_comments_page": "oldest",
    "comment_registration": 0,
    "comment_moderation": 0,
    "default_comment_status": "open",
}


class Written(NamedTuple):
    """Where a post came to stand."""

    id: int
    address: str
    #: The ids that WordPress gave to the comments, by the names in the corpus.
    comments: Mapping[str, int]


class Site:
    """A site that runs between ``start`` and ``stop``; as ``with`` it is stopped at the end.

    ``folder`` is its own, holds everything, and is kept; its path is short, since a socket lies in it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._www = self._folder / "www"

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def host(self) -> str:
        """Host and port, as in fetch.allowed_private_hosts."""
        return f"127.0.0.1:{(self._folder / 'port').read_text()}"

    @property
    def address(self) -> str:
        return f"http://{self.host}/"

    def start(self, port: int = 0) -> None:
        """Database, files, web server and an empty site; 0 takes a free port."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "port").write_text(str(port or _free_port()))
        self._start_database()
        self._lay_out_files()
        self._inside("install", {"title": "The Skerry Post", "editor": "Marit Holm", "options": _OPTIONS})
        self._start_server()

    def stop(self) -> None:
        """End what ``start`` began."""
        for name in ("web", "database"):
            _end(self._folder / f"{name}.pid", belongs_to=str(self._folder))

    def configure(self, *, theme: Theme | None = None, **options: str | int) -> None:
        """Switch the theme, and set options by their names."""
        self._inside("configure", {"options": options} | ({"theme": theme} if theme else {}))

    def answer_rest_with(self, status: RestStatus) -> None:
        """Open the REST interface (200), or have every request to it refused with ``status``."""
        self.configure(acceptance_rest_status=status)

    def write(self, post: Post) -> Written:
        """Publish a post with its comments."""
        return Written(**self._inside("write", asdict(post)))

    def answer(self, written: Written, *remarks: Remark) -> Written:
        """Put further comments under a post; they may answer those that stand there, by their names."""
        given = {"post": written.id, "comments": [asdict(remark) for remark in remarks]}
        found = self._inside("answer", given | {"ids": dict(written.comments)})
        return written._replace(comments=found["comments"])

    def delete(self, comment: int) -> None:
        """Delete a comment for good: WordPress hangs its answers under the one above."""
        self._inside("delete", {"id": comment})

    def change(self, comment: int, *, html: str | None = None, state: str | None = None) -> None:
        """Edit a comment, or give it a state: approve, hold, spam, trash."""
        given = {"id": comment, "html": html, "state": state}
        self._inside("change", {name: value for name, value in given.items() if value is not None})

    def export(self) -> bytes:
        """All posts as WXR."""
        return self.php(_HERE / "inside.php", "export")

    def get(self, address: str) -> bytes:
        """What the site answers; an HTTPError where it refuses."""
        assert address.startswith(self.address)
        with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:  # noqa: S310 - the site's own address
            return bytes(answer.read())

    def php(self, file: Path, *arguments: str, given: bytes = b"") -> bytes:
        """Run a PHP file of ours: it is given the folder of WordPress's files, then ``arguments``."""
        command = [
            "php",
            "-d",
            "sendmail_path=/bin/true",
            "-d",
            "display_errors=stderr",
            str(file),
            str(self._www),
            *arguments,
        ]
        done = subprocess.run(command, input=given, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout

    def _inside(self, action: str, given: Mapping[str, Any]) -> Any:
        return json.loads(self.php(_HERE / "inside.php", action, given=json.dumps(given).encode()))

    def _start_database(self) -> None:
        data, user = self._folder / "database", f"--user={getuser()}"
        if not data.exists():
            _run(
                "mariadb-install-db",
                "--no-defaults",
                user,
                f"--datadir={data}",
                "--auth-root-authentication-method=normal",
            )
        self._begin(
            "database",
            *("mariadbd", "--no-defaults", user, f"--datadir={data}", f"--socket={self._socket}"),
            *("--skip-networking", f"--pid-file={self._folder / 'mariadb.pid'}"),
        )
        client = ("mariadb", "--no-defaults", "--user=root", f"--socket={self._socket}")
        _until(
            lambda: (
                not subprocess.run([*client, "-e", "SELECT 1"], capture_output=True, check=False).returncode
            )
        )
        _run(*client, "-e", "CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4")

    def _lay_out_files(self) -> None:
        shutil.rmtree(self._www, ignore_errors=True)
        shutil.copytree(_FILES, self._www, ignore=shutil.ignore_patterns("wp-config.php"))
        plugins = self._www / "wp-content" / "mu-plugins"
        plugins.mkdir()
        shutil.copy(_HERE / "switches.php", plugins)
        (self._www / "wp-config.php").write_text(self._configuration())

    def _configuration(self) -> str:
        constants = {
            "DB_NAME": "wordpress",
            "DB_USER": "root",
            "DB_PASSWORD": "",
            "DB_HOST": f"localhost:{self._socket}",
            "DB_CHARSET": "utf8mb4",
            "DB_COLLATE": "",
            "WP_HOME": self.address.rstrip("/"),
            "WP_SITEURL": self.address.rstrip("/"),
            "WP_HTTP_BLOCK_EXTERNAL": True,
            "DISABLE_WP_CRON": True,
            "AUTOMATIC_UPDATER_DISABLED": True,
        }
        lines = [f"define({json.dumps(name)}, {json.dumps(value)});" for name, value in constants.items()]
        ending = ["$table_prefix = 'wp_';", "require_once ABSPATH . 'wp-settings.php';"]
        return "\n".join(["<?php", *lines, *ending]).replace("\\/", "/") + "\n"

    def _start_server(self) -> None:
        self._begin(
            "web",
            "php",
            "-d",
            "display_errors=0",
            "-S",
            self.host,
            "-t",
            str(self._www),
            str(_HERE / "router.php"),
        )
        _until(lambda: _answers(self.address))

    @property
    def _socket(self) -> Path:
        return self._folder / "db.sock"

    def _begin(self, name: str, *command: str) -> None:
        """Start a server in a process group of its own, whose number is kept in a file."""
        with (self._folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=os.environ | _ENVIRONMENT,
            )
        (self._folder / f"{name}.pid").write_text(str(process.pid))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command[0]}: {done.stderr}{done.stdout}"


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"nothing answered within {_PATIENCE:g} seconds"
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=_PATIENCE):  # noqa: S310 - the site's own address
            return True
    except urllib.error.URLError:
        return False


def _end(file: Path, *, belongs_to: str) -> None:
    """End a process group that we began. Numbers are given out again: it must still be a server of this folder."""
    if not file.exists():
        return
    pid = int(file.read_text())
    file.unlink()
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_text()
    except FileNotFoundError:
        return
    if belongs_to in arguments:
        os.killpg(pid, signal.SIGTERM)
        _until(lambda: not _runs(pid))


def _runs(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def _free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])
