"""Every command under its name."""

import typer

from bot.cli import demo, doctor, init, inspect, plan, run
from bot.cli.endings import Surface

app = typer.Typer(
    name="rejoinder",
    cls=Surface,
    help="Carry an article and its readers' comments into Discord, and keep the tree alive.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (init.init, doctor.doctor, run.run, inspect.inspect, plan.plan, demo.demo):
    app.command()(command)
