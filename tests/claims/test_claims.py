"""The ledger on the real figures: the verdicts are right, argued, and follow the data."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from helpers.projects import ROOT, edit

from offences.claims import ledger as ledgers
from offences.claims.readings.reading import Question
from offences.claims.statements import Claim, read_claims
from offences.claims.verdicts import Judgement, Verdict, judge
from offences.claims.wordings import Wordings
from offences.errors import DataError
from offences.project import Project
from offences.releases.clean import Cleaned, clean
from offences.releases.load import Loaded, load

BROADCAST = datetime.date(2023, 8, 15)


@pytest.fixture(scope="module")
def ledger(project: Project, loaded: Loaded) -> dict[str, Claim]:
    return {claim.name: claim for claim in read_claims(project, loaded)}


@pytest.fixture(scope="module")
def now(project: Project, loaded: Loaded) -> Cleaned:
    return clean(project, loaded, None)


@pytest.fixture(scope="module")
def verdict(ledger: dict[str, Claim], now: Cleaned) -> Callable[[str], Judgement]:
    return lambda name: judge(ledger[name], now)


@pytest.fixture(scope="module")
def on_the_day(
    project: Project, loaded: Loaded, ledger: dict[str, Claim]
) -> Callable[[str], Judgement]:
    return lambda name: judge(ledger[name], clean(project, loaded, ledger[name].published))


def test_there_are_enough_claims_each_from_a_page(ledger: dict[str, Claim]) -> None:
    assert len(ledger) >= 60
    assert all(claim.source.url.startswith("http") for claim in ledger.values())
    assert len({claim.file for claim in ledger.values()}) >= 30


def test_1753_holds_with_a_caveat(
    verdict: Callable[[str], Judgement], on_the_day: Callable[[str], Judgement]
) -> None:
    found = verdict("itv-wales-1753")
    assert found.verdict == Verdict.CAVEAT
    assert found.reading is not None
    assert (found.reading.value, found.reading.bounds.lower) == (1753, 1753)
    assert found.reading.bounds.is_open
    assert found.computed == "at least 1,753"
    caveat = " ".join(found.caveats)
    for gap in ("Gwent 2020/21", "South Wales 2022/23", "Dyfed-Powys 2017/18"):
        assert gap in caveat
    then = on_the_day("itv-wales-1753")
    assert then.verdict == Verdict.CANNOT
    assert "8 of 24 force-years" in then.sentence


def test_almost_2000_is_stretched(verdict: Callable[[str], Judgement]) -> None:
    found = verdict("itv-wales-almost-2000")
    assert found.verdict == Verdict.STRETCHED
    assert "12% below" in found.sentence


def test_over_34000_is_contradicted_now_and_could_not_be_checked_then(
    verdict: Callable[[str], Judgement], on_the_day: Callable[[str], Judgement]
) -> None:
    over = verdict("itv-uk-over-34000")
    assert over.verdict == Verdict.CONTRADICTED
    assert over.reading is not None
    assert over.reading.value == 33959
    assert {key[-1] for key in over.reading.rests_on} == {"nspcc-2024-11"}
    assert on_the_day("itv-uk-over-34000").verdict == Verdict.CANNOT
    assert verdict("nspcc-2023-almost-34000").verdict == Verdict.HOLDS


def test_a_quarter_under_12_only_of_known_ages(verdict: Callable[[str], Judgement]) -> None:
    for name in ("itv-uk-under-12-quarter", "nspcc-2023-under-12-quarter"):
        found = verdict(name)
        assert found.verdict == Verdict.OTHER
        assert found.reading is not None
        assert found.reading.name.startswith("of victims where known")
        assert "about 22,000 and is not printed" in found.sentence
        assert found.plain is not None
        assert found.plain.bounds.lower == pytest.approx(100 * 5501 / 33959)
        assert found.computed == "at least 16%"


def test_82_percent_is_not_the_ratio_of_the_totals(
    verdict: Callable[[str], Judgement], on_the_day: Callable[[str], Judgement]
) -> None:
    found = verdict("nspcc-2023-up-82")
    assert found.verdict == Verdict.CONTRADICTED
    assert found.reading is not None
    assert found.reading.value == pytest.approx(100 * (6350 / 3728 - 1))
    assert "no page names a set of forces" in found.sentence
    assert on_the_day("nspcc-2023-up-82").verdict == Verdict.CANNOT


def test_83_percent_cannot_be_recomputed_and_agrees_with_an_earlier_period(
    verdict: Callable[[str], Judgement],
) -> None:
    found = verdict("itv-uk-girls-83")
    assert found.verdict == Verdict.CANNOT
    assert "2017/18 to 2020/21, 10,722 of 12,944 are 82.8%, which agrees" in found.sentence
    assert verdict("irish-news-girls-83").verdict == Verdict.HOLDS


def test_47_percent_adds_up_as_printed(verdict: Callable[[str], Judgement]) -> None:
    found = verdict("itv-uk-meta-47")
    assert found.verdict == Verdict.CAVEAT
    assert found.reading is not None
    assert found.reading.value == 15 + 26 + 6
    assert found.reading.bounds.lower == 25.5
    assert "no offence named two of them" in " ".join(found.caveats)
    assert verdict("nspcc-2023-meta-snapchat-73").verdict == Verdict.CAVEAT


def test_wales_554_disagrees_with_its_own_cells(verdict: Callable[[str], Judgement]) -> None:
    found = verdict("walesonline-wales-554")
    assert found.verdict == Verdict.CONTRADICTED
    assert found.reading is not None
    assert found.reading.value == 67 + 67 + 97 + 333 == 564


def test_more_than_doubled_and_tripled_compare_unlike_years(
    verdict: Callable[[str], Judgement],
) -> None:
    wales = verdict("walesonline-wales-more-than-doubled")
    assert wales.verdict == Verdict.OTHER
    assert wales.plain is not None
    assert wales.plain.value == pytest.approx(100 * ((67 + 97 + 333) / (44 + 53 + 158) - 1))
    tripled = verdict("cambrian-dyfed-powys-more-than-tripled")
    assert tripled.verdict == Verdict.OTHER
    assert "Six months only" in tripled.sentence


def test_a_revised_figure_holds_as_first_released(
    verdict: Callable[[str], Judgement], on_the_day: Callable[[str], Judgement]
) -> None:
    found = verdict("nspcc-2022-6156")
    assert found.verdict == Verdict.OTHER
    assert "6,275" in found.sentence
    assert on_the_day("nspcc-2022-6156").verdict == Verdict.CANNOT
    assert verdict("irish-news-northern-ireland-196").verdict == Verdict.OTHER


def test_half_on_snapchat_is_half_of_a_quarter(verdict: Callable[[str], Judgement]) -> None:
    found = verdict("protect-all-uk-snapchat-half")
    assert found.verdict == Verdict.OTHER
    assert "1,824 of 7,062" in found.sentence
    assert "12% to 87%" in found.sentence


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("walesonline-uk-41021", Verdict.HOLDS),
        ("walesonline-uk-up-86", Verdict.CONTRADICTED),
        ("cambrian-uk-up-89", Verdict.CAVEAT),
        ("onthewight-south-east-3936", Verdict.CAVEAT),
        ("onthewight-south-east-up-80", Verdict.HOLDS),
        ("nspcc-2022-up-84", Verdict.CONTRADICTED),
        ("nspcc-2022-27000", Verdict.HOLDS),
        ("buckingham-england-wales-up-36", Verdict.CAVEAT),
        ("nspcc-2020-meta-55", Verdict.HOLDS),
        ("belfast-telegraph-983", Verdict.HOLDS),
        ("nspcc-2023-last-five-years", Verdict.OTHER),
        ("lbc-uk-record", Verdict.HOLDS),
        ("cyp-now-record", Verdict.CANNOT),
        ("itv-uk-150-platforms", Verdict.CANNOT),
        ("walesonline-uk-meta-28", Verdict.CANNOT),
        ("glasgow-times-scotland-3234", Verdict.CANNOT),
        ("lancaster-lancashire-quadrupled", Verdict.OTHER),
        ("itv-uk-snapchat-26", Verdict.CANNOT),
        ("itv-uk-snapchat-more-than-a-quarter", Verdict.CAVEAT),
    ],
)
def test_verdicts_on_other_releases(
    verdict: Callable[[str], Judgement], name: str, expected: str
) -> None:
    assert verdict(name).verdict == expected


def test_what_is_possible_and_not_implied_does_not_hold(
    project: Project, ledger: dict[str, Claim], now: Cleaned
) -> None:
    """Wales recorded at least 1,753: 'over 2,500' is possible, and nothing implies it."""
    stated = Wordings.read(project).stated("over", "count", Decimal(2500))
    found = judge(replace(ledger["itv-wales-1753"], stated=stated), now)
    assert found.verdict == Verdict.CANNOT
    below = Wordings.read(project).stated("under", "count", Decimal(1500))
    found = judge(replace(ledger["itv-wales-1753"], stated=below), now)
    assert found.verdict == Verdict.CONTRADICTED


def test_every_verdict_is_a_sentence_with_what_it_rests_on(
    ledger: dict[str, Claim], now: Cleaned
) -> None:
    for claim in ledger.values():
        found = judge(claim, now)
        assert isinstance(found.verdict, Verdict)
        assert found.sentence.endswith(".")
        assert "nan" not in found.sentence
        assert ".." not in found.sentence
        rows = ledgers.rests_on(found, now)
        if found.reading is not None and claim.question.quantity != "years":
            assert len(rows), claim.name
            assert rows["source"].isin(now.observations["source"]).all()


def test_a_claim_is_never_its_own_evidence(ledger: dict[str, Claim], now: Cleaned) -> None:
    for claim in ledger.values():
        found = judge(claim, now)
        if found.reading is not None and found.reading.own:
            assert claim.worded, claim.name
            assert found.verdict in (
                Verdict.CAVEAT,
                Verdict.OTHER,
                Verdict.STRETCHED,
                Verdict.CONTRADICTED,
            ), claim.name


def test_changing_a_limit_changes_a_verdict(copy: Project) -> None:
    edit(
        copy.reference / "wordings.csv",
        "almost|nearly|close to,count,,percent,-5,0,-15,0",
        "almost|nearly|close to,count,,percent,-13,0,-15,0",
    )
    assert _judged(copy, "itv-wales-almost-2000").verdict == Verdict.CAVEAT


def test_a_wrong_number_in_the_ledger_is_contradicted(copy: Project) -> None:
    """A claim above what was recorded stays possible; one below it is wrong."""
    edit(
        copy.claims / "2023-08-15_itv-news-wales.yaml",
        "    value: 1753\n",
        "    value: 1735\n",
    )
    found = _judged(copy, "itv-wales-1753")
    assert found.verdict == Verdict.CONTRADICTED
    assert "at least 1,753" in found.sentence


def test_a_claim_about_a_region_without_figures_says_so(copy: Project) -> None:
    path = copy.claims / "2023-08-15_itv-news-wales.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "region: Wales", "region: London and South East", 1
    )
    path.write_text(text, encoding="utf-8")
    found = _judged(copy, "itv-wales-1753")
    assert found.verdict == Verdict.CONTRADICTED
    nowhere = text.replace("region: London and South East", "region: City of London", 1)
    path.write_text(nowhere, encoding="utf-8")
    found = _judged(copy, "itv-wales-1753")
    assert found.verdict == Verdict.CANNOT
    assert "no other release prints it" in found.sentence


def _judged(project: Project, name: str) -> Judgement:
    loaded = load(project)
    claims = {claim.name: claim for claim in read_claims(project, loaded)}
    return judge(claims[name], clean(project, loaded, None))


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        ("value: 1753", "value: 17,53", "value", "claims.0.value"),
        ("value: 1753", "value: -1753", "value", "below zero"),
        ("value: 1753", "value: 17.53", "value", "not a whole number"),
        ("value: 26\n", "value: 126\n", "value", "a share above 100 percent"),
        ("wording: over", "wording: ovre", "wording", "unknown wording 'ovre': did you mean"),
        ("wording: over\n    value: 34000", "wording: over", "wording", "give a value"),
        ("quantity: platforms named", "quantity: platform named", "quantity", "did you mean"),
        (
            "claim: itv-uk-girls-83",
            "claim: itv-wales-1753",
            "claim",
            "is already in",
        ),
        ("source: nspcc-2023-08/itv-news-wales", "source: nspcc-2023-08/itv", "source", "did you"),
        ("  - claim: itv-uk-150-platforms\n", "  - claim: x\n    colour: red\n", "colour", "Known"),
    ],
)
def test_a_ledger_that_is_wrong_names_file_row_and_field(
    copy: Project, old: str, new: str, field: str, said: str
) -> None:
    path = copy.claims / "2023-08-15_itv-news-wales.yaml"
    row = edit(path, old, new)
    with pytest.raises(DataError) as caught:
        read_claims(copy, load(copy))
    message = str(caught.value)
    assert path.name in message
    assert said in message
    assert field in message
    if field in ("wording", "quantity") or "value: -" in new or "126" in new:
        assert f"row {row}" in message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("region: Wales", "region: Wlaes", "unknown region 'Wlaes': did you mean 'Wales'"),
        ("years: 2017/18:2022/23", "years: 2017/19", "2017/19"),
        ("years: 2017/18:2022/23", "years: 2031/32", "lies outside the data"),
        ("subject: under 12", "subject: under 21", "unknown group of victims"),
        ("basis: all", "basis: some", "basis"),
        ("basis: all\n    ", "", "must be one of known, all"),
        ("subject: Snapchat", "subject: Snapchta", "unknown platform 'Snapchta': did you mean"),
    ],
)
def test_a_claim_about_what_does_not_exist(copy: Project, old: str, new: str, said: str) -> None:
    path = copy.claims / "2023-08-15_itv-news-wales.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_claims(copy, load(copy))


def test_a_ledger_is_named_after_the_date_of_its_page(copy: Project) -> None:
    path = copy.claims / "2023-08-15_itv-news-wales.yaml"
    path.rename(path.with_name("2023-08-16_itv-news-wales.yaml"))
    with pytest.raises(DataError, match="must begin with the date of its page: 2023-08-15_"):
        read_claims(copy, load(copy))


def _flipped(loaded: Loaded, row: dict[str, object], number: float) -> Loaded:
    """Return the figures with one printed cell changed."""
    table = loaded.observations.copy()
    at = (table["file"] == row["file"]) & (table["row"] == row["row"])
    at &= table["column"] == row["column"]
    assert at.sum() == 1
    half = 0.5 if table.loc[at, "unit"].iloc[0] == "percent" else 0.0
    figures = ["value", "lower", "upper"]
    table.loc[at, figures] = [number, number - half, number + half]
    table.loc[at, ["status", "printed"]] = ["reported", f"{number:g}"]
    return replace(loaded, observations=table)


def _every_flip_shows(project: Project, loaded: Loaded, claims: list[Claim], now: Cleaned) -> None:
    """Change each figure in turn: up, then down; the verdict or its argument must follow."""
    before = {claim.name: judge(claim, now) for claim in claims}
    by_row: dict[tuple[object, ...], list[Claim]] = {}
    rows: dict[tuple[object, ...], dict[str, object]] = {}
    for claim in claims:
        for row in ledgers.rests_on(before[claim.name], now).to_dict("records"):
            key = (row["file"], row["row"], row["column"])
            rows[key] = {str(k): v for k, v in row.items()}
            by_row.setdefault(key, []).append(claim)
    assert rows
    for key, concerned in by_row.items():
        printed = str(rows[key]["printed"]).replace(",", "")
        value = float(printed) if printed.replace(".", "").isdigit() else 40.0
        share = "pct" in str(rows[key]["measure"])
        flips = (value / 2, 99.0) if share else (3 * value + 7, value // 3)
        changed = [clean(project, _flipped(loaded, rows[key], round(n)), None) for n in flips]
        for claim in concerned:
            was = before[claim.name]
            after = [judge(claim, cleaned) for cleaned in changed]
            assert all(v.sentence != was.sentence for v in after), (claim.name, key)
            if was.verdict in (Verdict.HOLDS, Verdict.CAVEAT):
                seen = {(v.verdict, v.caveats) for v in after}
                assert seen != {(was.verdict, was.caveats)}, (claim.name, key)


def test_changing_a_figure_changes_the_verdicts_of_the_broadcast(
    project: Project, loaded: Loaded, ledger: dict[str, Claim], now: Cleaned
) -> None:
    names = ("itv-uk-over-34000", "itv-uk-meta-47", "walesonline-wales-554")
    _every_flip_shows(project, loaded, [ledger[name] for name in names], now)


@pytest.mark.heavy
def test_changing_any_figure_changes_the_verdict_or_its_caveat(
    project: Project, loaded: Loaded, ledger: dict[str, Claim], now: Cleaned
) -> None:
    decided = [c for c in ledger.values() if judge(c, now).verdict != Verdict.CANNOT]
    _every_flip_shows(project, loaded, decided, now)


def test_the_ledger_of_a_region_tells_then_from_now(
    project: Project, loaded: Loaded, ledger: dict[str, Claim], now: Cleaned
) -> None:
    wales = ledger["itv-wales-1753"].question.place
    ours = ledgers.about(list(ledger.values()), wales, BROADCAST)
    assert {claim.question.place.name for claim in ours} == {"Wales"}
    assert max(claim.published for claim in ours) <= BROADCAST
    table, readings, rows = ledgers.tables(ours, now, lambda day: clean(project, loaded, day))
    held = table.set_index("claim").loc["itv-wales-1753"]
    assert (held["verdict"], held["on_the_day"]) == (Verdict.CAVEAT, Verdict.CANNOT)
    assert set(readings["claim"]) == set(table["claim"])
    assert (ROOT / rows["file"].iloc[0]).is_file()
    assert isinstance(rows, pd.DataFrame)


def test_every_ledger_file_is_read(ledger: dict[str, Claim]) -> None:
    files = {path.name for path in Path(ROOT / "data" / "claims").glob("*.yaml")}
    assert {Path(claim.file).name for claim in ledger.values()} == files


def test_questions_name_places_of_the_charity(ledger: dict[str, Claim]) -> None:
    question = ledger["onthewight-south-east-3936"].question
    assert isinstance(question, Question)
    assert question.place.kind == "nspcc region"
