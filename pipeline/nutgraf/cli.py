"""The command line: one command a stage, and every mistake of a person's as one line."""

from __future__ import annotations

import importlib
import os
import sys

import click

from nutgraf import __version__
from nutgraf.errors import NutgrafError, unknown

STAGES = (
    *"read split annotate agree partition train crossvalidate sweep evaluate compare curve".split(),
    *"log promote label count report ui".split(),
)


class Stages(click.Group):
    """Commands by name, each imported from its own module only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the flow, not of the alphabet."""
        return list(STAGES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and return its command."""
        if cmd_name not in STAGES:
            return None
        command: click.Command = importlib.import_module(f"nutgraf.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Answer a misspelt command with the nearest known one."""
        if args and not args[0].startswith("-") and args[0] not in STAGES:
            raise click.UsageError(unknown("command", args[0], STAGES), ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Stages, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="nutgraf")
def app() -> None:
    """Label the paragraphs of conflict news: from articles to a trained classifier and labelled text.

    The commands follow the flow: read, split and annotate make training data (agree, crossvalidate and curve tell how
    good it is), partition, train and evaluate make a model folder with its scores, sweep makes many, compare tells two
    apart, log and promote keep them in MLflow, label, count and report use one.
    """


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 done but some inputs refused, 2 a mistake."""
    try:
        return int(app.main(arguments, prog_name="nutgraf", standalone_mode=False) or 0)
    except NutgrafError as error:
        problem = str(error)
    except click.Abort:
        print("nutgraf: stopped", file=sys.stderr)
        return 130
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message())
        return 2
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "nutgraf"
        problem = f"{error.format_message().replace(chr(10), ' ')} (see `{where} --help`)"
    except click.ClickException as error:
        problem = error.format_message()
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        problem = f"{error.filename or 'input or output'}: {error.strerror or error}"
    print(f"nutgraf: {' '.join(problem.split())}", file=sys.stderr)
    return 2


def main() -> None:
    """Entry point of the console command."""
    sys.exit(run())
