"""Comparable text: what is left of a printing when its typography is taken away.

Promises the same words for the same text whatever the quotation marks, spaces, hyphens, accents or letter forms, for
any input, in time linear in its length. Ignores mark-up and grammar; furniture is `newswire.furniture`'s.
"""

import re
import unicodedata

# What is looked at: 20,000 words of newspaper prose. The longest article of the dev stream has 5,973.
MAX_CHARS = 130_000
# A longer run of letters is no word; cut, so that one letter a million times over stays cheap to hash and to compare.
MAX_WORD = 40

# Soft hyphen, zero-width marks, joiners, direction marks, byte order mark, emoji selectors, controls, surrogates.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
    "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
)
# Latin, Hebrew and Arabic marks over and under letters (vowel signs of Indic scripts are letters' own and stay).
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]+")
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")  # all that is not one blank
_UNDECOMPOSED = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
_UNDECOMPOSED_LETTER = re.compile(f"[{''.join(_UNDECOMPOSED)}]")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana and ideographs: a word each
_WORD = re.compile(rf"[{CJK}]|\d+(?:[.,]\d+)*|[^\W_{CJK}]+")

# Which marks may close a quotation, by the mark that opened it. Sweden opens with ”, Denmark with ».
_CLOSERS = {
    '"': '"”',
    "“": '”"“',
    "”": '”"',
    "„": '“”"‟',
    "‟": '”"',
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "‘": "’",
    "'": "'",
}
_QUOTE_MARK = re.compile("[\n\"“”„‟«»‹›「」『』‘’']")
_SENTENCE_END = re.compile(r"(?<=[.!?…؟])[\"'”’»)\]]*\s+|(?<=[。！？])")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:\w{1,2}|\w\.\w|Gov|Sen|Rep|Gen|Mrs|Prof|Inc|Ltd|bzw|Nov|Dec|Sept?)\.$")


def plain(text: str) -> str:
    """The text in NFKC, without what cannot be seen, digits as ASCII, one newline between paragraphs.

    At most `MAX_CHARS` characters are looked at.
    """
    text = _INVISIBLE.sub("", text[:MAX_CHARS])
    if not text.isascii():
        # Not longer than asked for: one code point may become eighteen.
        text = unicodedata.normalize("NFKC", text)[:MAX_CHARS]
        text = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), text)
    text = _SPACES.sub(" ", text)
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def fold(text: str) -> str:
    """The text without case and without accents: `Ínclita` and `INCLITA` are one."""
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return _UNDECOMPOSED_LETTER.sub(lambda letter: _UNDECOMPOSED[letter[0]], unicodedata.normalize("NFKC", bare))


def words(text: str) -> list[str]:
    """The folded words in order; a number is one word, so is each kana or ideograph."""
    return [word[:MAX_WORD] for word in _WORD.findall(fold(text))]


def without_quotations(text: str) -> str:
    """The text without what stands inside quotation marks; the marks go too.

    A quotation that is not closed ends with its paragraph, if its mark can only open or it opens the paragraph. An
    apostrophe, and inches, open nothing.
    """
    kept: list[str] = []
    opened, opened_at, start = "", 0, 0
    for mark in _QUOTE_MARK.finditer(text + "\n"):
        sign, at = mark[0], mark.start()
        if not opened:
            if sign in _CLOSERS and _opens(text, at, sign):
                opened, opened_at = sign, at
        elif sign == "\n":
            at_start = opened_at == 0 or text[opened_at - 1] == "\n"
            if opened in "“„«「『" or (at_start and opened in '"”»'):
                kept += (text[start:opened_at], " ")
                start = at
            opened = ""
        elif sign in _CLOSERS[opened] and _closes(text, at, sign):
            kept += (text[start:opened_at], " ")
            start, opened = at + 1, ""
    kept.append(text[start:])
    return "".join(kept)


def _opens(text: str, at: int, sign: str) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if sign in "\"'‘”»›":
        return not before.isalnum() and not after.isspace() and after != ""
    return True


def _closes(text: str, at: int, sign: str) -> bool:
    if sign in "'’":
        return not text[at + 1 : at + 2].isalnum()
    return True


def sentences(paragraph: str) -> list[str]:
    """The paragraph's sentences, roughly: initials and short abbreviations end none."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(paragraph):
        if found and _ABBREVIATION.search(found[-1][-8:]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece.strip():
            found.append(piece)
    return found
