"""The words by which agencies say that a text replaces, corrects or withdraws another.

Promises to look at the title and at the first lines only, where a marker is a marker; "corrected" in a report on a
market correction is none. Seen in: the style guides of AFP, EFE, ANSA, dpa, Lusa, PAP, Reuters, and Reuters-21578.
"""

import re

from newswire.text import fold, plain

HEAD_CHARS = 300

_CORRECTION = re.compile(
    r"(?:^|[\n(/\[*-]\s?)(?:"
    r"correct(?:ed|ing|ion|s)\b(?:[ -](?:official|by)\b)?|refiled?\b|clarification\b"
    r"|correccion\b|corrige\b|corregid[ao]\b|rectificaci?on\b|rectificado\b|fe de errat"
    r"|rectificatif\b|corrige[es]?\b|correction\b|erratum\b"
    r"|correcao\b|retifica(?:cao|do)\b|errata\b|correzione\b|rettifica\b"
    r"|berichtig\w*|korrektur\b|korrigier\w*|korekta\b|sprostowanie\b|duzeltme\b|исправлен\w*|уточнен\w*|уточнення"
    r"|تصحيح"
    r")"
)
_UPDATE = re.compile(
    r"(?:^|[\n(/\[*-]\s?)(?:"
    r"update ?\d*\b|updated?\b|recasts?\b|adds\b|\d(?:st|nd|rd|th) (?:lead|writethru)\b|writethru\b|lead all\b"
    r"|ampliacion\b|actualiza\w*\b|avance\b|actualise\b|actualisation\b|lead general\b|atualiza\w+\b|amplia\b"
    r"|aggiorna\w+\b|zusammenfassung\b|neu:|aktualisier\w*|aktualizacja\b|обновл\w*|оновлен\w*|guncelleme\b"
    r")"
)
_KILL = re.compile(
    r"(?:^|[\n(/\[*-]\s?)(?:"
    r"(?:mandatory |bulletin )?kill\b|story (?:kill|withdrawn)\b|withdrawal\b|withdrawn\b|advisory:? withdrawn|"
    r"anulacion\b|anulad[ao]\b|annul(?:ation|ee?)\b|annullamento\b|annullat[ao]\b|anulacao\b|anulad[ao]\b|"
    r"(?:achtung:? )?(?:meldung )?zuruckgezogen\b|ruckzug\b|ruckruf\b|anulowan\w*|wycofan\w*|аннулир\w*|анульован\w*"
    r")"
)
_MARKED = re.compile(r"^[\s(*/-]*[^\W\d_]+(?: [^\W\d_]+)?\s?[:.)/-]+\s*")


def head(title: str, text: str) -> str:
    """What is searched for markers: the folded title and first lines."""
    return fold(plain(f"{title[:HEAD_CHARS]}\n{text[:HEAD_CHARS]}"))


def is_correction(title: str, text: str) -> bool:
    """Whether the printing says that it corrects another."""
    return _CORRECTION.search(head(title, text)) is not None


def is_update(title: str, text: str) -> bool:
    """Whether the printing says that it brings another up to date."""
    return _UPDATE.search(head(title, text)) is not None


def is_kill(title: str, text: str) -> bool:
    """Whether the printing withdraws another."""
    return _KILL.search(head(title, text)) is not None
