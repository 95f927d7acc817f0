"""From the tables of a file and its declared layout to cells that know what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from offences.errors import DataError, UnreadableError, did_you_mean
from offences.reference.places import Places
from offences.returns.cells.ages_and_genders import read_band, read_gender
from offences.returns.cells.cell_text import CellText, Conventions, read_cell
from offences.returns.cells.declarations import About, Answer, DeclaredTable, Layout, Statement
from offences.returns.cells.return_statuses import ReturnStatus
from offences.returns.cells.run_together import resolve
from offences.returns.cells.written_periods import read_span
from offences.returns.files.grids import Grid, column_letter

TOTAL = "total"
"""What an axis says where a cell is a sum over it."""


@dataclass(frozen=True)
class ReturnCell:
    """One figure of a return, or its absence, understood and traceable.

    Attributes
    ----------
    file, table, row, column
        Where it is; the column by its letter, empty for a typed answer.
    force, period, age_band, gender, means, category
        What it is about; empty where the table says nothing, :data:`TOTAL` for a sum over it.
        ``means`` and ``category`` are as written, ``age_band`` as printed.
    measure
        One of :data:`offences.returns.cells.declarations.MEASURES`.
    unit
        What it counts, one of :data:`offences.returns.cells.cell_text.UNITS`.
    basis
        The offence code.
    text
        Its text, as read to a value, bounds and a status.
    record
        Whether it is one offence of a list, one a row.
    """

    file: str
    table: str
    row: int
    column: str
    force: str
    period: str
    measure: str
    unit: str
    basis: str
    age_band: str
    gender: str
    means: str
    category: str
    text: CellText
    record: bool = False

    @property
    def where(self) -> str:
        """The place of the cell for a message."""
        sheet = f", {self.table}" if self.table else ""
        return f"{self.file}{sheet}, {f'cell {self.column}' if self.column else 'row '}{self.row}"

    @property
    def is_total(self) -> bool:
        """Whether it is a sum over one of its axes."""
        return TOTAL in (self.age_band, self.gender, self.means, self.category)


class _TableReader:
    """Reads one table of one file."""

    def __init__(
        self, file: str, layout: Layout, table: DeclaredTable, grids: Sequence[Grid], places: Places
    ) -> None:
        self.file, self.table, self.places = file, table, places
        self.about = _own_first(layout, table)
        self.period = str(read_span(self.about.period)) if self.about.period else ""
        self.grid = self._find(grids)
        self.rows = [list(row) for row in self.grid.rows]
        if table.split:
            split = [" ".join(filter(None, row)).split(table.split) for row in self.rows]
            width = max(map(len, split), default=0)
            self.rows = [[c.strip() for c in row] + [""] * (width - len(row)) for row in split]
        if table.glued:
            self.rows = [_unglued(row) for row in self.rows]
        self.first = table.first or max(table.header, default=0) + 1
        self.last = table.last or len(self.rows)

    def fail(self, problem: str, around: int = 1) -> DataError:
        """Return an error that shows the rows that were looked at."""
        first, last = around - 2, around + 3
        return DataError(
            f"{self.file}.yaml",
            f"{problem} The rows looked at, of {self.grid.name or 'the file'}:\n"
            f"{replace(self.grid, rows=tuple(map(tuple, self.rows))).shown(first, last)}",
        )

    def _find(self, grids: Sequence[Grid]) -> Grid:
        wanted = self.table.table
        if isinstance(wanted, int) and 1 <= wanted <= len(grids):
            return grids[wanted - 1]
        for one in grids:
            if one.name == str(wanted):
                return one
        names = [one.name for one in grids]
        raise DataError(
            f"{self.file}.yaml",
            f"there is no table {wanted!r}{did_you_mean(str(wanted), names) or '.'} The file "
            f"has {', '.join(repr(n) for n in names)}; the first begins:\n{grids[0].shown(1, 5)}",
        )

    def cells(self) -> Iterator[ReturnCell]:
        for number in (*self.table.header, self.first, self.last):
            if not 1 <= number <= len(self.rows):
                raise self.fail(
                    f"row {number} is declared, but the table has {len(self.rows)} rows.",
                    len(self.rows),
                )
        return self._crossed() if self.table.shape == "crosstab" else self._listed()

    # ---- Labels at the left and above ----------------------------------------------

    def _crossed(self) -> Iterator[ReturnCell]:
        table, labels = self.table, self.table.labels
        if len(table.rows) != labels or len(table.columns) != len(table.header):
            raise self.fail(
                f"{labels} label columns and {len(table.header)} header rows need as many axes: "
                f"rows has {len(table.rows)}, columns has {len(table.columns)}."
            )
        headings = []
        for column in range(labels, len(self.rows[0])):
            above = [self.rows[n - 1][column] for n in table.header]
            if any(above) and not any(text in table.skip for text in above):
                names = zip(table.columns, above, table.header, strict=True)
                headings.append((column, dict(self._named(a, t, n) for a, t, n in names)))
        if not headings:
            raise self.fail("the header rows are empty.", max(table.header, default=1))
        held = [""] * labels
        for number in range(self.first, self.last + 1):
            row = self.rows[number - 1]
            if not any(row):
                continue
            held = [new or old for new, old in zip(row[:labels], held, strict=True)]
            if any(label in table.skip for label in held):
                continue
            about = dict(
                self._named(axis, text, number) for axis, text in zip(table.rows, held, strict=True)
            )
            texts = self._together(row, held, [column for column, _ in headings])
            for (column, above_it), text in zip(headings, texts, strict=True):
                yield self._cell(number, column, about | above_it, text)

    def _together(self, row: list[str], held: list[str], columns: list[int]) -> list[str]:
        """Return the figures of a row; those that ran together are separated by the totals."""
        texts = [row[column] for column in columns]
        if held[0] not in self.table.run_together:
            return texts
        body = [r for r in self.rows[self.first - 1 : self.last] if r[0] != held[0] and any(r)]
        totals = [r for r in body if r[0] in self.table.totals]
        others = [r for r in body if r[0] not in self.table.totals]
        digits = "".join(texts)
        found = (
            resolve(
                digits, [totals[0][c] for c in columns], [[r[c] for c in columns] for r in others]
            )
            if len(totals) == 1
            else None
        )
        return found or [f"{digits} (figures without spaces)"] + [
            "(run together in the first cell)"
        ] * (len(texts) - 1)

    # ---- One figure, or one offence, a row -----------------------------------------

    def _listed(self) -> Iterator[ReturnCell]:
        header = self.table.header[-1]
        headings = self.rows[header - 1]
        for name in self.table.fields:
            if name not in headings:
                hint = did_you_mean(name, headings)
                raise self.fail(f"row {header} has no heading {name!r}{hint or '.'}", header)
        axes = {headings.index(name): axis for name, axis in self.table.fields.items()}
        value = next((c for c, axis in axes.items() if axis == "value"), None)
        if (value is None) == (self.table.shape == "long"):
            raise self.fail(
                "a long table needs one field that is the value; records, one offence a row, "
                "have none."
            )
        for number in range(self.first, self.last + 1):
            row = self.rows[number - 1]
            if any(row) and not any(row[c] in self.table.skip for c in axes):
                about = dict(
                    self._named(axis, row[c], number) for c, axis in axes.items() if c != value
                )
                column = 0 if value is None else value
                yield self._cell(number, column, about, "1" if value is None else row[value])

    # ---- What a label names ----------------------------------------------------------

    def _named(self, axis: str, text: str, row: int) -> tuple[str, str]:
        """Return the axis and what a label of it names; a label that names nothing stops."""
        meant = self.table.meanings.get(text, text).strip()
        if text in self.table.totals:
            return axis, TOTAL
        if not meant and self.table.shape != "crosstab":
            return axis, ""
        known = None
        match axis:
            case "force":
                place = self.places.printed("force", meant)
                known = place.name if place else None
            case "period":
                try:
                    known = str(read_span(meant))
                except ValueError as problem:
                    raise self.fail(
                        f"row {row} is declared to name a period. {problem}", row
                    ) from None
            case "age_band":
                band = read_band(meant)
                known = band.printed if band else None
            case "gender":
                known = read_gender(meant)
            case _:
                known = meant
        if known is None:
            raise self.fail(
                f"row {row} is declared to name a {axis.replace('_', ' ')}, but {text!r} is none. "
                "Correct header, first or rows; or list it under totals, skip or meanings.",
                row,
            )
        return axis, known

    def _cell(self, row: int, column: int, about: dict[str, str], text: str) -> ReturnCell:
        as_read = _read_text(text, self.about)
        return ReturnCell(
            file=self.file,
            table=self.grid.name,
            row=row,
            column=column_letter(column + 1),
            force=about.get("force") or self.about.force,
            period=about.get("period") or self.period,
            measure=about.get("measure") or self.table.measure,
            unit=as_read.unit or self.about.unit,
            basis=self.about.basis,
            age_band=about.get("age_band", ""),
            gender=about.get("gender", ""),
            means=about.get("means", ""),
            category=about.get("category", ""),
            text=as_read,
            record=self.table.shape == "records",
        )


def _own_first(common: About, own: DeclaredTable | Statement) -> About:
    """Return what holds for a table or a statement: what it says itself before its file."""
    own_words = {key: value for key in ("period", "unit", "basis") if (value := getattr(own, key))}
    return common.model_copy(update=own_words)


def _read_text(text: str, about: About) -> CellText:
    """Read a cell; a unit of its own that is not the declared one is noted."""
    declared = Conventions(
        percent=about.unit == "percent",
        blank=about.blank,
        dash=about.dash,
        below=about.suppressed_below,
    )
    as_read = read_cell(text, declared)
    if as_read.unit and as_read.unit != about.unit:
        return as_read.noting(f"the cell says {as_read.unit}, the layout {about.unit}")
    return as_read


def _unglued(row: list[str]) -> list[str]:
    """Return label and figure of a cell that holds both: ``Making/Taking26``."""
    text = " ".join(filter(None, row))
    label = text.rstrip("0123456789,*<")
    return [label.strip(), text[len(label) :]]


def read_tables(
    file: str, grids: Sequence[Grid], layout: Layout, places: Places
) -> list[ReturnCell]:
    """Return the cells of a received file as its layout declares them.

    Parameters
    ----------
    file
        Its name, for messages.

    Raises
    ------
    DataError
        When the layout does not fit the file, with the rows that were looked at.
    """
    if layout.force:
        place = places.printed("force", layout.force)
        if not place:
            hint = did_you_mean(layout.force, [p.name for p in places.all if p.is_force])
            raise DataError(f"{file}.yaml", f"unknown force {layout.force!r}{hint or '.'}")
        layout = layout.model_copy(update={"force": place.name})
    cells: list[ReturnCell] = []
    for table in layout.tables:
        try:
            cells += _TableReader(file, layout, table, grids, places).cells()
        except ValueError as problem:
            raise DataError(f"{file}.yaml", str(problem)) from problem
    for cell in cells:
        missing = "force" if not cell.force else "period" if not cell.period else ""
        if missing:
            raise DataError(
                f"{file}.yaml", f"says no {missing}: add it, or name the axis that holds it."
            )
    return cells


def read_answer(file: str, answer: Answer, places: Places) -> list[ReturnCell]:
    """Return the cells of an answer in sentences, one for each statement.

    A period that cannot be read leaves its figure unresolved, with the reason. A name that is no
    single force is kept as written, with a note.
    """
    return [
        _stated(file, number, statement, answer, places)
        for number, statement in enumerate(answer.statements, start=1)
    ]


def _stated(
    file: str, number: int, statement: Statement, answer: Answer, places: Places
) -> ReturnCell:
    """Return the cell of one statement."""
    about = _own_first(answer, statement)
    as_read = _read_text(statement.printed, about)
    try:
        span = read_span(about.period)
        period, noted = str(span), span.note
    except UnreadableError as problem:
        period, noted = about.period, str(problem)
        if as_read.status in (ReturnStatus.REPORTED, ReturnStatus.APPROXIMATE):
            as_read = replace(as_read, status=ReturnStatus.UNRESOLVED, why=problem.why)
    name = statement.force or answer.force
    place = places.printed("force", name)
    return ReturnCell(
        file=file,
        table="",
        row=number,
        column="",
        force=place.name if place else name,
        period=period,
        measure=statement.measure,
        unit=as_read.unit or about.unit,
        basis=about.basis,
        age_band=statement.age_band,
        gender=read_gender(statement.gender) or statement.gender,
        means=statement.means,
        category=TOTAL if statement.total else statement.category,
        text=as_read.noting(
            noted,
            "" if place else f"{name!r} is no single force",
            f"printed as {statement.label!r}" if statement.label else "",
            statement.note,
        ),
    )
