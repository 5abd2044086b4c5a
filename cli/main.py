"""`wirefold`: the commands, and the one place where their errors become a line and an exit status."""

import importlib
import sys
from typing import NoReturn

import click

from storage.errors import StorageError
from workers.errors import BadSetting, WirefoldError

# Imported when asked for: `wirefold --help` loads none of them.
COMMANDS = {
    "run": "cli.run",
    "tail": "cli.tail",
    "replay": "cli.replay",
    "snapshot": "cli.snapshot",
    "groups": "cli.groups",
    "fold": "cli.fold",
    "read": "cli.read",
    "feeds": "cli.feeds",
    "status": "cli.status",
    "health": "cli.status",
    "ledger": "cli.ledger",
    "explain": "cli.explain",
    "split": "cli.takeback",
    "merge": "cli.takeback",
    "schemas": "cli.schemas",
}


class Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, or None."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(COMMANDS[name]), name)
        return command


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wirefold")
def cli() -> None:
    """Feeds in, stories out: every agency story once, with all its printings, on Redis streams.

    \b
    Try it:   wirefold run --sample
    For real: wirefold run my.opml
    """  # noqa: D301 - click's mark for lines to keep is a real backspace


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command and exit; bad input and missing servers are one line and exit status 2."""
    try:
        sys.exit(cli.main(arguments, prog_name="wirefold", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        _stop(error.format_message())
    except (BadSetting, StorageError, WirefoldError) as error:
        _stop(str(error))
    except BrokenPipeError:  # `wirefold tail | head`
        sys.stderr.close()
        sys.exit(0)
    except UnicodeEncodeError as error:  # an argument of bytes that are no text
        _stop(f"{error.object[error.start : error.end]!a} cannot be written as {error.encoding}")
    except OSError as error:
        _stop(str(error))
    except click.Abort:  # Ctrl-C
        sys.exit(130)


def _stop(said: str) -> NoReturn:
    click.echo(f"wirefold: {' '.join(said.split())}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
