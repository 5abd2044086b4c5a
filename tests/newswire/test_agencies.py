"""Names of agencies, and what only looks like them."""

import pytest

from newswire.agencies import AGENCIES, find


def ids(text, *, any_case=False):
    return [found.id for found in find(text, any_case=any_case)]


def test_an_agency_has_one_row():
    names = [agency.id for agency in AGENCIES]
    assert sorted(set(names)) == sorted(names)


def test_a_form_belongs_to_one_agency():
    forms = [form.casefold() for agency in AGENCIES for form in dict.fromkeys(map(str.casefold, agency.forms))]
    assert sorted(set(forms)) == sorted(forms)


@pytest.mark.parametrize("agency", AGENCIES, ids=lambda agency: agency.id)
def test_every_form_is_found(agency):
    assert {form: ids(f"({form})") for form in agency.forms} == {form: [agency.id] for form in agency.forms}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(AFP)", ["AFP"]),
        ("EUROPA PRESS", ["Europa Press"]),
        ("新华社北京", ["Xinhua"]),
        ("dpa-AFX", ["dpa-AFX"]),
        ("Интерфакс-Украина", ["Interfax-Ukraine"]),
        ("las AFP subirán sus comisiones", []),
        ("el retiro de las AFP", []),
        ("Aam Aadmi Party (AAP)", []),
        ("AAP leaders met", []),
        ("Efe Aydan scored", []),
        ("Source: CNA", []),
        ("Pakistan Tehreek-e-Insaf (PTI)", []),
        ("MAPS and APPS", []),
        ("the AP classes", []),
    ],
)
def test_names_are_told_from_their_false_friends(text, found):
    assert ids(text) == found


def test_initials_in_small_letters_count_only_where_asked():
    assert (ids("pap"), ids("pap", any_case=True)) == ([], ["PAP"])
