"""The moment a feed or a page writes down, in any of the ways they do."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

LONGEST = 100
EARLIEST_YEAR = 1990
"""Before it, a date means "no date": 0001-01-01 and 1970-01-01 are what empty fields turn into."""

_MONTHS = (
    "jan січ янв сту sty",
    "feb лют фев lut",
    "mar бер мар сак",
    "apr кві апр кра kwi",
    "may тра май мая maj",
    "jun чер июн чэр cze",
    "jul лип июл ліп",
    "aug сер авг жні sie",
    "sep вер сен wrz",
    "oct жов окт кас paź paz",
    "nov лис ноя ліс lis",
    "dec гру дек сне gru",
)
_BY_NAME = {name: month for month, names in enumerate(_MONTHS, 1) for name in names.split()}
_BY_NAME |= {"lip": 7}

_ZONES = {
    name: timezone(timedelta(hours=hours))
    for hours, names in {
        0: "ut utc gmt z wet",
        1: "cet bst west",
        2: "eet cest",
        3: "eest msk",
        -4: "edt",
        -5: "est cdt",
        -6: "cst mdt",
        -7: "mst pdt",
        -8: "pst",
    }.items()
    for name in names.split()
}

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:[.,]\d{1,9})?"
_HALF = r"(?:\s*(?P<half>[aApP])\.?[mM]\b\.?)?"
_ZONE = r"\s*\(?(?P<zone>(?:GMT|UTC)?[+-]\d{1,2}:?(?:\d{2})?|[A-Za-z]{1,5}\b)?"
_GAP = r"[\s,T]*+(?:(?:року|года|роки|р|г)\b\.?)?+[\s,]*+(?:(?:об|о|в|at|o|godz)\b\.?)?+\s*+"
_TIME = rf"(?:{_GAP}{_CLOCK}{_HALF}{_ZONE})?"
_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?" + _TIME),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})[\s.-]+(?P<name>[^\W\d_]{3,12})\.?,?[\s-]+(?P<year>\d{4}|\d{2})(?!\d)" + _TIME),
    re.compile(r"(?P<name>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + _TIME),
    re.compile(
        r"(?P<name>[A-Z][a-z]{2})\s+(?P<day>\d{1,2})\s+" + _CLOCK + r"\s+(?:(?P<zone>[A-Z]{1,5})\s+)?(?P<year>\d{4})"
    ),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})" + _TIME),
)
_USUAL = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(?P<day>\d{1,2}) (?P<name>[A-Z][a-z]{2}) (?P<year>\d{4}) "
    r"(?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2}) (?P<zone>[+-]\d{4}|[A-Z]{1,4})"
)
"""How nine feeds of ten write it (RFC 822): the others are searched for what might be meant."""
_EPOCH = re.compile(r"\d{9,10}")


def parse_date(written: str | None, *, zone: tzinfo | None) -> datetime | None:
    """The moment in UTC, or `None` where there is none to read.

    A date that names no zone is taken in `zone`; without one it is no moment.
    """
    text = (written or "").strip()[:LONGEST]
    if usual := _USUAL.fullmatch(text):
        return _moment(usual.groupdict(), zone)
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC)
    for form in _FORMS:
        found = form.search(text)
        moment = _moment(found.groupdict(), zone) if found else None
        if moment is not None:
            return moment
    return None


def tells_the_minute(written: str | None) -> bool:
    """Whether a clock's time stands there, not the day alone."""
    return bool(re.search(_CLOCK, (written or "")[:LONGEST])) or bool(_EPOCH.fullmatch((written or "").strip()))


def _moment(parts: dict[str, str | None], default_zone: tzinfo | None) -> datetime | None:
    month = _month(parts)
    year = _year(parts["year"] or "")
    zone = _zone(parts.get("zone"), default_zone)
    if month is None or zone is None or year < EARLIEST_YEAR:
        return None
    hour = _hour(int(parts["hour"] or 0), parts.get("half"))
    second = min(int(parts["second"] or 0), 59)  # a leap second is a second late, not a wrong date
    try:
        day, minute = int(parts["day"] or 1), int(parts["minute"] or 0)
        moment = datetime(year, month, day, hour % 24, minute, second, tzinfo=zone)
        return (moment + timedelta(days=hour // 24) if hour >= 24 else moment).astimezone(
            UTC
        )  # 24:00 is the next day's
    except (ValueError, OverflowError):
        return None


def _month(parts: dict[str, str | None]) -> int | None:
    name = parts.get("name")
    if name is None:
        return int(parts.get("month") or 0)
    folded = name.lower()
    if not folded.isascii():
        folded = folded.replace("i", "і")  # the Latin letter slips in from the keyboard
    return _BY_NAME.get(folded[:3])


def _year(written: str) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _zone(written: str | None, default: tzinfo | None) -> tzinfo | None:
    """ "GMT+0200" is meant as +02:00 wherever feeds write it."""
    name = (written or "").lower()
    if len(name) > 3 and name[:3] in ("gmt", "utc"):
        name = name[3:]
    if name[:1] in ("+", "-"):
        return _offset(name)
    return _ZONES.get(name, default)


@lru_cache(maxsize=256)
def _offset(written: str) -> tzinfo:
    digits = written[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if written[0] == "-" else offset)
