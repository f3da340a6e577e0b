"""The real commands in this process, on configuration folders that a test writes, and on the shipped one."""

import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from jarshy.cli import main

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "config"


def run(*arguments: str | Path, config: Path = SHIPPED, stdin: str | bytes | None = None, **environ: str) -> Result:
    """Run `jarshy ARGUMENTS`; standard output and standard error are told apart."""
    environment = {"JARSHY_CONFIG": str(config), "COLUMNS": "200", **environ}
    result = CliRunner(env=environment).invoke(main, [str(each) for each in arguments], input=stdin)
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def written(folder: Path, **files: str) -> Path:
    """Return a configuration folder with the shipped lexicon and these files: `rules_mine` is rules/mine.yaml."""
    config = folder / "config"
    if not config.exists():
        shutil.copytree(SHIPPED / "lexicon", config / "lexicon")
        (config / "rules").mkdir()
        shutil.copy(SHIPPED / "desks.yaml", config / "desks.yaml")
    for name, text in files.items():
        (config / (name.replace("_", "/") + ".yaml")).write_text(text, encoding="utf-8")
    return config
