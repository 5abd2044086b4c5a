"""Furniture goes, narrative stays."""

import pytest

from newswire.furniture import without_furniture

NARRATIVE = "The bridge over the Lenne has reopened after two years of work, the mayor of the town said on Monday."

FURNITURE = [
    "For more headlines of the valley, visit the front page.",
    "For the latest news from the Lenne valley, sign up for our letter.",
    "Get in touch with the city desk: desk@lennepost.example.",
    "Got a tip? Write to Ann Lee.",
    "Hat Ihnen dieser Artikel gefallen? Wir freuen uns über jede Gabe.",
    "Lue aiheesta lisää:",
    "(With information from EFE)",
    "avec AFP",
    "mit Material der dpa",
    "ATS/AFP",
    "EFE / Redacción",
    "(ANSA).",
    "Com Lusa",
    "Agencias",
    "© dpa-infocom, dpa:261122-99-1/2",
    "Todos los derechos reservados",
    "© RIPRODUZIONE RISERVATA",
    "(Reporting by Ann Lee; Editing by Bob Ray)",
    "Soldiers at the bridge (REUTERS / Stringer)",
    "The mayor at the opening (Photo: Ann Lee)",
    "Vista del puente nuevo. EFE/Ana Ruiz",
    "Foto: Archiv/dpa",
    "Imagen del puente (Reuters/Ana Ruiz)",
    "FILE PHOTO: The bridge in May. REUTERS/Ann Lee",
    "Share on Facebook Tweet Email",
    "Partager | Signaler une erreur",
    "Impressum | Datenschutz | AGB",
    "Suscríbete a nuestro boletín y recibe las noticias",
    "Sign up for our newsletter",
    "Подписывайтесь на наш Telegram-канал",
    "Lesen Sie auch: Der alte Steg",
    "Lire aussi : le vieux pont",
    "Leggi anche: il vecchio ponte",
    "Leia também: a ponte velha",
    "Te puede interesar: el puente viejo",
    "Читайте также: старый мост",
    "Listen to this article • 2 min",
    "¿Ya eres suscriptor? Inicia sesión",
    "Advertisement",
]

LIKE_FURNITURE = [
    "For more than twenty years the two towns followed their own way, and nobody would go to the other bank.",
    "The latest news from the bridge is good, and the mayor will visit it on Monday.",
    "Get in touch with reality, the mayor told the council on Monday.",
    "Reuters reported that the bridge had reopened.",
    "Related work on the railway will go on until March.",
    "Share prices fell by 3.2 percent in Frankfurt.",
    "Print runs are falling everywhere.",
    "“Read more,” she told the children.",
    "Additional police were sent to the bridge.",
    "Sign up for the course begins on Monday, the school said.",
    "The report was written by the newsroom of the Lenne Post, the mayor and AFP.",
    "Team | 3 | 1 | 12",
    "¿Y ahora qué?",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_furniture_is_taken_out(line):
    assert without_furniture([NARRATIVE, line]) == (NARRATIVE,)


@pytest.mark.parametrize("line", LIKE_FURNITURE)
def test_a_line_that_only_looks_like_furniture_stays(line):
    assert without_furniture([NARRATIVE, line]) == (NARRATIVE, line)


@pytest.mark.parametrize(
    "heading", ["Keep reading:", "Lire aussi", "Te puede interesar", "Lesen Sie auch:", "Leggi anche"]
)
def test_the_titles_after_a_heading_at_the_end_go_with_it(heading):
    assert without_furniture([NARRATIVE, heading, "Old bridge to be torn down", "Who pays for it?"]) == (NARRATIVE,)


def test_a_heading_in_the_middle_takes_no_narrative_with_it():
    assert without_furniture([NARRATIVE, "Keep reading:", NARRATIVE]) == (NARRATIVE, NARRATIVE)


def test_a_long_paragraph_stays_whatever_it_begins_with():
    long = "Copyright lawyers met in Geneva on Monday. " + NARRATIVE * 4
    assert without_furniture([long]) == (long,)


def test_a_text_with_narrative_never_comes_back_empty():
    caption = "Soldiers walk over the bridge in the town on Monday, the first day of the work (REUTERS / Stringer)"
    assert without_furniture([caption]) == (caption,)


def test_nothing_comes_of_nothing():
    assert without_furniture([]) == ()
