"""Our own numbers are claims too: README, chart titles and the words beside charts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers.projects import ROOT

from offences.analysis.findings import Findings
from offences.analysis.parameters import Request, checked
from offences.charts import claim_charts, force_charts, save
from offences.claims import ledger as ledgers
from offences.claims.statements import Claim, read_claims
from offences.project import Project
from offences.releases.clean import clean
from offences.releases.load import Loaded
from offences.review import numbers_in_words
from offences.review.numbers_in_words import Fact, unbound
from offences.runs import store
from offences.runs.run_folder import RunFolder

KEPT = store.renewed(Project(ROOT))


class _Run:
    """A request with what its words may state."""

    def __init__(self, project: Project, loaded: Loaded, request: Request) -> None:
        self.request = request
        known = clean(project, loaded, request.day)
        self.found = Findings(known, request.place, request.years)
        ours: list[Claim] = ledgers.about(read_claims(project, loaded), request.place, request.day)
        self.ledger, _, _ = ledgers.tables(ours, known, lambda day: clean(project, loaded, day))
        self.facts = numbers_in_words.facts_of(self.found, self.ledger)
        self.quoted = numbers_in_words.quotations(known, self.ledger)


@pytest.fixture(scope="module")
def kept(project: Project, loaded: Loaded) -> dict[Path, _Run]:
    found = {}
    for folder in KEPT:
        parameters = RunFolder(folder).manifest.parameters
        found[folder] = _Run(project, loaded, checked(project, loaded, **parameters))
    return found


def test_every_number_in_the_words_of_the_kept_runs_is_bound(kept: dict[Path, _Run]) -> None:
    for folder, run in kept.items():
        for name in RunFolder(folder).texts:
            text = RunFolder(folder).words(name)
            assert unbound(text, run.facts, run.quoted) == [], name


def test_every_number_in_a_chart_title_is_bound(kept: dict[Path, _Run]) -> None:
    for run in kept.values():
        titles = [
            save.title(force_charts.force_by_year(run.request, run.found)),
            save.title(claim_charts.claims(run.request, run.ledger)),
        ]
        assert all(any(sign.isdigit() for sign in title) for title in titles)
        for title in titles:
            assert unbound(title, run.facts, run.quoted) == []


def _readme_facts(project: Project, loaded: Loaded, kept: dict[Path, _Run]) -> list[Fact]:
    newest = _Run(project, loaded, checked(project, loaded, region="UK", years="2023/24"))
    return [fact for run in (*kept.values(), newest) for fact in run.facts]


def _readme_prose() -> str:
    """Return the README without code, addresses and what sets up the software."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)|`[^`]*`", "]", text)
    return "\n\n".join(line for line in text.splitlines() if "Python 3" not in line)


def test_every_number_in_the_readme_is_bound(
    project: Project, loaded: Loaded, kept: dict[Path, _Run]
) -> None:
    facts = _readme_facts(project, loaded, kept)
    quoted = [text for run in kept.values() for text in run.quoted]
    prose = re.sub(r"\[0\d_\w+\]|CC BY 4\.0|SHA-256", "", _readme_prose())
    assert unbound(prose, facts, quoted) == []
    assert "1,753" in prose


def test_drift_turns_it_red(project: Project, loaded: Loaded, kept: dict[Path, _Run]) -> None:
    facts = _readme_facts(project, loaded, kept)
    quoted = [text for run in kept.values() for text in run.quoted]
    prose = _readme_prose()
    for old, new in (("1,753", "1,735"), ("(+64%", "(+46%"), ("22 of 24", "23 of 24")):
        assert old in prose
        assert unbound(prose.replace(old, new), facts, quoted) != []


def test_a_number_in_the_wrong_place_is_not_bound(kept: dict[Path, _Run]) -> None:
    wales = next(run for folder, run in kept.items() if folder.parent.name == "wales")
    assert unbound("On Snapchat there were 158 offences.", wales.facts) != []
    assert unbound("2017/18: 274 printed.", wales.facts) == []
