"""The forms that a lemma accepts, to be shown: stems x endings, those whose kinds meet."""

from collections.abc import Iterator

from streams.languages import Language, Pos


def accepted(language: Language, word: str, pos: Pos | None = None) -> Iterator[str]:
    """The forms that a lemma word accepts, folded; of a Kazakh verb there are some ten thousand."""
    seen: set[str] = set()
    for each in (pos,) if pos else language.guess(word):
        for key, wanted in sorted(language.stems(word, each)):
            for before, after, kinds in language.endings():
                form = before + key + after
                if kinds & wanted and form not in seen:
                    seen.add(form)
                    yield form
