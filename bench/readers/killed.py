"""The project's example of a reader, handling until it is told to wait to be killed: between read and acknowledgement.

    WIREFOLD_REDIS_URL=… python -m bench.readers.killed LEDGER AFTER GROUP CONSUMER

After so many events (0: never) it says so on standard output, and waits.
"""

import signal
import sys
from pathlib import Path
from typing import Any

from bench.readers.ledger import Ledger
from storage.outbox import LEAD_CHARS

EXAMPLES = Path(__file__).parents[2] / "examples" / "python"
STREAM = "wirefold"
LONG, CUT = "long", "cut"  # a text that stands in a key of its own, whole; and one of which only the beginning was had


class Handler:
    """Writes down what it is given, and after so many waits to be killed."""

    def __init__(self, path: Path, after: int) -> None:
        self._ledger, self._left = Ledger(path), after

    def __call__(self, event: dict[str, Any]) -> None:
        """What the example calls for each event, before it acknowledges the entry."""
        content = event["data"].get("content", {})
        how_long = (LONG if len(content["text"]) > LEAD_CHARS else CUT) if content.get("text_key") else ""
        self._ledger.write(STREAM, event["id"], event["sequence"], how_long)
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
