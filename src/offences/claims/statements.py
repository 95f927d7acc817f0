"""Claims: statements made in public about the figures, one file a publication, in our own words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from offences.claims.quantities import BASES, Quantity, quantity_named, subject_of
from offences.claims.readings.reading import Question
from offences.claims.wordings import EXACTLY, Stated, Wordings
from offences.errors import DataError, ParameterError, did_you_mean
from offences.files import SAFE, read_yaml
from offences.project import Project
from offences.reference.periods import Period
from offences.releases.load import Loaded
from offences.releases.sources import Release, Source


class _Claim(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    claim: str
    says: str
    quantity: str
    region: str
    years: str
    subject: str = ""
    basis: Literal["known", "all", ""] = ""
    wording: str = EXACTLY
    value: int | float | None = None


class _Publication(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    source: str
    claims: list[_Claim]


@dataclass(frozen=True)
class Claim:
    """One statement, understood.

    Attributes
    ----------
    name
        Its name in the ledger; no two claims share one.
    says
        The statement in our own words.
    published
        The day it was made; where the page has no full date, the day of its release.
    file, row
        Where it stands in the ledger.
    """

    name: str
    says: str
    quantity: Quantity
    question: Question
    stated: Stated
    worded: bool
    source: Source
    published: datetime.date
    file: str
    row: int


def read_claims(project: Project, loaded: Loaded) -> list[Claim]:
    """Return every claim of the ledger, the oldest first.

    Raises
    ------
    DataError
        Naming file, row and field of a claim whose quantity, region, years, subject, wording or
        value does not exist or does not fit, or whose name another claim has.
    """
    reader = _Reader(project, loaded)
    found: list[Claim] = []
    for path in sorted(project.claims.glob("*.yaml")):
        found += reader.read(path)
    seen: dict[str, Claim] = {}
    for claim in found:
        other = seen.setdefault(claim.name, claim)
        if other is not claim:
            problem = f"{claim.name!r} is already in {other.file}, row {other.row}. Keep one row."
            raise DataError(claim.file, problem, row=claim.row, column="claim")
    return sorted(found, key=lambda claim: (claim.published, claim.file, claim.row))


class _Reader:
    """What reading a ledger needs to know."""

    def __init__(self, project: Project, loaded: Loaded) -> None:
        self._project = project
        self._releases = {release.name: release for release in loaded.releases}
        self._held = Period.parse(str(loaded.years))
        self._names = loaded.vocabulary
        self._wordings = Wordings.read(project)

    def read(self, path: Path) -> list[Claim]:
        """Return the claims of one publication."""
        file = self._project.relative(path)
        publication = read_yaml(self._project, path, _Publication)
        release, source = self._source(file, publication.source)
        if not path.name.startswith(f"{source.published_on}_"):
            problem = f"its name must begin with the date of its page: {source.published_on}_."
            raise DataError(file, problem)
        full = len(source.published_on) == len("2023-08-15")
        day = datetime.date.fromisoformat(source.published_on) if full else release.published
        lines = _lines(path)
        return [
            self._understood(file, line, claim, release, source, day)
            for line, claim in zip(lines, publication.claims, strict=True)
        ]

    def _source(self, file: str, name: str) -> tuple[Release, Source]:
        pages = {
            f"{r.name}/{s}": (r, r.sources[s]) for r in self._releases.values() for s in r.sources
        }
        if name not in pages:
            hint = did_you_mean(name, pages) or "; register the page in its sources.csv."
            raise DataError(file, f"unknown source {name!r}{hint}", column="source")
        return pages[name]

    def _understood(
        self,
        file: str,
        lines: dict[str, int],
        claim: _Claim,
        release: Release,
        source: Source,
        day: datetime.date,
    ) -> Claim:
        def fail(field: str, problem: str) -> DataError:
            return DataError(
                file,
                f"{claim.claim}: {problem}",
                row=lines.get(field, lines["claim"]),
                column=field,
            )

        try:
            quantity = quantity_named(claim.quantity)
        except ValueError as error:
            raise fail("quantity", str(error)) from None
        try:
            # Pages print the charity's regions, not those of the Office for National Statistics.
            place = self._names.places.asked_for(claim.region, "nspcc")
        except ParameterError as error:
            raise fail("region", str(error)) from None
        try:
            years = Period.parse(claim.years.replace(":", ".."))
        except ValueError as error:
            raise fail("years", str(error)) from None
        if years not in self._held:
            problem = f"{claim.years!r} lies outside the data, which hold {self._held.in_words()}."
            raise fail("years", problem)
        if quantity.kind == "change" and (not years.whole_years or years.is_year):
            raise fail(
                "years", "a change needs a first and a last financial year: 2017/18:2022/23."
            )
        if claim.quantity == "rank" and not years.is_year:
            raise fail("years", "a rank is of one financial year.")
        try:
            subject = subject_of(quantity, claim.subject, self._names.platforms)
        except ValueError as error:
            raise fail("subject", str(error)) from None
        if bool(claim.basis) != quantity.has_basis:
            wanted = f"one of {', '.join(BASES)}" if quantity.has_basis else "left out"
            problem = f"the basis of {claim.quantity!r} must be {wanted}."
            raise fail("basis", problem)
        value = None if claim.value is None else Decimal(str(claim.value))
        if value is not None:
            if value < 0 and quantity.kind != "change":
                raise fail("value", f"{value} is below zero.")
            if quantity.kind == "count" and value != int(value):
                raise fail("value", f"{value} is not a whole number.")
            if quantity.kind == "share" and value > 100:
                raise fail("value", f"{value} is a share above 100 percent.")
        try:
            stated = self._wordings.stated(claim.wording, quantity.kind, value)
        except ValueError as error:
            raise fail("wording", str(error)) from None
        return Claim(
            claim.claim,
            claim.says,
            quantity,
            Question(claim.quantity, place, years, subject, claim.basis, release.name),
            stated,
            claim.wording != EXACTLY,
            source,
            day,
            file,
            lines["claim"],
        )


def _lines(path: Path) -> list[dict[str, int]]:
    """Return for each claim of a file, read before, the line of each of its fields."""
    document: Any = yaml.compose(path.read_text(encoding="utf-8"), Loader=SAFE)
    fields = {key.value: value for key, value in document.value}
    return [
        {key.value: key.start_mark.line + 1 for key, _ in claim.value}
        for claim in fields["claims"].value
    ]
