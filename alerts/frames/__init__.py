"""The words around what an alert tells: one table for each language a desk may be addressed in."""

from alerts.frames.arabic import ARABIC
from alerts.frames.english import ENGLISH
from alerts.frames.kazakh import KAZAKH
from alerts.frames.polish import POLISH
from alerts.frames.shape import NO_BREAK, Frame

FRAMES: dict[str, Frame] = {"kk": KAZAKH, "pl": POLISH, "ar": ARABIC, "en": ENGLISH}

__all__ = ["FRAMES", "NO_BREAK", "Frame"]
