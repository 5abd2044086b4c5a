"""The words by which agencies say that a text replaces, corrects or withdraws another.

Promises to take a word for a marker only where agencies set it: at the head of the title or of the first lines, and set
off by a mark, or in brackets. "Correction: …" is one, "Corrections officers strike" and "Kill Bill returns" are none.
"""

import re

from newswire.text import fold, plain

HEAD_CHARS = 300
# A kill says what it kills and why, no more. A text of more words that begins so is about something else.
KILL_WORDS = 150

# Folded: without case and accents. CORRECTED, (Corrects …) and (Adds …) stand in Reuters-21578, CORRECCIÓN, (Corrige …)
# and ANNULLAMENTO in the newsroom set; the rest are the same words in other languages, not seen on a wire yet.
_CORRECTION_WORDS = r"""
correct(?:ed|ing|ion|s) | refiled? | clarification | erratum | errata | corrige[es]? | corregid[ao] | correccion
| fe\ de\ erratas | rectificacion | rectificado | rectificatif | correcao | retificacao | retificado
| correzione | rettifica | berichtig\w+ | korrektur | korrigiert | korekta | sprostowanie | duzeltme
| исправлен\w+ | уточнен\w+ | تصحيح
"""
_UPDATE_WORDS = r"""
updated? | recasts? | adds | \d(?:st|nd|rd|th)\ (?:lead|writethru) | writethru | lead\ (?:all|general)
| ampliacion | amplia | actualiza\w* | actualise\w* | actualisation | atualiza\w+ | aggiorna\w+ | aktualisier\w+
| zusammenfassung | neu | aktualizacja | обновл\w+ | оновлен\w+ | guncelleme
"""
_KILL_WORDS = r"""
(?:mandatory\ |bulletin\ )?kill | (?:story\ )?withdrawn | withdrawal | anulacion | anulad[ao] | annulation
| annulee? | annullamento | annullat[ao] | anulacao | (?:meldung\ )?zuruckgezogen | ruckruf | anulowan\w+
| аннулир\w+ | анульован\w+
"""


def _marker(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:^|[\n/*:-])\s?(?:{words})\s?\d*\s*(?:[-–—:.)/|\]\n]|$)|[(\[]\s?(?:{words})\b)", re.VERBOSE
    )


_CORRECTION, _UPDATE, _KILL = _marker(_CORRECTION_WORDS), _marker(_UPDATE_WORDS), _marker(_KILL_WORDS)


def is_correction(title: str, text: str) -> bool:
    """Whether the printing says that it corrects another."""
    return _CORRECTION.search(_head(title, text)) is not None


def is_update(title: str, text: str) -> bool:
    """Whether the printing says that it brings another up to date."""
    return _UPDATE.search(_head(title, text)) is not None


def is_kill(title: str, text: str) -> bool:
    """Whether the printing withdraws another."""
    return _KILL.search(_head(title, text)) is not None and len(text[: 20 * KILL_WORDS].split()) < KILL_WORDS


def _head(title: str, text: str) -> str:
    return fold(plain(f"{title[:HEAD_CHARS]}\n{text[:HEAD_CHARS]}"))
