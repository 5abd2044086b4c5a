"""The words by which agencies take a text back, and order editors to use it no more.

Promises to see a kill only in a short text: it says what it kills and why, no more. Everybody is asked not to use the
lift, and concerts are called off: an order counts only where it is about a text, or stands alone.
"""

import re
from functools import lru_cache

from newswire.sameness.markers import HEAD_CHARS, bracketed, head, marker
from newswire.text import fold, plain

# A text of more words that begins like a kill is about something else.
KILL_WORDS = 150
KILL_CHARS = 20 * KILL_WORDS

# Words that nobody else uses: Reuters' handbook has STORY WITHDRAWN, dpa's stylebook KILL KILL KILL, and cars have a
# mandatory kill switch.
_TRADE = r"(?:mandatory|bulletin)\ kill(?![\ -]?switch) | kill(?:\ kill)+ | story\ withdrawn"
# ANNULLAMENTO stands in the newsroom set; the rest are the same words in other languages, not seen on a wire yet.
# RÜCKRUF is none of them: it calls sausages back.
_WORDS = rf"""
{_TRADE} | kill(?![\ -]?switch) | withdrawn | withdrawal | anulacion | anulad[ao] | annulation | annulee? | annullamento
| annullat[ao] | anulacao | (?:meldung\ )?zuruckgezogen | anulowan\w+ | аннулир\w+ | анульован\w+
"""
# Quoted from wires: "Please kill the story …", "A kill is mandatory" (AP, 3 January 2004); "Please kill item dpa 157"
# (dpa's stylebook); "ADVISORY: … story … is withdrawn", "The … item headlined '…' is withdrawn" (Reuters, July 2008);
# "Veuillez ne pas tenir compte de toute la série de dépêches" (AFP, 28 February 2015); "La noticia … queda anulada"
# (EFE, 19 November 2024). ANSA's order stands in the newsroom set. The rest is the same in other words.
_SENT = r"noticia | despachos? | informacion | teletipos? | notizia | lancio | take | dispaccio"
_TEXT = rf"""\b(?:
{_SENT} | story | stories | report | dispatch | headline | depeches? | information | texte | nota | texto | materia
| testo | (?:eil)?meldung(?:en)? | bericht | сообщени[ея] | новость | материал | заметк[аиу]
)\b"""
# Shops call back items, articles and versions, and an alert may be a false one: everybody is asked to disregard it.
_THING = r"\b(?:item | article | alert | version)\b"
_WORDS_BETWEEN = r"(?:[\w'’-]+\ ){0,5}?(?:\w['’])?"  # no comma: "please do not use the lift, says the report"
_ORDERS = rf"""
(?: please\ (?:do\ not\ use|disregard|discard)
  | (?:(?:merci|prieres?)\ de|veuillez)\ (?:annuler|ne\ pas\ (?:utiliser|publier|tenir\ compte))
  | (?:rogamos|se\ ruega)\ (?:que\ )?(?:anul(?:ar|en)|no\ (?:utilizar|utilicen|publicar|publiquen))
  | (?:si\ prega|preghiamo)\ di\ (?:annullare|non\ (?:utilizzare|usare)) | favor\ (?:anular|nao\ (?:usar|utilizar))
  | просим\ (?:аннулировать|не\ использовать) )\ {_WORDS_BETWEEN}{_TEXT}
| (?: please\ kill\ {_WORDS_BETWEEN} | (?:^|[\n.:!]\ ?)kill\ (?:the|this|our)\ (?:\w+\ )? )(?: {_TEXT} | {_THING} )
| \bkill\ is\ mandatory\b
| (?:^|\n)advisory\b[^.\n]{{0,80}}?{_TEXT}[^.\n]{{0,80}}?\b(?:is|has\ been)\ withdrawn\b
| (?:{_TEXT} | {_THING})\ headlined\b[^\n]{{1,200}}?\b(?:is|has\ been)\ withdrawn\b
| (?:^|[\n.:]\ ?)(?:la|el|a|o)\ (?:{_SENT})\b[^\n]{{0,200}}?\b(?:queda|fica)\ anulad[ao]\b
| (?:^|[\n.:]\ ?)(?:la|il)\ (?:{_SENT})\b[^\n]{{0,200}}?\b(?:e\ da\ annullare|(?:va|si\ intende)\ annullat[ao])\b
| \bbitte\ verwenden\ sie\ {_WORDS_BETWEEN}{_TEXT}[^.\n]{{0,160}}?\bnicht\b
| \bbitte\ {_WORDS_BETWEEN}{_TEXT}[^.\n]{{0,160}}?\bnicht\ (?:mehr\ )?(?:zu\ )?verwenden\b
| {_TEXT}[^.\n]{{0,160}}?\b(?:hiermit\ zuruckgezogen|аннулируется)\b
"""
# Orders that name nothing stand on a line of their own or fill a bracket. Those that are polite may stand before a mark
# too: in a sentence the verb would have its object.
_POLITE = r"""
please\ do\ not\ use | (?:merci|prieres?)\ de\ ne\ pas\ utiliser | veuillez\ ne\ pas\ utiliser
| (?:se\ ruega|rogamos)\ (?:anular|no\ utilizar) | si\ prega\ di\ (?:annullare|non\ utilizzare)
| favor\ nao\ (?:usar|utilizar)
"""
_ALONE = rf"""
{_POLITE} | (?:a\ )?ne\ pas\ utiliser | (?:bitte\ )?nicht\ (?:mehr\ )?verwenden | no\ utilizar | anula
| (?:da\ )?annullare | (?:a\ )?nao\ (?:usar|utilizar) | не\ использовать
"""

_MARKED, _BRACKETED = marker(_WORDS), bracketed(_WORDS)
# The Associated Press sets the word at the end of a slug: "BC-XX--Ferry, Kill".
_NOTICE = re.compile(
    rf"""
    (?:^|[\n/*:])\s?(?:{_TRADE})\s*(?:[-–—:.)/|\]\n*]|$) | (?:^|\n)bc-[^\n]{{0,80}}[-,]\s?(?:mandatory\ )?kill\b
    | {_ORDERS} | (?:^|\n)\W*(?:{_ALONE})\W*(?:\n|$) | [(\[]\s?(?:{_ALONE})\s?[)\]]
    | (?:^|\n)\W*(?:{_POLITE})\s?[-–—:/|]
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=8)  # an article is held against several texts, and a short one takes .3 ms
def is_kill(title: str, text: str) -> bool:
    """Whether the printing takes another back, if it names one."""
    top = head(title, text)
    is_marked = _MARKED.search(top) is not None or _BRACKETED.search(top) is not None
    return (is_marked and _is_short(text)) or is_notice(title, text)


def is_notice(title: str, text: str) -> bool:
    """Whether the printing is an order to editors, and no news, whatever it names.

    ANNULATION may stand over a concert that is called off, and what says so is news.
    """
    return _is_short(text) and _NOTICE.search(fold(plain(f"{title[:HEAD_CHARS]}\n{text[:KILL_CHARS]}"))) is not None


def _is_short(text: str) -> bool:
    return len(text[:KILL_CHARS].split()) < KILL_WORDS
