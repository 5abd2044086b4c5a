"""Texts that agencies take back, and what only looks like one that does."""

import pytest

from newswire.sameness.kills import is_kill, is_notice

# Of each its title and its text; after what agencies wrote (newswire/sameness/kills.py).
NOTICES = [
    ("MANDATORY KILL: Ferry aground", ""),
    ("STORY WITHDRAWN: Ferry aground", ""),
    ("KILL KILL KILL", "Please kill item 157 “Ferry aground”. A substitute will run immediately."),
    ("BC-XX--Ferry Aground, Kill", "Please kill the story Ferry-Aground, V9991. No ferry has run aground."),
    ("Ferry aground", "A kill is mandatory.\nMake certain the story is not used."),
    ("ADVISORY: Orsa story on ferry is withdrawn", ""),
    ("Orsa", 'The ORSA item headlined "Ferry aground off Orsa" is withdrawn. The story was sent in error.'),
    ("Ferry aground", "PLEASE DO NOT USE\nThe ferry is on its way."),
    ("Ferry aground", "Editors: please disregard our earlier story."),
    ("MERCI DE NE PAS UTILISER - Un ferry s'échoue", ""),
    ("Un ferry s'échoue", "Merci de ne pas utiliser cette dépêche, envoyée par erreur."),
    ("Un ferry s'échoue", "Veuillez ne pas tenir compte de toute la série de dépêches sur le ferry."),
    ("Un ferry s'échoue (A NE PAS UTILISER)", ""),
    ("Encalla un ferry", 'La noticia "Encalla un ferry en Orsa", que daba cuenta de ello, queda anulada.'),
    ("Encalla un ferry", "Se ruega anular la información transmitida a las 12.10."),
    ("Encalla un ferry", "Rogamos no utilicen el despacho anterior."),
    ("Traghetto arenato", "Preghiamo di non utilizzare il lancio delle 11.40 sul traghetto."),
    ("+++ BITTE NICHT VERWENDEN +++", ""),
    ("Fähre", "Bitte verwenden Sie die Meldung „Fähre läuft auf Grund“ nicht."),
    ("Fähre", "Die Meldung „Fähre läuft auf Grund“ wird hiermit zurückgezogen."),
    ("Ferry encalhado", "Favor não utilizar a notícia enviada às 12:10."),
    ("Паром", "Сообщение о пароме, переданное в 12:10, аннулируется."),
]
# They withdraw what they name, and where they name nothing known, may be news.
MARKED = [
    "KILL: Ferry aground",
    "ANULACIÓN: Encalla un ferry",
    "ANNULATION - Un ferry s'échoue",
    "Achtung: Meldung zurückgezogen - Fähre",
    "ANNULLAMENTO: Traghetto arenato",
    "ANULAÇÃO: Ferry encalhado",
    "WITHDRAWN: Ferry aground",
]
NO_KILLS = [
    ("Kill Bill returns", ""),
    ("Kill the bill, report urges", ""),
    ("Mandatory killing of hens ordered", ""),
    ("Mandatory kill-switch for cars from May", ""),
    ("Bill on a kill switch", "The mandatory kill switch for trucks comes in May."),
    ("Editor tried to kill the story", "The minister asked to kill the story, the paper's report says."),
    ("Withdrawal from the fort begins", ""),
    ("Travel advisory, after the report, withdrawn in May", ""),
    ("Troops withdrawn", "Advisory teams were sent to the fort. The troops are withdrawn in May."),
    ("Fire in a tower", "Please do not use the lift, the fire brigade said in its report."),
    ("Annulation du concert de mai", ""),
    ("Grève", "Merci de ne pas utiliser vos voitures lundi, demande la mairie dans cet article."),
    ("Noce suspendida", "En una nota, el juez dijo que la boda queda anulada."),
    ("RÜCKRUF: Hersteller holt Wurst zurück", ""),
    ("Pestizide", "Laut Bericht will die Stadt Glyphosat nicht mehr verwenden."),
    ("Bitte nicht füttern", ""),
    ("Bitte nicht mehr verwenden: Hersteller ruft Creme zurück", ""),
    ("Rückruf", "Bitte verwenden Sie den Artikel nicht mehr und bringen Sie ihn in den Laden zurück."),
    ("Toy recalled", "Parents were told: please do not use the item, and return it to the shop."),
    ("False alarm", "Ten minutes later came another message: Please disregard the previous alert."),
    ("Fausse alerte", "Veuillez ne pas tenir compte de cette alerte, dit un second message de la préfecture."),
    ("Universidad", "La nota de corte del examen queda anulada, resolvió el tribunal."),
    ("Estatuto", "El texto del artículo 3 queda anulado, según el Constitucional."),
    ("Tar", "Il testo della delibera va annullato, secondo i giudici."),
    ("Enem", "A nota da redação fica anulada, diz o instituto."),
    ("Tribunale", "Il tribunale ha deciso di annullare la gara, riporta la notizia il quotidiano."),
]


@pytest.mark.parametrize(("title", "text"), NOTICES)
def test_an_order_to_editors_takes_a_text_back_and_is_no_news(title: str, text: str):
    assert (is_kill(title, text), is_notice(title, text)) == (True, True)


@pytest.mark.parametrize("title", MARKED)
def test_agencies_mark_a_kill(title: str):
    assert (is_kill(title, ""), is_notice(title, "")) == (True, False)


@pytest.mark.parametrize(("title", "text"), NO_KILLS)
def test_the_same_words_in_news_take_nothing_back(title: str, text: str):
    assert (is_kill(title, text), is_notice(title, text)) == (False, False)


def test_a_long_text_kills_nothing():
    long = "Please kill the story. " + "word " * 200
    assert (is_kill("KILL: Ferry aground", long), is_notice("MANDATORY KILL", long)) == (False, False)
