"""`investbot bench …`: how fast and how right it is."""

import json
import signal
from pathlib import Path

import click

from bot.command import find_settings, show_progress


@click.group()
def bench() -> None:
    """Measure how fast it is."""
    # Told to end, it ends what it has started and removes what it has written, as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


workers_on_option = click.option(
    "--workers-on", metavar="URL", help="An empty database that workers share, e.g. on PostgreSQL."
)


@bench.command(name="bot")
@click.option(
    "--updates", default=2000, show_default=True, type=click.IntRange(10), help="How many are sent in a run."
)
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 16), help="How many processes answer."
)
@click.option("--way", type=click.Choice(["polling", "webhook"]), help="Only this way.")
@click.option(
    "--varied",
    is_flag=True,
    help="Questions of which none comes again soon; of a tenth the meaning is looked up.",
)
@click.option("--memory", is_flag=True, help="Only what it holds in memory, after each tenth of the updates.")
@click.option("--json", "as_json", is_flag=True, help="As data, a line each.")
@workers_on_option
def bench_bot(
    updates: int,
    workers: int,
    way: str | None,
    varied: bool,
    memory: bool,
    as_json: bool,
    workers_on: str | None,
) -> None:
    """Updates a second through the running bot, one reply each, beside python-telegram-bot alone.

    Example: investbot bench bot --updates 500 --way webhook --json
    """
    from bot.benchmark.folder import own_folder
    from bot.benchmark.updates import WAYS, describe, find_questions, find_varied, grow, measure
    from bot.startup import open_built
    from knowledge.asking.asker import Asker

    with own_folder() as folder:
        url = workers_on or f"sqlite:///{folder}/bot.db"
        engine = open_built(find_settings(database_url=url), show_progress)
        rates = []
        asker = Asker(engine)
        questions = (find_varied if varied else find_questions)(asker)
        if memory:
            for answered, held in grow(engine, questions, updates, workers, way or WAYS[0]):
                told = {"answered": answered, "memory": round(held, 1)}
                click.echo(json.dumps(told) if as_json else f"{answered:>9} answered  {held:.0f} MB")
            engine.dispose()
            return
        for rate in measure(engine, questions, updates, workers, (way,) if way else WAYS):
            rates.append(rate)
            if as_json:
                click.echo(json.dumps(rate.public()))
            else:
                show_progress(f"{rate.bot}, {rate.way}: {rate.second:.0f} a second")
        engine.dispose()
    if not as_json:
        click.echo(describe(rates))


@bench.command(name="push")
@click.option(
    "--subscribers", default=10_000, show_default=True, type=click.IntRange(10), help="To how many."
)
@click.option(
    "--fewer",
    default=1000,
    show_default=True,
    type=click.IntRange(10),
    help="To how many where it is at fault.",
)
@click.option(
    "--per-second",
    default=30,
    show_default=True,
    type=click.IntRange(1, 1000),
    help="The limit; with more than Telegram's 30 time is scaled.",
)
@click.option(
    "--run", "runs", multiple=True, metavar="NAME", help="Only this run; may be given several times."
)
@click.option(
    "--planned", is_flag=True, help="Write it down to --subscribers, e.g. a million, and send nothing."
)
@click.option("--json", "as_json", is_flag=True, help="As data, a line each.")
@workers_on_option
def bench_push(
    subscribers: int,
    fewer: int,
    per_second: int,
    runs: tuple[str, ...],
    planned: bool,
    as_json: bool,
    workers_on: str | None,
) -> None:
    """A push to many: how fast, how often twice, and whether anybody is left out, whatever breaks.

    Runs: plain, answers, killed, in_turn, outage, storm, blocked, slow, lost. Each has its own workers, and a
    Bot API in a process of its own that keeps its limit to the letter. All take half an hour.

    Example: investbot bench push --run killed --fewer 500
    """
    from bot.benchmark.folder import own_folder
    from bot.benchmark.planned import simulate
    from bot.benchmark.pushes import RUNS, describe, measure
    from bot.benchmark.updates import find_questions
    from bot.startup import open_built
    from knowledge.asking.asker import Asker

    unknown = sorted(set(runs) - set(RUNS))
    if unknown:
        raise click.UsageError(f"There is no run {unknown[0]!r}; there are {', '.join(RUNS)}.")
    with own_folder() as folder:
        url = workers_on or f"sqlite:///{folder}/push.db"
        engine = open_built(find_settings(database_url=url), show_progress)
        if planned:
            found = simulate(engine, subscribers)
            click.echo(json.dumps(found.public()) if as_json else found.describe())
            return
        rows = []
        questions = find_questions(Asker(engine))
        for row in measure(engine, runs or tuple(RUNS), subscribers, fewer, per_second, questions):
            rows.append(row)
            if as_json:
                click.echo(json.dumps(row.public()))
            else:
                show_progress(f"{row.run}: {row.seconds:.0f} s")
        engine.dispose()
    if not as_json:
        click.echo(describe(rows))


