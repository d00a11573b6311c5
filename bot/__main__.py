import sys
from io import TextIOWrapper

from bot.cli.app import app


def main() -> None:
    """The `rejoinder` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that can't show a letter shows a mark instead of ending the command.
            stream.reconfigure(errors="replace")
    app(prog_name="rejoinder")


if __name__ == "__main__":
    main()
