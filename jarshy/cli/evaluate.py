"""`jarshy evaluate`: how well the languages, the meetings and the stories are read, against gold."""

import click


@click.group()
def evaluate() -> None:
    """Measure forms, meetings and stories against files with the right answers."""
