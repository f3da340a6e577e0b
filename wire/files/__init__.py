"""People's files: YAML 1.2 -> values of a Struct, or every Problem with file:line:column.

text -> nodes (with marks) -> plain values -> checked against the type -> Struct

YAML 1.2's core schema is resolved here, on PyYAML's scanner: `NO` is Norway, 22:00 a string.
Nothing is silently ignored: unknown and duplicate keys are Problems, and all are found in one reading.
"""

from wire.files.fitting import check, load, misfit
from wire.files.problems import Document, Path_, Problem, Problems, suggest
from wire.files.reading import read, read_text

__all__ = ["Document", "Path_", "Problem", "Problems", "check", "load", "misfit", "read", "read_text", "suggest"]
