"""Dates as the Hub writes them: UTC, milliseconds, a Z at the end. They sort as text."""

from datetime import UTC, datetime


def timestamp(date: datetime | None = None) -> str:
    """`date` (default: now; a naive one is taken for UTC) as `2026-11-22T15:30:00.000Z`."""
    if date is None:
        date = datetime.now(UTC)
    elif date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{date.microsecond // 1000:03}Z"
