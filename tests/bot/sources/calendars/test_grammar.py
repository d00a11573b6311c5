"""Dates as pages of many languages write them, and texts that only look like one."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.sources.calendars.ages import is_age
from bot.sources.calendars.grammar import Order, locate, read

AFTERNOON = datetime.fromisoformat("2020-05-05T15:14")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("May 5, 2020 at 3:14 pm", "en"),
        ("5 May 2020 at 3:14PM", "en"),
        ("Tuesday May 05, 2020 @03:14PM", "en"),
        ("May 5th, 2020 at 3:14 p.m.", "en"),
        ("5-May-20 15:14", "en"),
        ("15:14 on 5 May 2020", "en"),
        ("5. Mai 2020 um 15:14 Uhr", "de"),
        ("Dienstag, 5. Mai 2020, 15:14", "de"),
        ("05.05.20, 15:14", "de"),
        ("05.05, 2020 @ 15:14", "de"),
        ("5 mai 2020 à 15 h 14 min", "fr"),
        ("Le mardi 5 mai 2020, 15h14", "fr"),
        ("mar 5 mai 2020 15:14", "fr"),
        ("5 mayo, 2020 a las 3:14 pm", "es"),
        ("5 de mayo de 2020, 3:14 p. m.", "es"),
        ("5 de maio de 2020 às 15:14", "pt"),
        ("5 Maggio 2020 alle 15:14", "it"),
        ("5 mei 2020 om 15:14", "nl"),
        ("5 maja 2020 o 15:14", "pl"),
        ("5. 5. 2020 (15:14)", "cs"),
        ("5. května 2020 v 15.14", "cs"),
        ("5 мая 2020 в 15:14", "ru"),
        ("5-го мая 2020 г. 15:14", "ru"),
        ("5 травня 2020 о 15:14", "uk"),
        ("5 Μαΐου 2020 στις 3:14 μμ", "el"),
        ("5 Mayıs 2020 tarihinde, saat 15:14", "tr"),
        ("5 مايو، 2020 الساعة 3:14 م", "ar"),
        ("5 أيار 2020 الساعة 3:14 م", "ar"),
        ("٥ مايو ٢٠٢٠ ١٥:١٤", "ar"),
        ("5 במאי 2020 בשעה 15:14", "he"),
        ("۵ می ۲۰۲۰ در ۱۵:۱۴", "fa"),
        ("۱۶ اردیبهشت ۱۳۹۹ در ۱۵:۱۴", "fa"),
        ("5 मई 2020 को 3:14 अपराह्न", "hi"),
        ("2020年5月5日 下午3:14", "zh"),
        ("五月 5th, 2020 15:14", "zh"),
        ("2020年05月05日(火) 15時14分", "ja"),
        ("2020년 5월 5일, 오후 3:14", "ko"),
        ("2020.05.05 15:14", "ko"),
        ("5 Tháng Năm, 2020 lúc 3:14 chiều", "vi"),
        ("5 tháng 5, 2020 15:14", "vi"),
        ("5 Mei 2020 pukul 15.14", "id"),
        ("5. toukokuuta 2020 klo 15.14", "fi"),
        ("5 maj, 2020 kl. 15:14", "sv"),
        ("5. maj 2020 kl. 15:14", "da"),
        ("2020. május 5., 15:14", "hu"),
        ("5 mai 2020 la 15:14", "ro"),
        ("2020 m. gegužės 5 d. 15:14", "lt"),
        ("5 พฤษภาคม 2563 เวลา 15:14", "th"),
    ],
)
def test_a_date_is_read_in_the_language_of_its_page(text: str, language: str) -> None:
    dated = read(text, order="DMY", language=language)
    assert dated is not None
    assert dated.moment == AFTERNOON


@pytest.mark.parametrize("text", ["5 maja 2020 15:14", "5 de mayo de 2020 15:14", "5 мая 2020 15:14", "5 במאי 2020 15:14", "5 Mayıs 2020 15:14"])  # fmt: skip
@pytest.mark.parametrize("language", [None, "en"])
def test_a_page_may_name_no_language_or_the_wrong_one(text: str, language: str | None) -> None:
    dated = read(text, order="DMY", language=language)
    assert dated is not None
    assert dated.moment == AFTERNOON


@pytest.mark.parametrize(("language", "month"), [("pl", 11), ("cs", 11), ("hr", 10)])
def test_a_month_is_that_of_the_page_s_language(language: str, month: int) -> None:
    dated = read("5 listopad 2020", order="DMY", language=language)
    assert dated is not None
    assert dated.moment == date(2020, month, 5)


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("03/04/2020", "DMY", date(2020, 4, 3)),
        ("03/04/2020", "MDY", date(2020, 3, 4)),
        ("03.04.2020", "MDY", date(2020, 4, 3)),
        ("03-04-2020", "MDY", date(2020, 3, 4)),
        ("04/13/2020", "DMY", date(2020, 4, 13)),
        ("13/04/2020", "MDY", date(2020, 4, 13)),
        ("2020/04/03", "MDY", date(2020, 4, 3)),
    ],
)
def test_the_page_tells_which_number_is_the_month(text: str, order: Order, expected: date) -> None:
    dated = read(text, order=order, language="en")
    assert dated is not None
    assert dated.moment == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 May 2020 12:05 am", datetime.fromisoformat("2020-05-05T00:05")),
        ("5 May 2020 12:05 pm", datetime.fromisoformat("2020-05-05T12:05")),
        ("5 May 2020 00:05", datetime.fromisoformat("2020-05-05T00:05")),
        ("2020-05-05 15:14 (UTC)", datetime(2020, 5, 5, 15, 14, tzinfo=UTC)),
        (
            "Tue, 05 May 2020 15:14:09 +0200",
            datetime(2020, 5, 5, 15, 14, 9, tzinfo=timezone(timedelta(hours=2))),
        ),
        (
            "Tue May 05 15:14:09 CEST 2020",
            datetime(2020, 5, 5, 15, 14, 9, tzinfo=timezone(timedelta(hours=2))),
        ),
        ("5 May 2020", date(2020, 5, 5)),
    ],
)
def test_hours_and_zones_are_kept_as_they_are_written(text: str, expected: date) -> None:
    dated = read(text, order="MDY", language="en")
    assert dated is not None
    assert dated.moment == expected


@pytest.mark.parametrize("text", ["5 May", "May 5 at 3:14 pm", "5月5日 15:14"])
def test_a_date_without_a_year_is_one_without_a_day(text: str) -> None:
    dated = read(text, order="DMY", language=None)
    assert dated is not None
    assert dated.moment is None


@pytest.mark.parametrize(
    "text",
    ["Page 5 of 2020", "May 2020", "On May 5 the list closes", "31/02/2020", "5 May 2020 25:14", "5 May 2020 7", "May Day 5", "12 hours", "2020", "", "5 May 1931"],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert read(text, order="DMY", language="en") is None


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        ("Submitted by Ada (not verified) on Tue, 05/05/2020 - 15:14.", "Submitted by Ada (not verified", "."),
        ("1. Le mardi 5 mai 2020, 15:14 par Ada", "1.", " par Ada"),
        ("Agent 47 on 5 May 2020 15:14", "Agent 47", ""),
        ("June May 5, 2020 15:14", "June", ""),
        ("D. 5. Mai 2020, 15:14 Uhr a. D.", "D. ", "D."),
        ("Ada | 5. Mai 2020 um 15:14 Uhr | Antworten", "Ada | ", " | Antworten"),
        ("#12 Ada, 05.05.2020 15:14", "#12 Ada, ", ""),
    ],
)  # fmt: skip
def test_a_date_is_found_within_a_line(line: str, before: str, after: str) -> None:
    located = locate(line, order="DMY", language=None)
    assert located is not None
    assert located.moment in {AFTERNOON, AFTERNOON.date()}
    assert line[: located.start].strip(" )|.") == before.strip(" )|.")
    assert line[located.end :].strip(" )|.") == after.strip(" )|.")


@pytest.mark.parametrize(
    "text",
    ["3 years ago", "a year ago", "3y", "5 h", "vor 3 Jahren", "vor einem Jahr", "gestern, 15:14 Uhr", "il y a environ 2 ans", "hace 3 años", "há 2 dias", "3 anni fa", "3 jaar geleden", "3 lata temu", "před 3 lety", "3 года назад", "3 роки тому", "πριν από 3 χρόνια", "3 yıl önce", "منذ 3 سنوات", "قبل سنتين", "۳ سال پیش", "לפני 3 שנים", "3 वर्ष पहले", "3年前", "3 年前", "3년 전", "3 năm trước", "3 tahun yang lalu", "3 vuotta sitten", "för 3 år sedan", "for 3 år siden", "3 éve", "acum 3 ani", "3 ปีที่แล้ว", "· 613 weeks ago"],
)  # fmt: skip
def test_an_age_is_a_time_without_a_day(text: str) -> None:
    assert is_age(text)


@pytest.mark.parametrize("text", ["5 apples", "A year", "Bo", "May", "la", "4,000 years", "2 days ago at noon", "3 comments", "year 2020", "12", "today 12"])  # fmt: skip
def test_what_is_no_age_is_none(text: str) -> None:
    assert not is_age(text)
