"""The results of a batch: kept in a file that is whole at any moment, and told in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from offences.batch.results import FINISHED, RESULTS_FILE, BatchResults, Result, RunState, in_words
from offences.project import Project

WALES = Result("Wales", "latest-1", RunState.MADE, "figures/wales/latest-1", "new", 8.0)
KENT = Result("Kent", "latest-2", RunState.FAILED, "figures/kent/failed", "03_force, cell 4: no")


@pytest.fixture
def results(tmp_path: Path) -> BatchResults:
    runs = {result.region: result for result in (KENT, WALES)}
    return BatchResults(Project(tmp_path), "warm", 2, runs, 0.0)


def read(results: BatchResults) -> dict:
    path = results.project.figures / RESULTS_FILE
    return json.loads(path.read_text(encoding="utf-8"))


def test_states_are_written_as_the_words_they_are(results: BatchResults) -> None:
    results.keep()
    content = read(results)
    assert list(content) == ["began", "engine", "jobs", "summarised", "runs"]
    assert [run["state"] for run in content["runs"]] == ["failed", "made"]
    assert content["runs"][1] == {
        "region": "Wales", "version": "latest-1", "state": "made",
        "folder": "figures/wales/latest-1", "reason": "new", "seconds": 8.0,
    }  # fmt: skip
    assert [state.value for state in RunState] == [
        "made", "same", "up to date", "failed", "stopped", "waiting", "running",
    ]  # fmt: skip
    assert {RunState.FAILED, RunState.STOPPED}.isdisjoint(FINISHED)


def test_a_result_replaces_that_of_its_region_and_nothing_is_left_over(
    results: BatchResults,
) -> None:
    results.keep()
    results.keep(Result("Kent", "latest-2", RunState.RUNNING, "figures/kent/latest-2"))
    assert [(run["region"], run["state"]) for run in read(results)["runs"]] == [
        ("Kent", "running"),
        ("Wales", "made"),
    ]
    assert [path.name for path in results.project.figures.iterdir()] == [RESULTS_FILE]


def test_only_the_same_runs_are_summarised_already(results: BatchResults) -> None:
    assert not results.are_summarised_already()
    results.keep()
    assert not results.are_summarised_already()
    results.summarised = True
    results.keep()
    assert results.are_summarised_already()
    fewer = BatchResults(results.project, "warm", 2, {"Wales": WALES}, 0.0)
    assert not fewer.are_summarised_already()


def test_failures_come_last_with_their_reasons() -> None:
    assert in_words([KENT, WALES]).splitlines() == [
        "Wales  made        figures/wales/latest-1",
        "Kent   failed      figures/kent/failed",
        "       03_force, cell 4: no",
    ]
