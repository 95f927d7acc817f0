"""Is a run what it says it is? Each check asks one thing of a run and answers in one line."""

from __future__ import annotations

import ast
import base64
import json
import tempfile
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from offences.analysis.findings import Findings
from offences.analysis.headline import headline
from offences.analysis.parameters import Request, checked
from offences.claims import ledger as ledgers
from offences.claims.statements import read_claims
from offences.errors import OffencesError
from offences.files import sha256
from offences.project import Project
from offences.releases.clean import Cleaned, clean
from offences.releases.load import Loaded, load
from offences.review.differencing import problems
from offences.review.numbers_in_words import facts_of, quotations, unbound
from offences.review.reexecution import Reexecution
from offences.runs.run_folder import PAGE, REVIEW, RunFolder
from offences.runs.run_page import render
from offences.runs.versions import inputs
from offences.tables import write

_SHOWN = 3


@dataclass(frozen=True)
class Check:
    """One question put to a run.

    Attributes
    ----------
    asks
        The question.
    holds
        Whether the answer is yes.
    said
        What was found, in one line.
    """

    asks: str
    holds: bool
    said: str


def check(
    project: Project,
    run: RunFolder,
    told: Callable[[Check], object] = lambda _: None,
    without: Collection[str] = (),
) -> list[Check]:
    """Put every question to a run and write the answers to ``review.json`` beside it.

    Parameters
    ----------
    told
        Called with each check as it is done.
    without
        Questions not to put.

    Raises
    ------
    OffencesError
        When the folder holds no run, or its manifest cannot be read.
    """
    done = []
    with tempfile.TemporaryDirectory() as temporary:
        reviewed = _Reviewed(project, run, Path(temporary))
        if not set(_OF_EXECUTION) <= set(without):
            reviewed.reexecution.begin()
        for asks, question in QUESTIONS.items():
            if asks in without:
                continue
            try:
                wrong, fine = question(reviewed)
            except (OffencesError, ValueError) as error:  # also a notebook that is no JSON
                wrong, fine = [str(error)], ""
            done.append(Check(asks, not wrong, _first(wrong) if wrong else fine))
            told(done[-1])
    text = json.dumps([asdict(one) for one in done], indent=1, ensure_ascii=False)
    (run.path / REVIEW).write_text(f"{text}\n", encoding="utf-8")
    return done


Found = tuple[list[str], str]
"""What is wrong, and what to say when nothing is."""


