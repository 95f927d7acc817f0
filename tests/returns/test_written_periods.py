"""Periods as forces write them."""

from __future__ import annotations

import pytest

from offences.returns.cells.written_periods import read_span


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("2017/18", "2017/18"),
        ("2023-24", "2023/24"),
        ("FY 2023/2024", "2023/24"),
        ("2017-04-03..2017-09-30", "2017-04..2017-09"),
        ("2018-10-01..2019-04-02", "2018-10-01..2019-04-02"),
        ("2017-04..2017-12", "2017-04..2017-12"),
        ("18 months (2017-04..2018-09)", "2017-04..2018-09"),
        ("calendar 2017", "2017-01..2017-12"),
        ("2017..2021", "2017-01..2021-12"),
        ("May 2018..April 2019", "2018-05..2019-04"),
        ("1 Jan-30th Nov 2016", "2016-01..2016-11"),
        ("Jan-Jun 2021", "2021-01..2021-06"),
        ("01/04/2022-31/03/2023", "2022/23"),
        ("April 2023 to March 2024", "2023/24"),
        ("2017/18 to 2019/20", "2017/18..2019/20"),
        ("12 months to April 2019", "2018-05..2019-04"),
        ("year ending March 2019", "2018/19"),
    ],
)
def test_periods_of_every_kind_are_read(written, means) -> None:
    assert str(read_span(written)) == means


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("2017-04-03..2017-09-30", "from the day the offence began"),
        ("12 months to April 2019", "May to April as written; March may be meant"),
        ("calendar 2017", "calendar year as written"),
        ("18 months (2017-04..2018-09)", "written as 18 months"),
        ("2017/18", ""),
    ],
)
def test_what_was_decided_in_reading_a_period_is_noted(written, note) -> None:
    assert read_span(written).note == note


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("April 1 2020 to March 31 2019", "ends before it begins: a misprint"),
        ("2017/19", "2017/18 may be meant"),
        ("2017..2021 (2021 = Jan-Jun)", "Declare the period"),
        ("previous year", "Write it as 2023/24"),
        ("two years", "Write it as 2023/24"),
        ("2017-04-03..2017-10-03 changed to 2017-04-03..2018-01-03", "Write it as 2023/24"),
        ("31/02/2022-31/03/2023", "a day that does not exist"),
        ("", "Write it as 2023/24"),
    ],
)
def test_impossible_and_misprinted_periods_are_not_read(written, told) -> None:
    with pytest.raises(ValueError, match=told):
        read_span(written)
