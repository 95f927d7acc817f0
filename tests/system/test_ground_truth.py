"""The real figures, as checked by hand: what every release of this project must still say."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import pytest

from offences.analysis import forces
from offences.project import Project
from offences.releases.revisions import disagreements, revisions

WALES = {
    "Dyfed-Powys": ["19 part", "41", "39", "34", "36\u2020", "30"],
    "Gwent": ["44", "26", "144", "n/a", "26", "58"],
    "North Wales": ["53", "103", "105", "114", "98", "101"],
    "South Wales": ["158", "140", "91", "127", "166", "n/a"],
}


def test_wales_by_force_and_year(run: Callable) -> None:
    wide = forces.wide(run().force_years)
    assert {force: list(row) for force, row in wide.iterrows()} == WALES


def test_wales_headline(run: Callable) -> None:
    wales = run(region="Wales", years="2017/18:2022/23", as_of="latest")
    offences = wales.row("offences_reported")
    assert (offences["value"], offences["lower"]) == (1753, 1753)
    assert math.isnan(offences["upper"])
    assert wales.row("force_years_reported")["value"] == 22
    assert wales.row("force_years_expected")["value"] == 24
    assert wales.row("force_years_partial")["value"] == 1
    assert wales.row("offences_published")["value"] == 1753
    added = wales.row("change_as_added_pct")
    assert added["value"] == pytest.approx(-31.0, abs=0.05)
    assert (added["numerator"], added["denominator"]) == (189, 274)
    same = wales.row("change_comparable_pct")
    assert same["value"] == pytest.approx(63.9, abs=0.05)
    assert (same["numerator"], same["denominator"]) == (159, 97)
    assert "Gwent and North Wales" in same["note"]
    assert "Dyfed-Powys" not in same["note"]


def test_wales_totals_by_year_and_force(run: Callable) -> None:
    found = run().found
    assert list(found.by_year["lower"]) == [274, 310, 379, 275, 326, 189]
    by_force = found.force_years.groupby("force", sort=False)
    assert [forces.total(table).bounds.lower for _, table in by_force] == [199, 298, 574, 682]


def test_wales_as_it_could_be_known(run: Callable) -> None:
    early = run(as_of="2018-07-01")
    known = early.force_years[early.force_years["status"] != "missing"]
    assert set(known["year"]) == {"2017/18"}
    assert len(known) == 4
    august = run(as_of="2023-08-15")
    assert august.row("force_years_reported")["value"] == 8
    assert august.row("force_years_expected")["value"] == 24
    assert august.row("offences_published")["value"] == 1753
    assert august.row("offences_reported")["value"] < 1753


def test_wales_2023_24_disagrees_with_its_own_cells(run: Callable) -> None:
    wales = run(years="2023/24")
    own = wales.row("offences_published")
    assert (own["value"], own["status"]) == (554, "disputed")
    assert wales.row("offences_reported")["value"] == 564


def test_uk_published_and_sum_of_forces(run: Callable) -> None:
    uk = run(region="UK")
    own = uk.row("offences_published")
    assert (own["value"], own["lower"], own["upper"]) == (33959, 33959, 33959)
    assert "41 for 2021/22, 40 to 42 for 2022/23" in own["note"]
    assert uk.row("offences_reported")["value"] < 33959
    assert uk.row("force_years_expected")["value"] == 46 * 6
    assert "force-years reported" in uk.row("offences_reported")["note"]
    assert uk.row("change_published_pct")["value"] == pytest.approx(70.3, abs=0.05)
    assert list(uk.found.beside_sum["published"]) == [3728, 5333, 5954, 6319, 6275, 6350]


def test_uk_2023_24_snapchat(run: Callable) -> None:
    uk = run(region="UK", years="2023/24")
    snapchat = uk.row("platform_share_pct:Snapchat")
    assert (snapchat["value"], snapchat["denominator"]) == (48, 1824)
    assert round(snapchat["lower"]) == 12
    assert round(snapchat["upper"]) == 87
    known = uk.row("means_known_pct")
    assert (known["numerator"], known["denominator"], round(known["value"])) == (1824, 7062, 26)


def test_uk_six_year_shares_are_not_stretched(run: Callable) -> None:
    uk = run(region="UK")
    assert uk.row("platform_share_pct:Snapchat")["value"] == 26
    assert uk.row("parent_share_pct:Meta")["value"] == 47
    assert uk.row("platform_share_pct:Meta+Snapchat")["value"] == 73
    assert uk.row("platforms_named")["value"] == 150
    assert math.isnan(uk.row("platform_share_pct:Snapchat")["denominator"])
    assert uk.row("means_known_pct")["status"] == "missing"
    names = set(uk.headline["name"])
    assert "platform_share_pct:Kik" not in names, "Kik was printed for 2023/24 only"


def test_northern_ireland(run: Callable) -> None:
    ireland = run(region="Northern Ireland")
    for name in ("offences_reported", "offences_published"):
        row = ireland.row(name)
        assert (row["value"], row["upper"], row["status"]) == (983, 983, "reported")
    revised = ireland.found.revised
    assert list(revised["value"]) == [196, 195]
    assert set(revised["period"]) == {"2020/21"}


def test_england_and_wales_known_means(run: Callable) -> None:
    table = run(region="England and Wales").found.means_known
    said = {(r.period, r.means_known, r.offences): round(r.pct) for r in table.itertuples()}
    expected = {
        ("2017-04..2017-12", 956, 1628): 59,
        ("2017/18", 2097, 3171): 66,
        ("2017/18", 2117, 3217): 66,
        ("2018/19", 2700, 4373): 62,
        ("2017-04..2019-10", 5784, 10119): 57,
        ("2023/24", 1824, 7062): 26,
    }
    assert expected.items() <= said.items()


def test_a_percentage_that_does_not_fit_its_count_is_shown(run: Callable) -> None:
    shares = run(region="England and Wales").found.shares
    odd = shares[~shares["agrees"]]
    assert set(zip(odd["subject"], odd["period"], strict=True)) == {("Facebook", "2017/18")}


def test_known_contradictions_between_releases(run: Callable) -> None:
    uk = run(region="UK")
    table = revisions(uk.cleaned.vintages)
    offences = table[table["measure"] == "offences"]
    found = offences.groupby(["place", "period"])["value"].agg(tuple)
    assert found["UK", "2021/22"] == (6156, 6275)
    assert found["Police Service of Northern Ireland", "2020/21"] == (196, 195)
    assert found["Dyfed-Powys", "2021/22"] == (39, 36)
    assert found["Devon and Cornwall", "2017/18"] == (58, 56)
    assert found["South West", "2017/18"][:2] == (366, 377)
    assert found["Lancashire", "2017/18"] == (175, 64)


def test_disputed_and_doubtful_figures_keep_their_bounds(run: Callable) -> None:
    settled = run().cleaned.settled.set_index(["place", "period", "measure", "subject"])
    lancashire = settled.loc[("Lancashire", "2017/18", "offences", "")]
    assert (lancashire["status"], lancashire["lower"], lancashire["upper"]) == ("disputed", 64, 175)
    hampshire = settled.loc[("Hampshire and Isle of Wight", "2020/21", "offences", "")]
    assert (hampshire["value"], hampshire["status"]) == (18, "reported")
    assert "Implausibly" in hampshire["issue_text"]
    dorset = settled.loc[("Dorset", "2020/21", "offences", "")]
    assert (dorset["status"], dorset["lower"]) == ("partial", 62)
    responding = settled.loc[("UK", "2022/23", "forces_responding", "")]
    assert (responding["status"], responding["lower"], responding["upper"]) == ("disputed", 40, 42)


def test_pages_that_disagree_are_both_kept(run: Callable) -> None:
    table = disagreements(run().cleaned.observations)
    meta = table[(table["place"] == "UK") & (table["subject"] == "Facebook and Messenger")]
    assert set(meta["value"]) == {10, 12}


def test_rewrites_do_not_corroborate(run: Callable) -> None:
    settled = run().cleaned.settled.set_index(["place", "period", "measure", "subject"])
    gwent = settled.loc[("Gwent", "2018/19", "offences", "")]
    assert (gwent["pages"], gwent["independent_pages"]) == (3, 1)


def test_a_rounded_wording_never_stands_in(run: Callable) -> None:
    settled = run().cleaned.settled.set_index(["place", "period", "measure", "subject"])
    six_years = settled.loc[("UK", "2017/18..2022/23", "offences", "")]
    assert six_years["status"] == "approximate"
    assert math.isnan(six_years["upper"])


def test_south_east_depends_on_whose_region_it_is(run: Callable) -> None:
    ons = run(region="South East", years="2017/18:2023/24")
    nspcc = run(region="South East", years="2017/18:2023/24", scheme="nspcc")
    assert ons.row("offences_published")["status"] == "missing"
    assert nspcc.row("offences_published")["value"] == 3936
    assert nspcc.row("offences_reported")["value"] == 3936
    assert nspcc.row("force_years_reported")["value"] == 27


def test_a_region_without_figures_says_so(run: Callable) -> None:
    london = run(region="London")
    row = london.row("offences_reported")
    assert math.isnan(row["value"])
    assert (row["lower"], row["status"]) == (0, "missing")
    assert "no figures were published" in row["note"]


def test_ranks_only_where_every_force_reported_in_full(run: Callable) -> None:
    ranked = forces.ranks(run().force_years)
    assert set(ranked["year"]) == {"2018/19", "2019/20", "2021/22"}
    assert ranked.groupby("year")["share_pct"].sum().round(6).eq(100).all()


def test_parents_lie_between_the_largest_platform_and_the_sum(run: Callable) -> None:
    both = run(region="England and Wales", years="2018/19")
    parents = both.found.parents.set_index(["period", "parent"])
    meta = parents.loc[("2018/19", "Meta")]
    assert math.isnan(meta["value"])
    assert meta["lower"] == pytest.approx(100 * 929 / 2700)
    assert meta["upper"] == pytest.approx(100 * (929 + 549 + 112) / 2700)


def test_none_of_these_numbers_is_typed_into_the_code(project: Project) -> None:
    truth = ["1753", "33959", "1824", "7062", "983", "6350", "10722", "41021", "3936"]
    shown = re.compile(r"(?<![\d.])(" + "|".join(truth) + r")(?![\d.])")
    sources = [*(project.root / "src").rglob("*.py"), *(project.root / "scripts").glob("*.py")]
    sources += project.notebooks.glob("*.ipynb")
    for path in sources:
        assert not shown.search(path.read_text(encoding="utf-8").replace(",", "")), path.name


def test_totals_of_spans_beside_the_sum_of_their_years(run: Callable) -> None:
    table = run(region="UK", years="2017/18:2023/24").found.spans_beside_years
    row = table.set_index("period").loc["2017/18..2023/24"]
    assert (row["printed"], row["sum_of_years"], row["difference"]) == ("41021|41,021", 41021, 0)
    assert (row["years_printed"], row["years"]) == (7, 7)
