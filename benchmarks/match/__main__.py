"""`make bench-match`: what rules cost, and what recognising costs, in a table or as JSON."""

import tempfile
from pathlib import Path

import click
from rich.console import Console

from benchmarks.match import measure, recognition, setting, show
from benchmarks.match.articles import articles
from benchmarks.match.figures import Figures, Recognising, Sized
from benchmarks.match.memory import peak
from streams.lexicon import Lexicon
from streams.pipeline import Pipeline

SIZES = (10, 100, 1_000, 10_000)
LEMMAS = 20_000


@click.command()
@click.option("--articles", "count", default=150, show_default=True, help="Articles, a third in each language.")
@click.option("--repeat", default=5, show_default=True, help="Passes, of which the median is shown.")
@click.option("--seed", default=1, show_default=True, help="Another seed, other articles and rules.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def main(count: int, repeat: int, seed: int, *, as_json: bool) -> None:
    """Measure what judging costs at 10, 100, 1,000 and 10,000 rules, and what recognising costs."""
    says = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="jarshy-bench-") as scratch, says.status("compiling the lexicon") as status:
        lexicon = Lexicon.compile(setting.CONFIG / "lexicon")
        named = setting.named_topics(LEMMAS, seed)
        status.update("writing articles")
        told = measure.apart(setting.told, lexicon, named, count, seed)
        folders = {size: setting.folder(Path(scratch), lexicon, named, size, seed) for size in SIZES}
        status.update("measuring peak memory")
        memory = measure.afresh(peak, folders[SIZES[-1]], told)
        loaded = {}
        for size in SIZES:
            status.update(f"loading {size:,} rules")
            loaded[size] = setting.loaded(folders[size], lexicon)
        status.update("judging")
        dictionary = {lemma: 1 for topic in named for lemmas in topic.written().values() for lemma in lemmas}
        passes = {"bare": measure.bare(dictionary)}
        passes |= {str(size): measure.judging(each.rules) for size, each in loaded.items()}
        costs = measure.costs(passes, told, repeat)
        largest = loaded[SIZES[-1]].rules
        spent = measure.apart(measure.stages, largest, told, repeat)
        sized = {
            size: Sized.of(
                costs[str(size)], loaded[size].seconds, measure.apart(measure.hits, loaded[size].rules, told)
            )
            for size in SIZES
        }
        status.update("recognising")
        pipeline = Pipeline(lexicon, loaded[SIZES[0]].rules)
        recognising = []
        for ours in (True, False):
            texts = articles(lexicon, named, count, seed + 1, ours=ours)
            pace = measure.apart(recognition.pace, pipeline, texts, repeat)
            recognising.append(Recognising.of(ours, texts, pace, measure.apart(recognition.where, pipeline, texts)))
    figures = Figures(count, costs["bare"], sized, spent, memory, tuple(recognising))
    show.as_json(figures) if as_json else show.table(figures)


if __name__ == "__main__":
    main()
