"""The language of a text by its script and its stop words, for pages that declare none."""

import re
from collections import Counter

# Words that stand in nearly every sentence of their language and hardly in its neighbours'.
_STOP_WORDS = {
    "en": "the and of to that was for with is on by from has have said",
    "fr": "le les des est dans pour une qui sur au avec pas ont été aux",
    "es": "el los las del una por con para que se su como más ha al",
    "pt": "não uma os das dos em com para por ao foi são mais na pela",
    "it": "il di che della per una del con sono gli nel alla è anche dei",
    "de": "der die und den das von ist mit dem nicht auch ein eine sich für",
    "nl": "het een van en dat niet op zijn voor met ook aan bij wordt naar",
    "ca": "els amb una les dels ha per del aquest són també més han però",
    "gl": "unha non dos coa pola tamén máis polo ao foi súa os das",
    "sv": "och att det som är en på för inte med har till av den",
    "da": "og at det som er en på for ikke med har til af den der",
    "no": "og at det som er en på for ikke med har til av den etter",
    "fi": "ja on ei että oli mukaan sekä kun myös se joka ovat",
    "pl": "się nie na jest że przez oraz dla został jak tym od po",
    "cs": "se že na je který podle jsou jako bude po od také byl",
    "hu": "hogy nem egy az és van meg volt csak mint már is",
    "ro": "și că nu este din pentru cu au care fost mai după",
    "tr": "ve bir bu için ile olarak da de olan göre daha en",
    "id": "yang dan di dengan untuk ini itu dari pada tidak akan",
    "vi": "và của là có cho được với các không người trong",
    "ru": "и в не на что это по как его из был для что",
    "uk": "і в не на що це та як його із був для про",
    "bg": "и в не на че това да от се за са с",
    "sr": "и је да у се на за су од који као",
}
_STOP = {code: frozenset(words.split()) for code, words in _STOP_WORDS.items()}
_SCRIPTS = (
    ("ja", r"[\u3040-\u30ff]"),  # before Chinese: Japanese mixes both
    ("ko", r"[\uac00-\ud7af]"),
    ("zh", r"[\u4e00-\u9fff]"),
    ("el", r"[\u0370-\u03ff]"),
    ("he", r"[\u0590-\u05ff]"),
    ("fa", r"[\u067e\u0686\u06af\u06cc]"),  # before Arabic: the four letters of Persian
    ("ar", r"[\u0600-\u06ff]"),
    ("hi", r"[\u0900-\u097f]"),
    ("th", r"[\u0e00-\u0e7f]"),
)
# A script speaks for a text when it fills a tenth of it (Japanese kana, Persian letters: less than half).
_SCRIPT_SHARE = 0.1
# So many stop words, and a fifth more than the next language: eight words of a headline say nothing.
_LEAST = 5


def language_of(text: str) -> str:
    """The ISO 639-1 code, "" where the text is too short or torn between two languages.

    >>> language_of("The mayor said that the bridge has been closed for the week and that it is to open on Monday.")
    'en'
    """
    sample = text[:3000]
    letters = sum(map(str.isalpha, sample)) or 1
    for code, script in _SCRIPTS:
        if len(re.findall(script, sample)) / letters > _SCRIPT_SHARE:
            return code
    words = Counter(re.findall(r"[^\W\d_]+", sample.casefold()))
    ranked = sorted(((sum(words[word] for word in stop), code) for code, stop in _STOP.items()), reverse=True)
    (best, code), (second, _) = ranked[0], ranked[1]
    return code if best >= _LEAST and best > 1.2 * second else ""
