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
        case "theme":
            site.configure(theme=given.name)
        case "rest":
            site.answer_rest_with(given.status)
        case "per-page":
            site.configure(comments_per_page=given.number)
        case "wxr":
            sys.stdout.buffer.write(site.export())
        case "php":
            sys.stdout.buffer.write(site.php(given.file, *given.arguments))
        case "stop":
            site.stop()


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
    php = actions.add_parser("php", help="run a PHP file; it is given the folder of WordPress's files")
    php.add_argument("file", type=Path)
    php.add_argument("arguments", nargs="*")
    actions.add_parser("stop", help="end what start began")
    return parser.parse_args()


main()
