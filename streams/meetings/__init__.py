"""Recognised text -> the bilateral meetings that an article reports, each with its evidence, and why not."""

from streams.meetings.recognition import Recognition, meetings

__all__ = ["Recognition", "meetings"]
