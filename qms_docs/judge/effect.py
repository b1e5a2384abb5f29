"""When a revision takes effect (ISO 9001:2015, 7.5.3.1), and which instant a day means."""

from datetime import date, datetime, time, timedelta, tzinfo


def effective(declared: str, landed: datetime, zone: tzinfo) -> datetime:
    """Return the instant from which a released text is in force.

    `declared` is `on-release`, `+N days` or a date-time with offset. Days begin at midnight in the
    manual's time zone. Nothing takes effect before it lands, so a late approval needs no edit.
    """
    if declared == "on-release":
        return landed
    if declared.startswith("+"):
        days = int(declared.removeprefix("+").split()[0])
        day = landed.astimezone(zone).date() + timedelta(days=days)
        return max(landed, datetime.combine(day, time(), zone))
    return max(landed, datetime.fromisoformat(declared))


def instant_of(when: date, zone: tzinfo) -> datetime:
    """Return the instant that somebody asks about: a day means its end in the manual's time zone.

    A `datetime` is a date too, and already says which instant is meant.
    """
    return when if isinstance(when, datetime) else datetime.combine(when, time.max, zone)
