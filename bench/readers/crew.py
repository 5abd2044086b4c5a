"""The processes of a phase: started together, watched, and gone with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Any

CONTEXT = get_context("fork")


class Crew:
    """Processes, none of which may fail."""

    def __init__(self) -> None:
        self._members: list[BaseProcess] = []
        self.stop = CONTEXT.Event()  # told to those who work until then

    def start(self, work: Callable[..., object], *arguments: Any) -> BaseProcess:
        """Start one more."""
        member = CONTEXT.Process(target=work, args=arguments)
        member.start()
        self._members.append(member)
        return member

    def check(self) -> None:
        """Raise RuntimeError when one has failed: what is measured then is something else."""
        failed = [member.name for member in self._members if member.exitcode]
        if failed:
            raise RuntimeError(f"{', '.join(failed)} failed")

    def end(self) -> None:
        """Tell them to stop, and kill who does not."""
        self.stop.set()
        for member in self._members:
            member.join(5)
            if member.is_alive():
                member.kill()
                member.join()


@contextmanager
def crew() -> Iterator[Crew]:
    """A crew that does not outlive the block."""
    members = Crew()
    try:
        yield members
    finally:
        members.end()
