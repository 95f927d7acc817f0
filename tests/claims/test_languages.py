"""How English and Welsh write numbers, dates, places and lists."""

from __future__ import annotations

import datetime

import pytest
from helpers.projects import edit

from offences.claims.languages import LANGUAGES, Language, Phrase, read_phrases
from offences.errors import DataError
from offences.project import Project
from offences.reference.periods import Period
from offences.releases.load import Loaded


@pytest.fixture
def english(project: Project) -> Language:
    return Language("english", read_phrases(project))


@pytest.fixture
def welsh(project: Project) -> Language:
    return Language("welsh", read_phrases(project))


def test_every_phrase_is_there_in_each_language(project: Project) -> None:
    assert LANGUAGES == ("english", "welsh")
    phrases = read_phrases(project)
    assert phrases["name.girls"].welsh == "Merched"
    assert all(phrase.english and phrase.welsh for phrase in phrases.values())


@pytest.mark.parametrize(
    ("region", "in_english", "in_welsh"),
    [
        ("Wales", "in Wales", "yng Nghymru"),
        ("UK", "in the UK", "yn y DU"),
        ("South East", "in the South East", "yn Ne-ddwyrain Lloegr"),
        ("Gwent", "in Gwent", "yng Ngwent"),
        ("Kent", "in Kent", "yn ardal Kent"),
    ],
)
def test_a_place_has_its_preposition(
    english: Language, welsh: Language, loaded: Loaded, region: str, in_english: str, in_welsh: str
) -> None:
    for scheme in ("ons", "nspcc"):
        place = loaded.vocabulary.places.asked_for(region, scheme)
        assert (english.place(place), welsh.place(place)) == (in_english, in_welsh)


def test_a_name_is_translated_where_it_has_a_translation(
    english: Language, welsh: Language
) -> None:
    assert (english.named("girls"), welsh.named("girls")) == ("Girls", "Merched")
    assert (english.named("South Wales"), welsh.named("South Wales")) == (
        "South Wales", "De Cymru",
    )  # fmt: skip
    assert welsh.named("Snapchat") == "Snapchat"


@pytest.mark.parametrize(
    ("period", "in_english"),
    [
        ("2017/18", "2017/18"),
        ("2017/18..2022/23", "2017/18 to 2022/23"),
        ("2017-04..2018-09", "April 2017 to September 2018"),
    ],
)
def test_years_are_written_as_a_reader_says_them(
    english: Language, period: str, in_english: str
) -> None:
    assert english.years(Period.parse(period)) == in_english


def test_years_in_a_sentence_have_their_preposition(english: Language, welsh: Language) -> None:
    span, months = Period.parse("2017/18..2022/23"), Period.parse("2017-04..2017-12")
    assert english.in_years(Period.parse("2017/18")) == "in 2017/18"
    assert english.in_years(span) == "from 2017/18 to 2022/23"
    assert welsh.in_years(span) == "rhwng 2017/18 a 2022/23"
    assert "April 2017" in english.in_years(months)
    assert "December 2017" in english.in_years(months)
    assert "Ebrill 2017" in welsh.in_years(months)
    assert "Rhagfyr 2017" in welsh.in_years(months)


def test_a_date_has_the_month_of_its_language(english: Language, welsh: Language) -> None:
    day = datetime.date(2023, 8, 15)
    assert (english.date(day), welsh.date(day)) == ("15 August 2023", "15 Awst 2023")


def test_lists_end_in_and_in_english_and_have_semicolons_in_welsh(
    english: Language, welsh: Language
) -> None:
    names = ["Gwent", "South Wales", "Dyfed-Powys"]
    assert english.listed(names) == "Gwent, South Wales and Dyfed-Powys"
    assert welsh.listed(names) == "Gwent; De Cymru; Dyfed-Powys"
    pairs = [("Gwent", "2020/21"), ("South Wales", "2022/23")]
    assert english.force_years(pairs) == "Gwent 2020/21 and South Wales 2022/23"
    assert welsh.force_years(pairs) == "Gwent 2020/21; De Cymru 2022/23"


def phrase(english: str, welsh: str, reviewer: str = "") -> Phrase:
    """Return a SIMULATED phrase."""
    return Phrase(
        file="phrases.csv", line=2, phrase="p", english=english, welsh=welsh, note="",
        reviewed_by=reviewer, reviewed_on="2026-11-24" if reviewer else "",
    )  # fmt: skip


def test_values_are_formatted_and_text_is_kept() -> None:
    """SIMULATED: a phrase with a number and a name."""
    language = Language("english", {"p": phrase("{count} in {place}", "{place}: {count}")})
    assert language.say("p", count=1753, place="Wales") == "1,753 in Wales"
    assert language.say("p", count=12.0, place="2017") == "12 in 2017"
    other = Language("welsh", language.phrases)
    assert other.say("p", count=1753, place="Wales") == "Wales: 1,753"


def test_only_phrases_that_were_said_count_as_unreviewed() -> None:
    """SIMULATED: one phrase reviewed, one not, one never said."""
    phrases = {"a": phrase("A", "A", "A. Reader"), "b": phrase("B", "B"), "c": phrase("C", "C")}
    language = Language("welsh", phrases)
    assert language.unreviewed == 0
    language.say("a")
    language.say("b")
    language.say("b")
    assert (language.unreviewed, language.used) == (1, {"a", "b"})


def test_two_languages_do_not_share_what_they_said(english: Language, welsh: Language) -> None:
    english.say("name.girls")
    assert welsh.used == set()


def test_a_phrase_that_is_there_twice_is_refused(copy: Project) -> None:
    edit(
        copy.reference / "phrases.csv",
        "name.girls,Girls,Merched,,,\n",
        "name.girls,Girls,Merched,,,\nname.girls,Girls,Merched,,,\n",
    )
    with pytest.raises(DataError, match="phrases.csv.*name.girls"):
        read_phrases(copy)


def test_a_phrase_without_its_welsh_is_refused(copy: Project) -> None:
    row = edit(
        copy.reference / "phrases.csv", "name.girls,Girls,Merched,,,", "name.girls,Girls,,,,"
    )
    with pytest.raises(DataError, match=f"phrases.csv, row {row}, column 'welsh'"):
        read_phrases(copy)


def test_a_misspelt_value_gets_a_hint(copy: Project) -> None:
    edit(
        copy.reference / "phrases.csv",
        "Hynny yw {count} o'r {base}.",
        "Hynny yw {cuont} o'r {base}.",
    )
    with pytest.raises(DataError, match="has count, cuont in one language only: did you mean 'c"):
        read_phrases(copy)
