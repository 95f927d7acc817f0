"""The command that writes what is made from data and code: it names what is stale."""

from __future__ import annotations

import shutil

import pytest
from helpers.projects import ROOT, edit

from offences.commands import describe
from offences.project import Project

MADE = ["data/datapackage.json", "data/README.md", "README.md", "docs/architecture.md"]


@pytest.fixture
def here(copy: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the project, in which the command is typed."""
    for name in (*MADE, "data/dictionary.yaml", "figures/renewed.txt"):
        (copy.root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy.root / name)
    monkeypatch.chdir(copy.root)
    return copy


def test_what_is_current_is_not_named(here: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert describe.main(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_what_is_stale_is_named_by_a_check_and_then_written(
    here: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {name: (here.root / name).read_text(encoding="utf-8") for name in MADE}
    edit(here.root / "docs" / "architecture.md", "- `bounds`: Bounds", "- `bounds`: Limits")
    edit(here.root / "README.md", "- **Wales: at least 1,753", "- **Wales: at least 1,735")
    assert describe.main(["--check"]) == 1
    shown = "README.md: stale; run make describe\ndocs/architecture.md: stale; run make describe\n"
    assert capsys.readouterr().out == shown
    assert (here.root / "README.md").read_text(encoding="utf-8") != texts["README.md"]
    assert describe.main([]) == 0
    assert capsys.readouterr().out == "README.md: written\ndocs/architecture.md: written\n"
    assert {name: (here.root / name).read_text(encoding="utf-8") for name in MADE} == texts