peers_option = click.option(
    "--peers/--no-peers",
    default=True,
    help="Measure other engines beside it, those that are installed.",
    show_default=True,
)


@bench.command(name="matching")
@click.option(
    "--size", default=100_000, show_default=True, type=click.IntRange(100), help="How many entries."
)
@click.option(
    "--questions", default=2600, show_default=True, type=click.IntRange(100), help="How many of each."
)
@click.option("--seed", default=1, show_default=True, help="Where chance begins.")
@click.option("--json", "as_json", is_flag=True, help="As data.")
@peers_option
def bench_matching(size: int, questions: int, seed: int, as_json: bool, peers: bool) -> None:
    """Noisy questions, near-misses and foreign ones among many entries, beside other engines.

    Example: investbot bench matching --size 100000 --json
    """
    from knowledge.benchmark.matching import run
    from knowledge.benchmark.peers import installed
    from knowledge.benchmark.table import describe

    result = run(size, questions, seed, installed() if peers else ())
    click.echo(json.dumps(result) if as_json else describe(result))


@bench.command(name="paraphrases")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As data.")
@peers_option
def bench_paraphrases(file: Path, as_json: bool, peers: bool) -> None:
    """The same questions in other words, found among all, beside other engines.

    FILE has a JSON object a line: canonical, variants, hard_negatives.

    Example: investbot bench paraphrases paraphrases.jsonl
    """
    from knowledge.benchmark.paraphrases import run
    from knowledge.benchmark.peers import installed
    from knowledge.benchmark.table import describe

    result = run(file, installed() if peers else ())
    click.echo(json.dumps(result) if as_json else describe(result))


@bench.command(name="passages")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("questions", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="As data.")
@peers_option
def bench_passages(folder: Path, questions: Path, as_json: bool, peers: bool) -> None:
    """Questions on a folder of documents that nobody reviewed, beside other engines.

    QUESTIONS has a JSON object a line: doc (a file of FOLDER), question, answer.

    Example: investbot bench passages documents questions.jsonl
    """
    from knowledge.benchmark.passages import describe, run
    from knowledge.benchmark.peers import installed

    result = run(folder, questions, installed() if peers else ())
    click.echo(json.dumps(result) if as_json else describe(result))


@bench.command(name="extraction")
@click.argument("marks", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--documents",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of the marked documents.",
)
@click.option("--list", "listed", is_flag=True, help="List what was wrong and what was missed too.")
@click.option("--json", "as_json", is_flag=True, help="As data.")
def bench_extraction(marks: Path, documents: Path, listed: bool, as_json: bool) -> None:
    """How well drafts are read: precision and recall, by kind, on documents a careful reader marked.

    MARKS has a JSON object a line: document (a file of DIR or its sha256), kind, fields, start, end.

    Example: investbot bench extraction marks.jsonl --documents pages
    """
    from knowledge.benchmark.extraction import describe, run

    result = run(marks, documents)
    click.echo(json.dumps(result.public(), ensure_ascii=False) if as_json else describe(result))
    if listed:
        for name, draft in result.wrong:
            click.echo(f"wrong  {name} {draft.confidence:.2f} {draft.kind} {draft.fields}")
        for mark in result.missed:
            click.echo(f"missed {mark.document} {mark.kind} {dict(mark.fields)}")
