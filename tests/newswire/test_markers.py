import pytest

from newswire.markers import is_correction, is_kill, is_update


@pytest.mark.parametrize(
    "title",
    [
        "CORRECTED-UPDATE 1-Ferry runs aground",
        "RPT-CORRECTED - Ferry runs aground",
        "KORREKTUR: Fähre läuft auf Grund",
        "CORRECCIÓN: Encalla un transbordador",
        "Rectificatif : un ferry s'échoue",
        "ИСПРАВЛЕНО: Паром сел на мель",
        "(Corrige en el tercer párrafo la cifra)",
    ],
)
def test_agencies_mark_a_correction(title: str):
    assert is_correction(title, "")


@pytest.mark.parametrize(
    "title", ["UPDATE 2-Ferry aground", "AMPLIACIÓN.- Encalla un ferry", "(Adds quote) Ferry aground"]
)
def test_agencies_mark_an_update(title: str):
    assert is_update(title, "")


@pytest.mark.parametrize(
    "title",
    [
        "MANDATORY KILL: Ferry aground",
        "ANULACIÓN: Encalla un ferry",
        "ANNULATION - Un ferry s'échoue",
        "Achtung: Meldung zurückgezogen - Fähre",
        "ANNULLAMENTO: Traghetto arenato",
    ],
)
def test_agencies_mark_a_kill(title: str):
    assert is_kill(title, "")


@pytest.mark.parametrize(
    "title",
    [
        "Corrections officers strike",
        "Market correction deepens",
        "Kill Bill returns",
        "Withdrawal from the fort begins",
        "Annulation du concert de mai",
        "Update on the ferry awaited",
        "Le roi corrige le tir",
    ],
)
def test_the_same_words_in_a_headline_mark_nothing(title: str):
    assert (is_correction(title, ""), is_update(title, ""), is_kill(title, "")) == (False, False, False)


def test_a_marker_at_the_head_of_the_text_counts():
    assert is_correction("Ferry aground", "(Corrects number of passengers)\nA ferry ran aground.")


def test_a_long_text_kills_nothing():
    assert not is_kill("KILL: Ferry aground", "word " * 200)
