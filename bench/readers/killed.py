"""The project's example of a reader, handling until it is told to wait to be killed: between read and acknowledgement.

    WIREFOLD_REDIS_URL=… python -m bench.readers.killed LEDGER AFTER GROUP CONSUMER

After so many events (0: never) it says so on standard output, and waits.
"""

import signal
import sys
from pathlib import Path
from typing import Any

from bench.readers.ledger import Ledger

EXAMPLES = Path(__file__).parents[2] / "examples" / "python"
STREAM = "wirefold"


class Handler:
    """Writes down what it is given, and after so many waits to be killed."""

    def __init__(self, path: Path, after: int) -> None:
        self._ledger, self._left = Ledger(path), after

    def __call__(self, event: dict[str, Any]) -> None:
        """What the example calls for each event, before it acknowledges the entry."""
        self._ledger.write(STREAM, event["id"], event["sequence"])
        self._left -= 1
        if not self._left:
            print("between", flush=True)
            signal.pause()


if __name__ == "__main__":
    sys.path.insert(0, str(EXAMPLES))
    from reader import main  # type: ignore[import-not-found]

    handler = Handler(Path(sys.argv[1]), int(sys.argv[2]))
    del sys.argv[1:3]
    main(handler)
