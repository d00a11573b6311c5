"""``python -m tests.acceptance.wordpress``: the same site by hand, to look at or to point a bot at."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.acceptance.wordpress import corpus, packages
from tests.acceptance.wordpress.site import Site


def main() -> None:
    given = _arguments()
    site = Site(given.folder)
    match given.action:
        case "install":
            packages.install()
        case "start":
            site.start(given.port)
            print(site.address)  # noqa: T201 - this is what it is for
        case "seed":
            for name, post in corpus.posts().items():
                written = site.write(post)
                print(name, written.id, written.address, json.dumps(written.comments))  # noqa: T201 - as above
        case "theme" | "rest" | "per-page":
            _configure(site, given)
        case "wxr":
            sys.stdout.buffer.write(site.export())
        case "change":
            site.change(given.comment, html=given.html, state=given.state)
        case "delete":
            site.delete(given.comment)
        case "php":
            sys.stdout.buffer.write(site.php(given.file, *given.arguments))
        case "stop":
            site.stop()


def _configure(site: Site, given: argparse.Namespace) -> None:
    match given.action:
        case "theme":
            site.configure(theme=given.name)
        case "rest":
            site.answer_rest_with(given.status)
        case _:
            site.configure(comments_per_page=given.number)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.acceptance.wordpress", description=__doc__)
    folder = Path(tempfile.gettempdir(), "rejoinder-wordpress")
    parser.add_argument("--folder", type=Path, default=folder, help="where everything of the site lies")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("install", help="Debian's packages, where they are missing (root)")
    start = actions.add_parser(
        "start", help="database and web server, with an empty site; prints the address"
    )
    start.add_argument("--port", type=int, default=0, help="without it a free one")
    actions.add_parser("seed", help="our posts and comments; prints names, addresses and ids")
    theme = actions.add_parser("theme", help="switch the theme")
    theme.add_argument("name", choices=["twentytwentyone", "twentytwentythree"])
    rest = actions.add_parser("rest", help="what the REST interface answers")
    rest.add_argument("status", type=int, choices=[200, 403, 404])
    per_page = actions.add_parser("per-page", help="how many threads stand on a page of comments")
    per_page.add_argument("number", type=int)
    actions.add_parser("wxr", help="prints the export")
    change = actions.add_parser("change", help="edit a comment, or give it a state")
    change.add_argument("comment", type=int, help="its id")
    change.add_argument("--html")
    change.add_argument("--state", choices=["approve", "hold", "spam", "trash"])
    delete = actions.add_parser("delete", help="delete a comment for good")
    delete.add_argument("comment", type=int, help="its id")
    php = actions.add_parser("php", help="run a PHP file; it is given the folder of WordPress's files")
    php.add_argument("file", type=Path)
    php.add_argument("arguments", nargs="*")
    actions.add_parser("stop", help="end what start began")
    return parser.parse_args()


main()
