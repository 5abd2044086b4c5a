"""The words by which agencies say that a text replaces or corrects another.

Promises to take a word for a marker only where agencies set it: at the head of the title or of the first lines, and set
off by a mark, or in brackets; or in a note of its own, at either end, that speaks of the text itself. "Correction: …"
is one, "Corrections officers strike" is none.
"""

import re

from newswire.text import fold, plain

HEAD_CHARS = 300
# A note is one of the first or last paragraphs, and short.
NOTE_LINES = 3
NOTE_CHARS = 240

# Folded: without case and accents. CORRECTED, (Corrects …) and (Adds …) stand in Reuters-21578, CORRECCIÓN, (Corrige …)
# in the newsroom set; the rest are the same words in other languages, not seen on a wire yet.
_CORRECTION_WORDS = r"""
correct(?:ed|ing|ion|s) | refile[ds]? | clarifie[ds] | clarification | erratum | errata | corrige[es]? | corregid[ao]
| correccion | fe\ de\ erratas | rectifica(?:cion|do|da|tif|tion)? | rectifie[e]? | correcao | corrigid[ao]
| retificacao | retificad[ao] | correzione | corrett[ao] | rettifica(?:to|ta)? | errata\ corrige
| berichtig\w+ | korrektur | korrigier\w+ | richtigstellung | rectificatie | gecorrigeerd | rattelse | rettelse
| korekta | sprostowanie | oprava | duzeltme | duzeltilmis | διορθωση
| исправл\w+ | уточн\w+ | виправл\w+ | تصحيح | مصحح | 訂正 | 更正 | 정정
"""
_UPDATE_WORDS = r"""
updat(?:e[ds]?|ing) | recasts? | rewrites | adds | \d(?:st|nd|rd|th)\ (?:lead|writethru) | writethru
| lead\ (?:all|general) | ampliacion | amplia(?:da)? | actuali[sz]a\w* | anade | actualise\w* | mise\ a\ jour
| atualiza\w* | acrescenta | aggiorna\w* | aggiunge | aktualisier\w+ | zusammenfassung | neu | erganzt | bijgewerkt
| uppdater\w+ | opdater\w+ | oppdater\w+ | aktualizacja | aktualizace | aktualizovano | aktl\.? | обновл\w+ | дополн\w+
| добавл\w+ | оновл\w+ | доповн\w+ | guncelle\w+ | ενημερωση | تحديث | محدث | 更新 | 업데이트
"""
# Notes like "(This story has been corrected: the ship has two funnels.)" and "This story was updated at 7:05 a.m." are
# on the dev stream, in English; the rest is what newspapers of these languages write in the same place. After what it
# says of itself comes what was done to it, not what will be.
_ITSELF = r"""
(?:this|the)\ (?:story|article|report|post|version|item|piece|headline|page|text|dispatch)
| (?:an?\ )?(?:earlier|previous|original)\ version\ of\ (?:this|the)
| est[ea]\ (?:noticia|nota|articulo|informacion|texto|despacho|version|reportagem|materia|artigo)
| una\ version\ (?:anterior|previa)\ de | uma\ versao\ anterior
| cet(?:te)?\ (?:article|depeche|information|texte|version)
| une\ (?:premiere\ |precedente\ )?version\b.{0,12}\ de\ cet
| dies(?:e|er|es|em)\ (?:artikel|meldung|text|bericht|version|beitrag|fassung)
| in\ einer\ fruheren\ (?:version|fassung)
| quest[oa]\ (?:articolo|notizia|testo|versione) | una\ versione\ precedente | dit\ (?:artikel|bericht)
| (?:эта\ |этот\ |ця\ |цеи\ )?(?:новость|материал|текст|статья|заметка|новина|стаття|матеріал|материал)
| (?:ten\ )?(?:artykul|tekst) | (?:ta\ )?depesza | (?:bu\ )?(?:haber|metin)
"""
_WILL = "will|wird|werden|sera|sara"
_CORRECTED = r"""correct(?:ed|s|ion) | misstated | misspelled | incorrect(?:ly)? | corregid | rectificad | corrige
| rectifie | korrigiert | berichtigt | corrigid | retificad | corrett | rettificat | gecorrigeerd | исправл | уточн
| виправл | poprawi | skorygowa | duzelt"""
_UPDATED = r"""updated | actualizad | actualise | mise?\ a\ jour | aktualisiert | erganzt | atualizad | aggiornat
| bijgewerkt | обновл | дополн | оновл | доповн | zaktualizowa | guncelle"""


def marker(words: str) -> re.Pattern[str]:
    """The word set off by a mark, at the head of a line or after a mark; or in brackets that open a line."""
    return re.compile(
        rf"(?:^|[\n/*:-])\s?(?:{words})\s?\d*\s*(?:[-–—:.)/|\]\n]|$)|(?:^|\n)\s?[(\[]\s?(?:{words})(?!\w)", re.VERBOSE
    )


def bracketed(words: str) -> re.Pattern[str]:
    """The word in brackets, wherever: in a title only."""
    return re.compile(rf"[(\[]\s?(?:{words})(?!\w)", re.VERBOSE)


def _note(words: str, done: str) -> re.Pattern[str]:
    """A paragraph in brackets that begins with the word, or one that says of the text what was done to it."""
    return re.compile(
        rf"[(\[]\s?(?:{words})(?!\w).*|\W*(?:{_ITSELF})\b(?:(?!\b(?:{_WILL})\b).){{0,80}}?\b(?:{done}).*", re.VERBOSE
    )


class _Kind:
    """One kind of marker, in each of the places where it may stand."""

    def __init__(self, words: str, done: str) -> None:
        self.marker, self.bracketed, self.note = marker(words), bracketed(words), _note(words, done)

    def marks(self, title: str, text: str) -> frozenset[str]:
        """The markers that the printing bears, folded."""
        found = {match[0].strip() for match in self.marker.finditer(head(title, text))}
        found |= {match[0] for match in self.bracketed.finditer(_folded(title[:HEAD_CHARS]))}
        ends = text.split("\n", NOTE_LINES)[:NOTE_LINES] + text.rsplit("\n", NOTE_LINES)[-NOTE_LINES:]
        notes = (_folded(line) for line in ends if len(line) <= NOTE_CHARS)
        return frozenset(found.union(note for note in notes if self.note.fullmatch(note)))


_CORRECTION, _UPDATE = _Kind(_CORRECTION_WORDS, _CORRECTED), _Kind(_UPDATE_WORDS, _UPDATED)


def corrections(title: str, text: str) -> frozenset[str]:
    """The words by which the printing says that it corrects another, folded; none where it does not.

    Two printings of one correction bear the same.
    """
    return _CORRECTION.marks(title, text)


def updates(title: str, text: str) -> frozenset[str]:
    """The words by which the printing says that it brings another up to date, likewise: `update 1-`, `update 2-`."""
    return _UPDATE.marks(title, text)


def is_correction(title: str, text: str) -> bool:
    """Whether the printing says that it corrects another."""
    return bool(corrections(title, text))


def is_update(title: str, text: str) -> bool:
    """Whether the printing says that it brings another up to date."""
    return bool(updates(title, text))


def head(title: str, text: str) -> str:
    """Where a marker stands, folded: the beginnings of title and text."""
    return fold(plain(f"{title[:HEAD_CHARS]}\n{text[:HEAD_CHARS]}"))


def _folded(line: str) -> str:
    return fold(plain(line))
