"""The run's provenance: a crate that a validator accepts."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import pytest
from helpers.reviews import copy_of_wales, kept_run
from rdflib.plugins.shared.jsonld.context import Context
from rocrate_validator.models import Severity
from rocrate_validator.services import ValidationSettings, validate
from rocrate_validator.utils.http import HttpRequester

from offences.runs.run_folder import CRATE, RunFolder


@pytest.fixture
def validated(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], list[str]]:
    """The validator's own rules; the JSON-LD context comes from the rocrate package, offline."""
    held = json.loads((files("rocrate") / "data" / "ro-crate.jsonld").read_text("utf-8"))
    monkeypatch.setattr(Context, "_fetch_context", lambda *_: held["@context"])
    answer = SimpleNamespace(
        status_code=200, ok=True, json=lambda: held, headers={"Content-Type": "application/ld+json"}
    )
    monkeypatch.setattr(HttpRequester, "get", lambda *_, **__: answer, raising=False)

    def of(folder: Path) -> list[str]:
        settings = ValidationSettings(
            rocrate_uri=str(folder),
            profile_identifier="process-run-crate",
            requirement_severity=Severity.REQUIRED,
        )
        return [str(issue.message) for issue in validate(settings).get_issues()]

    return of


def test_a_validator_accepts_the_crate(
    tmp_path: Path, validated: Callable[[Path], list[str]]
) -> None:
    run = copy_of_wales(tmp_path)
    assert validated(run) == []
    path = run / "ro-crate-metadata.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    actions = [e for e in content["@graph"] if e["@type"] == "CreateAction"]
    assert len(actions) == len(list((run / "notebooks").glob("*.ipynb")))
    for action in actions:
        del action["instrument"]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert any("instrument" in said for said in validated(run))


def graph(run: Path) -> dict[str, dict]:
    content = json.loads((run / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    return {entity["@id"]: entity for entity in content["@graph"]}


def test_every_file_is_there_with_its_checksum() -> None:
    run = RunFolder(kept_run("wales"))
    entities = graph(run.path)
    for name, digest in run.manifest.outputs.items():
        if name != CRATE:
            assert entities[name]["sha256"] == digest, name
    for name, digest in run.manifest.inputs.items():
        if name.startswith("data/"):
            assert entities[f"#{name}"]["identifier"] == f"sha256:{digest}"


def test_a_notebook_names_the_files_it_wrote() -> None:
    entities = graph(kept_run("wales"))
    results = entities["#execution-04_platform_attribution"]["result"]
    names = {result["@id"] for result in results}
    assert {"notebooks/04_platform_attribution.ipynb", "platform_shares.csv"} <= names
    assert "force_by_year.csv" not in names
    for execution in (e for e in entities.values() if e["@type"] == "CreateAction"):
        assert execution["instrument"]["@id"] == f"#notebook-{execution['name'].split()[-1]}"
        assert execution["startTime"] <= execution["endTime"]
