import pytest

from newswire.sameness.markers import corrections, is_correction, is_update, updates


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
        "Corrections officers strike",
        "Market correction deepens",
        "Update on the ferry awaited",
        "Le roi corrige le tir",
    ],
)
def test_the_same_words_in_a_headline_mark_nothing(title: str):
    assert (is_correction(title, ""), is_update(title, "")) == (False, False)


def test_a_marker_at_the_head_of_the_text_counts():
    assert is_correction("Ferry aground", "(Corrects number of passengers)\nA ferry ran aground.")


@pytest.mark.parametrize(
    "note",
    [
        "(Corrects spelling of name)",
        "(This story has been corrected: the ship has two funnels.)",
        "An earlier version of this article misstated how many lifeboats there were.",
        "Este artículo ha sido corregido para precisar la cifra.",
        "Cet article a été corrigé mardi.",
        "Dieser Artikel wurde am Dienstag korrigiert.",
        "Материал исправлен: уточнено число пассажиров.",
    ],
)
def test_a_note_at_the_end_marks_a_correction(note: str):
    assert is_correction("Ferry aground", f"A ferry ran aground.\nIt is being towed.\n{note}")


@pytest.mark.parametrize(
    "note",
    [
        "This story was updated at 7:05 a.m.",
        "(Actualiza con declaraciones)",
        "Diese Meldung wurde am Abend aktualisiert.",
        "Bu haber güncellendi.",
    ],
)
def test_a_note_at_the_end_marks_an_update(note: str):
    assert is_update("Ferry aground", f"A ferry ran aground.\nIt is being towed.\n{note}")


def test_what_will_be_updated_is_no_update():
    assert not is_update("Ferry aground", "A ferry ran aground.\nMore follows, and this page will be updated.")


def test_two_updates_bear_two_marks():
    assert updates("UPDATE 1-Ferry aground", "") != updates("UPDATE 2-Ferry aground", "")
    assert corrections("CORRECTED-Ferry aground", "") == corrections("CORRECTED-Ferry towed", "")


def test_a_bracket_in_a_sentence_is_no_marker():
    lead = (
        "The council (updated figures are due in May) kept the fare, and the mayor (corrected by a clerk) read it out."
    )
    assert not is_update("Fares stay", lead)
    assert not is_correction("Fares stay", lead)
