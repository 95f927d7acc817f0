"""A run's folder: what it says, and what it says when something is wrong with it."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from offences.errors import OffencesError
from offences.runs.run_folder import MANIFEST, RunFolder, runs_in


def anew(run: RunFolder) -> RunFolder:
    """Return the run as somebody sees it who comes after a change."""
    return RunFolder(run.path)


def test_a_whole_run(made: RunFolder) -> None:
    assert made.is_there
    assert made.is_readable
    assert made.is_whole
    assert str(made) == "figures/wales/latest-1a2b3c4d"


@pytest.mark.parametrize("name", ["change.csv", "notebooks/03_force_analysis.ipynb"])
def test_a_changed_or_missing_file_makes_it_a_run_that_is_not_whole(
    made: RunFolder, name: str
) -> None:
    path = made.path / name
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text} ", encoding="utf-8")
    assert not anew(made).is_whole
    path.unlink()
    assert not anew(made).is_whole
    path.write_text(text, encoding="utf-8")
    assert anew(made).is_whole


def test_no_run_there(tmp_path: Path) -> None:
    nothing = RunFolder(tmp_path / "figures" / "wales" / "latest-00000000")
    assert not nothing.is_there
    assert not nothing.is_whole
    with pytest.raises(OffencesError, match=r"figures/wales/latest-00000000 has no manifest.json"):
        _ = nothing.manifest


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: "{", "manifest.json cannot be read: Invalid JSON"),
        (lambda content: "[]", "cannot be read: Input should be an object"),
        (
            lambda content: json.dumps({k: v for k, v in content.items() if k != "outputs"}),
            "outputs: Field required",
        ),
        (lambda content: json.dumps(content | {"python": 3.11}), "python: Input should be a"),
        (lambda content: json.dumps(content | {"colour": "red"}), "colour: Extra inputs"),
        (
            lambda content: json.dumps(content | {"parameters": {"years": 2017}}),
            "parameters.years: Input should be a valid string",
        ),
    ],
)
def test_a_manifest_that_cannot_be_read_is_named_with_what_is_wrong(
    made: RunFolder, change, message: str
) -> None:
    path = made.path / MANIFEST
    path.write_text(change(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    run = anew(made)
    assert run.is_there
    assert not run.is_readable
    assert not run.is_whole
    with pytest.raises(OffencesError, match="^figures/wales/latest-1a2b3c4d/") as raised:
        _ = run.manifest
    assert message in str(raised.value)


def test_the_manifest_is_written_as_it_is_read(made: RunFolder) -> None:
    path = made.path / MANIFEST
    before = path.read_bytes()
    made.manifest.write(made.path)
    assert path.read_bytes() == before
    assert before.startswith(b'{\n "version": "latest-1a2b3c4d",\n "parameters": {\n')
    assert before.endswith(b"}\n")


def test_the_oldest_runs_name_no_policy_and_are_as_published(made: RunFolder) -> None:
    assert not made.manifest.policy.protects
    path = made.path / MANIFEST
    content = json.loads(path.read_text(encoding="utf-8"))
    content["parameters"]["disclosure"] = "suppress below 5, round to 5"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert (anew(made).manifest.policy.below, anew(made).manifest.policy.to) == (5, 5)


def test_its_files_are_those_of_the_manifest(made: RunFolder) -> None:
    assert made.files == sorted(made.manifest.outputs)
    assert [path.name for path in made.notebooks] == ["03_force_analysis.ipynb"]
    assert [path.name for path in made.pictures] == ["change.png"]
    assert made.texts == ["change"]
    assert made.table_path("change") == made.path / "change.csv"
    same_again = made.checksums_to_compare()
    assert set(same_again) == {name for name in made.files if "/" not in name}
    assert same_again["change.csv"] == made.manifest.outputs["change.csv"]


def test_tables_as_numbers_and_as_text(made: RunFolder) -> None:
    assert made.has("change")
    assert made.table("change")["value"].iloc[0] == 7
    assert math.isnan(made.table("change")["value"].iloc[1])
    assert list(made.table_as_text("change")["value"]) == ["07", ""]
    assert not made.has("victims")
    for read in (made.table, made.table_as_text):
        with pytest.raises(OffencesError, match=r"latest-1a2b3c4d has no table victims.csv"):
            read("victims")


def test_headline_numbers_by_name(made: RunFolder) -> None:
    assert made.number("offences_reported") == 1753
    assert math.isnan(made.number("offences_reported", "upper"))
    assert made.number("force_years_reported", "denominator") == 24
    assert made.status("offences_reported") == "partial"
    assert math.isnan(made.number("no_such_number"))


def test_words_and_title_of_a_chart(made: RunFolder) -> None:
    assert made.words("change") == "Gwent went from 97 to 159, twenty-\ntwo more.\n"
    assert made.title("change") == "Gwent &amp; Kent: up."
    assert made.title("bare") == ""


def test_runs_in_a_region_are_those_in_their_place(made: RunFolder) -> None:
    home = made.path.parent
    for name in (".making-x", "latest-00000000", "failed"):
        (home / name).mkdir()
    for name in (".making-x", "latest-00000000"):
        (home / name / MANIFEST).write_text("{}", encoding="utf-8")
    assert [run.path.name for run in runs_in(home)] == ["latest-00000000", "latest-1a2b3c4d"]