class _Reviewed:
    """A run under review, with a method for each question."""

    def __init__(self, project: Project, run: RunFolder, temporary: Path) -> None:
        self.project = project
        self.run = run
        self.manifest = run.manifest
        self.temporary = temporary
        self.reexecution = Reexecution(project, run, temporary)

    @cached_property
    def books(self) -> dict[str, Any]:
        """The executed notebooks by name."""
        return {
            path.stem: nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
            for path in self.run.notebooks
        }

    @cached_property
    def loaded(self) -> Loaded:
        return load(self.project)

    @cached_property
    def request(self) -> Request:
        return checked(self.project, self.loaded, **self.manifest.parameters)

    @cached_property
    def cleaned(self) -> Cleaned:
        return clean(self.project, self.loaded, self.request.day, self.request.policy)

    @cached_property
    def found(self) -> Findings:
        return Findings(self.cleaned, self.request.place, self.request.years)

    def as_manifest(self) -> Found:
        listed, files = self.manifest.outputs, self.run.files
        wrong = [f"{name} is missing" for name in listed if name not in files]
        wrong += [f"{name} is not listed" for name in files if name not in listed]
        here = (name for name in files if name in listed)
        wrong += [f"{n} has changed" for n in here if sha256(self.run.path / n) != listed[n]]
        return (wrong, f"{len(listed)} files")

    def inputs_here(self) -> Found:
        now, then = inputs(self.project), self.manifest.inputs
        wrong = [f"{name} is gone" for name in then if name not in now]
        wrong += [
            f"{name} has changed since the run"
            for name, digest in then.items()
            if name in now and now[name] != digest
        ]
        return (wrong, f"{len(then)} files")

    def cells_ran(self) -> Found:
        wrong, count = [], 0
        for name, book in self.books.items():
            code = [c for c in book.cells if c.cell_type == "code" and c.source.strip()]
            count += len(code)
            for number, cell in enumerate(code, start=1):
                if cell.execution_count != number:
                    wrong.append(f"{name}: code cell {number} ran as {cell.execution_count}")
                if any(output.output_type == "error" for output in cell.outputs):
                    wrong.append(f"{name}: code cell {number} raised")
        if not self.books:
            wrong.append("there are no executed notebooks")
        return (wrong, f"{count} cells")

    def parameters_arrived(self) -> Found:
        asked, wrong = self.manifest.parameters, []
        for name, book in self.books.items():
            declared = _assigned(_tagged(book, "parameters"))
            injected = _assigned(_tagged(book, "injected-parameters"))
            for parameter in declared:
                if parameter not in asked:
                    wrong.append(f"{name}: declares {parameter}, which no run is asked for")
                elif injected.get(parameter) != asked[parameter]:
                    wrong.append(
                        f"{name}: {parameter} was asked as {asked[parameter]!r}, executed as "
                        f"{injected.get(parameter, declared[parameter])!r}"
                    )
                if parameter not in _read(book):
                    wrong.append(f"{name}: declares {parameter} and never reads it")
        shown = ", ".join(f"{name} {value}" for name, value in asked.items())
        return (wrong, shown)

    def pictures_shown(self) -> Found:
        saved = {path.read_bytes() for path in self.run.pictures}
        shown = [
            (name, base64.b64decode(output.data["image/png"]))
            for name, book in self.books.items()
            for cell in book.cells
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})
        ]
        wrong = [
            f"{name} shows a picture that was not saved" for name, p in shown if p not in saved
        ]
        there = {picture for _, picture in shown}
        wrong += [
            f"{path.name} is in no notebook"
            for path in self.run.pictures
            if path.read_bytes() not in there
        ]
        return (wrong, f"{len(shown)} pictures")

    def outputs_reproduce(self) -> Found:
        return self.reexecution.cells_that_differ(), f"{len(self.books)} notebooks"

    def data_reproduce(self) -> Found:
        return self._reproduce((".csv", ".txt"), "files")

    def pictures_reproduce(self) -> Found:
        return self._reproduce((".svg", ".png"), "pictures")

    def _reproduce(self, kinds: tuple[str, ...], what: str) -> Found:
        count = sum(name.endswith(kinds) for name in self.run.files)
        return list(self.reexecution.files_that_differ(kinds)), f"{count} {what}"

    def headline_recomputed(self) -> Found:
        if not self.run.has("headline"):
            return (["no headline.csv"], "")
        path = self.run.table_path("headline")
        write(headline(self.request, self.found), self.temporary / path.name)
        anew, ours = (_lines(file) for file in (self.temporary / path.name, path))
        names = dict.fromkeys([*ours, *anew])
        wrong = [f"{name} differs" for name in names if ours.get(name) != anew.get(name)]
        return (wrong, f"{len(ours) - 1} numbers")

    def numbers_found(self) -> Found:
        facts, quoted = self._facts()
        wrong, texts = [], 0
        for name in self.run.texts:
            for text in (self.run.words(name), self.run.title(name)):
                texts += 1
                wrong += [f"{name}: {found}" for found in unbound(text, facts, quoted)]
        return (wrong, f"{texts} texts")

    def policy_kept(self) -> Found:
        policy = self.request.policy
        return problems(self.project, self.run, policy), policy.in_words()

    def page_is_its_files(self) -> Found:
        path = self.run.path / PAGE
        if not path.is_file():
            return ([f"{PAGE} is missing"], "")
        anew = render(self.project, self.request, self.run)
        wrong = [] if path.read_text(encoding="utf-8") == anew else [f"{PAGE} differs, made anew"]
        return (wrong, PAGE)

    def _facts(self) -> tuple[list[Any], list[str]]:
        claims = read_claims(self.project, self.loaded)
        ours = ledgers.about(claims, self.request.place, self.request.day)
        ours = [] if self.request.policy.protects else ours
        table = pd.DataFrame(columns=["says", "verdict", "stated", "computed", "claim"])
        if ours:
            table, _, _ = ledgers.tables(
                ours, self.cleaned, lambda day: clean(self.project, self.loaded, day)
            )
        return facts_of(self.found, table), quotations(self.cleaned, table)


def _first(wrong: list[str]) -> str:
    more = f"; and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
    return f"{'; '.join(wrong[:_SHOWN])}{more}"


def _lines(path: Path) -> dict[str, str]:
    """Return the rows of a table by their first cell."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.partition(",")[0]: line for line in lines}


def _tagged(book: Any, tag: str) -> str:
    cells = (c.source for c in book.cells if tag in c.metadata.get("tags", []))
    return "\n".join(cells)


def _assigned(source: str) -> dict[str, object]:
    """Return the names that a parameters cell assigns, with their values."""
    return {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def _read(book: Any) -> set[str]:
    """Return the names that the code cells of a notebook read."""
    code = "\n".join(c.source for c in book.cells if c.cell_type == "code")
    nodes = ast.walk(ast.parse(code))
    return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


_OF_EXECUTION: dict[str, Callable[[_Reviewed], Found]] = {
    "Does nbval reproduce the text outputs?": _Reviewed.outputs_reproduce,
    "Are tables, charts' data and words the same again?": _Reviewed.data_reproduce,
    "Is every chart, drawn again, the same bytes?": _Reviewed.pictures_reproduce,
}
QUESTIONS: dict[str, Callable[[_Reviewed], Found]] = {
    "Is every file as the manifest says?": _Reviewed.as_manifest,
    "Are data, code and notebooks those it read?": _Reviewed.inputs_here,
    "Did every cell run once, in order, without error?": _Reviewed.cells_ran,
    "Were the parameters asked for executed and read?": _Reviewed.parameters_arrived,
    "Do the notebooks show the saved pictures?": _Reviewed.pictures_shown,
    "Do the headline numbers follow from the data?": _Reviewed.headline_recomputed,
    "Is every number in titles and words in the data?": _Reviewed.numbers_found,
    "Does it keep to its disclosure policy?": _Reviewed.policy_kept,
    "Does the page show the run's files and who signed?": _Reviewed.page_is_its_files,
    **_OF_EXECUTION,
}
"""What is asked of a run, in this order: what needs the notebooks executed again comes last, as
they are executed meanwhile."""
