"""The data package describes every table and field, and the data keep to it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import frictionless
import pytest
from conftest import ROOT

from offences import dictionary, readme
from offences.dictionary import datapackage, read_dictionary
from offences.headline import COLUMNS
from offences.project import Project
from offences.tables import OBSERVATIONS, SETTLED, VINTAGES


def test_what_describes_the_data_is_current(project: Project) -> None:
    texts = dictionary.written(project) | readme.written(project)
    for path, text in texts.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is stale: run make describe"


def test_the_data_package_validates() -> None:
    report = frictionless.Package(str(ROOT / "data" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "message"])[:10]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [(",offences,,", ",offenses,,", "foreign-key"), (",flag,", ",flog,", "constraint-error")],
    ids=["a measure that is not there", "an effect that is not there"],
)
def test_a_broken_table_does_not_validate(tmp_path: Path, old: str, new: str, error: str) -> None:
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "reference")
    path = tmp_path / "reference" / "known_issues.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    kept = [r for r in package["resources"] if r["path"].startswith("reference/")]
    for resource in kept:
        del resource["hash"], resource["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package | {"resources": kept}))
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert error in {row[0] for row in report.flatten(["type"])}


def test_every_file_is_a_resource_with_descriptions_and_terms(project: Project) -> None:
    resources = {r["path"]: r for r in datapackage(project)["resources"]}
    files = [*project.raw.rglob("*.csv"), *project.reference.glob("*.csv")]
    assert set(resources) == {p.relative_to(project.root / "data").as_posix() for p in files}
    for path, resource in resources.items():
        assert resource["licenses"], path
        assert all(len(f["description"]) > 3 for f in resource["schema"]["fields"]), path
        if path.startswith("raw/"):
            assert all(s["path"].startswith("http") for s in resource["sources"]), path


def test_the_made_tables_are_described_column_by_column(project: Project) -> None:
    made = read_dictionary(project).made
    for name, schema in (
        ("observations", OBSERVATIONS),
        ("vintages", VINTAGES),
        ("settled", SETTLED),
    ):
        assert list(made[name].fields) == list(schema.columns), name
    assert list(made["headline"].fields) == COLUMNS
