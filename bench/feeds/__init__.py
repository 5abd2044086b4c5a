"""How feeds are read, whole and damaged: `python -m bench.feeds CORPUS`."""

import sys

# feedparser asks chardet where it finds it. The service does not bring it, the bench's extractors do: with it other
# charsets would be guessed here than there.
sys.modules["chardet"] = sys.modules["cchardet"] = None  # type: ignore[assignment]  # its import fails
