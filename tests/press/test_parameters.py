"""Strict parameters: everything wrong is said at once, before a kernel starts."""

from __future__ import annotations

import json

import pytest

from helpers.errors import BookError, ParameterError
from helpers.press import book, parameters


@pytest.fixture
def check(project):
    """Check values against the toy notebook, or another one, with the book's domains."""

    def run(notebook: str = "toy", **given):
        return parameters.check(project.notebooks / f"{notebook}.ipynb", given, book.read().domains)

    return run


def test_defaults_fill_what_is_not_given(check) -> None:
    assert check(state="CA") == {"state": "CA", "lang": "en", "fiscal_year": 2021, "as_of": ""}


@pytest.mark.parametrize("fiscal_year", [2017, 2035])
def test_the_bounds_of_a_number_belong_to_it(check, fiscal_year: int) -> None:
    assert check(fiscal_year=fiscal_year)["fiscal_year"] == fiscal_year
    beyond = 2016 if fiscal_year == 2017 else 2036
    with pytest.raises(ParameterError, match=f"a number from 2017 to 2035, got {beyond}"):
        check(fiscal_year=beyond)


def test_an_unknown_state_is_answered_with_all_codes_and_the_nearest(check) -> None:
    message = r"'state': expected one of the codes AK, CA, TN, TX, got 'TNN'.*Did you mean 'TN' \(Tennessee\)"
    with pytest.raises(ParameterError, match=message):
        check(state="TNN")


@pytest.mark.parametrize("given", ["Tennessee", "tn", "Tennesee"])
def test_a_name_or_a_small_letter_leads_to_the_code(check, given: str) -> None:
    with pytest.raises(ParameterError, match=r"Did you mean 'TN' \(Tennessee\)"):
        check(state=given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"sate": "CA"}, "'sate': expected one of 'state', 'lang'.*an unknown name.*Did you mean 'state'"),
        ({"lang": "fr"}, "'lang': expected one of the codes en, ja, got 'fr'"),
        ({"as_of": "5 July 2022"}, "'as_of': expected an ISO date such as '2022-07-05', got '5 July 2022'"),
        ({"as_of": "2022-02-30"}, "'as_of': expected an ISO date.*got '2022-02-30'"),
        ({"fiscal_year": 1999}, "'fiscal_year': expected a number from 2017 to 2035, got 1999"),
        (
            {"fiscal_year": "2021"},
            r"'fiscal_year': expected int, got '2021' \(str\). Write it without quotes",
        ),
        (
            {"fiscal_year": True},
            r"'fiscal_year': expected int, got True \(bool\)\. Write a whole number",
        ),
        (
            {"fiscal_year": 2021.5},
            r"'fiscal_year': expected int, got 2021\.5 \(float\)\. Write a whole number",
        ),
        ({"state": 47}, r"'state': expected str, got 47 \(int\). Write it in quotes"),
    ],
)
def test_a_wrong_value_is_refused(check, given: dict, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        check(**given)


def test_all_wrong_values_come_in_one_message(check) -> None:
    with pytest.raises(ParameterError, match=r"(?s)'sate'.*'lang'.*'fiscal_year'"):
        check(sate="CA", lang="fr", fiscal_year=1999)


def test_a_parameter_without_default_has_to_be_given(check) -> None:
    with pytest.raises(ParameterError, match="'state': expected a value of type str, got none"):
        check("state_has_no_default", lang="en")


def test_the_path_of_a_register_has_to_exist(check) -> None:
    with pytest.raises(ParameterError, match=r"'activities': expected the path of a file.*'../own.csv'"):
        check("takes_a_register", activities="../own.csv")


def test_a_register_is_found_from_the_notebooks_folder(check, project) -> None:
    (project.root / "own.csv").write_text("event_id\n", encoding="utf-8")
    assert check("takes_a_register", activities="../own.csv")["activities"] == "../own.csv"


@pytest.mark.parametrize(
    ("notebook", "message"),
    [
        ("no_parameters_tag", "exactly one cell tagged 'parameters', got 0"),
        ("two_parameters_cells", r"exactly one cell tagged 'parameters', got 2 \(cells 1, 2\)"),
        ("parameters_in_a_text_cell", r"cell 1 \(parameters\): expected a code cell, got 'markdown'"),
        ("parameters_cell_imports", r"(?s)lines `name: str\|int.*line 1: import os.*line 5: home"),
        ("injected_cell_left_behind", "no cell tagged 'injected-parameters', got cell 2"),
        ("absent", "absent.ipynb: expected a readable file"),
    ],
)
def test_a_notebook_that_breaks_the_contract_is_refused(check, notebook: str, message: str) -> None:
    with pytest.raises(BookError, match=message):
        check(notebook)


def test_a_file_that_is_no_notebook_is_refused(check, project) -> None:
    (project.notebooks / "broken.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(BookError, match=r"broken.ipynb: expected a notebook of format 4"):
        check("broken")


def test_cells_in_another_form_are_refused_by_their_numbers(check, project) -> None:
    good = {"cell_type": "code", "metadata": {}, "source": "1"}
    cells = [good, 1, {**good, "metadata": None}, {**good, "metadata": {"tags": None}}, {"metadata": {}}]
    (project.notebooks / "odd.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    message = (
        r"odd\.ipynb: expected cells with a type, metadata and a source, got .* cell 2, 3, 4, 5\. Restore"
    )
    with pytest.raises(BookError, match=message):
        check("odd")


def test_a_notebook_in_a_folder_of_its_own_is_named_with_it(check, project) -> None:
    (project.notebooks / "own").mkdir()
    (project.notebooks / "own" / "mine.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(BookError, match=r"^notebooks/own/mine\.ipynb: expected a notebook"):
        check("own/mine")


@pytest.mark.parametrize(
    ("metadata", "language"),
    [({"kernelspec": {"name": "ir", "language": "R"}}, "R"), ({}, ""), ({"kernelspec": {"name": "x"}}, "")],
)
def test_a_notebook_of_another_language_is_refused_before_it_is_run(
    check, project, metadata, language: str
) -> None:
    path = project.notebooks / "toy.ipynb"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"metadata": metadata}))
    if not language:
        assert check()["state"] == "TN"
        return
    with pytest.raises(
        BookError, match=rf"^notebooks/toy\.ipynb: .*for Python, got one for {language}\. Choose"
    ):
        check()
