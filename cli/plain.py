"""What comes from outside, made fit for a terminal: no control sequence gets through."""

import unicodedata


def plain(text: object, most: int = 0) -> str:
    """One line without control, format or bidirectional marks, cut to `most` characters (0: uncut)."""
    line = " ".join(
        "".join(
            " " if c.isspace() else c for c in str(text) if c.isspace() or unicodedata.category(c)[0] != "C"
        ).split()
    )
    return line if not most or len(line) <= most else line[: most - 1] + "…"
