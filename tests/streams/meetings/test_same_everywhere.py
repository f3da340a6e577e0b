"""Two processes read an article alike: nothing hangs on the order of a set, which differs from one to the other."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
READ = """
import sys, msgspec
from pathlib import Path
from streams.languages import LANGUAGES
from streams.lexicon import Lexicon
from streams.meetings import meetings
from streams.meetings.gold import read_gold
lexicon = Lexicon.compile(Path("config/lexicon"))
for code in ("kk", "ar"):
    for gold in read_gold(Path(f"tests/corpus/open-2/{code}.jsonl").read_text(encoding="utf-8").splitlines()):
        read = meetings(gold.article, LANGUAGES[code].text(gold.article.body), lexicon)
        sys.stdout.buffer.write(msgspec.json.encode([read.meetings, read.refused, read.credits]) + b"\\n")
"""


def _read(hash_seed: int) -> bytes:
    settings = {**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", READ], cwd=ROOT, env=settings, capture_output=True, check=True)
    return done.stdout


def test_an_article_says_the_same_in_every_process() -> None:
    first, second = _read(1), _read(2)
    assert first.count(b"\n") > 50
    assert first == second
