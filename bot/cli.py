"""The command line: every command is a thin call of what it is named after."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.command import (
    REFUSED,
    Commands,
    database_option,
    documents_option,
    find_asker,
    find_settings,
    forgetful,
    show_progress,
)
from bot.commands.backup import backup, restore
from bot.commands.bench import bench
from bot.commands.database import database_commands
from bot.commands.desk import desk
from bot.commands.doctor import doctor
from bot.commands.exchange import export_facts, import_facts
from bot.commands.history import history
from bot.commands.misses import answer, misses
from bot.commands.picture import picture
from bot.commands.push import push
from bot.commands.review import drafts, publish, retire, undo
from bot.commands.signing import signing
from bot.commands.staff import staff

if TYPE_CHECKING:
    from bot.settings import Settings

# What a command needs is imported inside it, so that `investbot --help` is there at once.


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="investbot")
def main() -> None:
    """Answers investors' questions from a bureau's documents, each with its source and date.

    Settings come from the environment or from .env; .env.example names them all.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


@main.command()
@documents_option
@database_option
def build(documents: Path | None, database: str | None) -> None:
    """Build the knowledge base from the documents; only what changed is read again.

    Exit code 1: a file was refused; it is named.

    Example: investbot build --documents ../documents
    """
    from bot.startup import build_into
    from knowledge.database import open_engine

    settings = find_settings(documents=documents, database_url=database)
    report = build_into(open_engine(settings.database_url), settings, show_progress)
    click.echo(report.describe())
    sys.exit(REFUSED if report.refused else 0)


@main.command()
@click.argument("question", required=False)
@click.option("--jsonl", is_flag=True, help="Read a question a line, write an answer a line.")
@database_option
def ask(question: str | None, jsonl: bool, database: str | None) -> None:
    """Answer one question, or with --jsonl a line each from the standard input.

    A line is {"text", "chat"} or plain text; rows with the same chat are one conversation. Exit code 1:
    a line was no question; its answer says why.

    Example: investbot ask "Which industry chains are there?"
    """
    from bot.lines import answer_rows
    from bot.terminal import plain, respond

    if jsonl == (question is not None):
        raise click.UsageError('Give a question, as in investbot ask "…", or --jsonl; one of them.')
    asker = find_asker(find_settings(database_url=database))
    if question is not None:
        click.echo(plain(respond(forgetful(asker), question.strip(), (), None)))
        return
    refused = False
    for row, understood in answer_rows(asker, sys.stdin.buffer):
        click.echo(json.dumps(row, ensure_ascii=False))
        sys.stdout.flush()
        refused |= not understood
    sys.exit(REFUSED if refused else 0)


@main.command()
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="As data.")
@database_option
def explain(question: str, as_json: bool, database: str | None) -> None:
    """Show why a question is answered as it is: readings, candidates, scores, evidence.

    Example: investbot explain "Which industry chains are there?" --json
    """
    asker = find_asker(find_settings(database_url=database))
    if as_json:
        click.echo(json.dumps(asker.trace(question), ensure_ascii=False, indent=2))
    else:
        click.echo(asker.explain(question))


@main.command()
@database_option
def chat(database: str | None) -> None:
    """Talk in this terminal.

    Piped lines are answered one by one.

    Example: investbot chat
    """
    _chat(find_settings(database_url=database), renew=False)


@main.command()
@database_option
def serve(database: str | None) -> None:
    """Serve Telegram, the desk and the chat page until stopped (Ctrl-C): whichever of them is set.

    Example: TELEGRAM_BOT_TOKEN=123:abc investbot serve
    """
    from bot.serving import serve as serve_all

    serve_all(find_settings(database_url=database), show_progress, renew=False)


@main.command()
@documents_option
@database_option
def run(documents: Path | None, database: str | None) -> None:
    """Bring the knowledge base up to date, then serve Telegram, or talk here if no token is set.

    Example: echo "Which industry chains are there?" | investbot run
    """
    settings = find_settings(documents=documents, database_url=database)
    if settings.telegram_bot_token.get_secret_value():
        from bot.serving import serve as serve_all

        serve_all(settings, show_progress, renew=True)
    else:
        _chat(settings, renew=True)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--report", is_flag=True, help="Say what was changed, where and why, in place of the text.")
def clean(file: Path, report: bool) -> None:
    """Give a rewritten document back as it was printed; any other comes out byte for byte.

    Example: investbot clean page.txt --report
    """
    from knowledge.reading.clean import clean as clean_text
    from knowledge.reading.clean import describe
    from knowledge.reading.load import is_plain, load

    loaded = load(file)
    cleaned = clean_text(loaded.text)
    if report:
        click.echo(describe(cleaned))
    elif cleaned.text == loaded.text and is_plain(file):
        sys.stdout.buffer.write(file.read_bytes())
    else:
        sys.stdout.buffer.write(cleaned.text.encode())


@main.command(name="read")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
def read_document(file: Path, as_json: bool) -> None:
    """Read a document: drafts of facts, each with the words on which it rests and how sure it is.

    Nothing is stored. Places count characters of the file as decoded. Exit code 1: the model of
    EXTRACTION_URL did not answer; what the rules read is there.

    Example: investbot read page.txt --json
    """
    from bot.drafts import describe, read_file

    title, drafts, refusal = read_file(file, find_settings())
    if as_json:
        for draft in drafts:
            click.echo(json.dumps(draft.public(), ensure_ascii=False))
    else:
        click.echo(describe(title, drafts))
    if refusal:
        click.echo(refusal, err=True)
        sys.exit(REFUSED)


@main.command(name="eval")
@click.argument("questions", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As data.")
@database_option
def evaluate(questions: Path, as_json: bool, database: str | None) -> None:
    """Score a set of questions by the same path as live: right, guessed, refused, by tag.

    Exit code 1: a question was answered wrongly; each is listed.

    Example: investbot eval questions.jsonl --json
    """
    from knowledge.evaluation import evaluate as mark
    from knowledge.evaluation import read_questions

    rows = read_questions(questions)
    score = mark(find_asker(find_settings(database_url=database)), rows)
    wrong = [found for found in score.marks if found.faults]
    if as_json:
        keys = ("right", "guessed", "all")
        tags = {tag: dict(zip(keys, row, strict=True)) for tag, row in score.by_tag().items()}
        refused = sum(found.answer.outcome.value != "answered" for found in score.marks)
        total = {"right": score.right, "guessed": score.guessed, "refused": refused, "all": len(rows)}
        click.echo(json.dumps(total | {"tags": tags}, ensure_ascii=False))
    else:
        for found in wrong:
            click.echo(f"{found.row.tag:10} {found.row.text} → {'; '.join(found.faults)}")
        for tag, (right, guessed, total_of_tag) in score.by_tag().items():
            click.echo(f"{tag:10} {right}/{total_of_tag} right, {guessed} guessed")
        click.echo(f"{score.right}/{len(rows)} right, {score.guessed} guessed")
    sys.exit(REFUSED if wrong else 0)


@main.command()
@click.argument("tuning", type=click.Path(path_type=Path))
@click.argument("kept", type=click.Path(path_type=Path))
@click.option(
    "--report", type=click.Path(path_type=Path, file_okay=False), help="Write a page and a picture there."
)
@click.option("--write", is_flag=True, help="Put the limits in force.")
@database_option
def calibrate(tuning: Path, kept: Path, report: Path | None, write: bool, database: str | None) -> None:
    """Find from where on a fact answers: the most right answers at the fewest guesses.

    The limits are chosen on TUNING and scored on KEPT, two sets of questions.

    Example: investbot calibrate tune.jsonl held_out.jsonl --report reports
    """
    from knowledge import calibration
    from knowledge.asking.limits import write_limits
    from knowledge.evaluation import read_questions

    asker = find_asker(find_settings(database_url=database))
    found = calibration.calibrate(asker.limited, read_questions(tuning), read_questions(kept))
    page = calibration.report(found)
    click.echo(page)
    if report:
        report.mkdir(parents=True, exist_ok=True)
        (report / "calibration.md").write_text(page, encoding="utf-8")
        (report / "calibration.svg").write_text(calibration.draw(found), encoding="utf-8")
    if write:
        write_limits(found.best.limits)


@main.command()
@click.argument("questions", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.argument("kept", type=click.Path(path_type=Path))
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the table there.")
@click.option("--write", is_flag=True, help="Put in force what was learned.")
@database_option
def learn(
    questions: Sequence[Path], kept: Path, report: Path | None, write: bool, database: str | None
) -> None:
    """Learn from QUESTIONS which facts near in meaning answer, and see how it does on KEPT.

    Each set is asked without the words that it alone has taught, as if it were new.

    Example: investbot learn people.jsonl daily.jsonl fresh.jsonl --report reports/learning.md
    """
    from knowledge import training
    from knowledge.asking.verifier import write_trees
    from knowledge.evaluation import read_questions

    asker = find_asker(find_settings(database_url=database))
    rows = read_questions(kept)
    trees = training.learn(asker, [read_questions(one) for one in questions], rows)
    page = training.report(training.curve(asker, trees, rows), len(rows))
    click.echo(page)
    if report:
        report.write_text(page, encoding="utf-8")
    if write:
        write_trees(trees)


for command in (drafts, publish, retire, undo, history, misses, answer, export_facts, import_facts):
    main.add_command(command)
for command in (database_commands, signing, push, picture, desk, staff, bench, doctor, backup, restore):
    main.add_command(command)


def _chat(settings: "Settings", *, renew: bool) -> None:
    from bot.startup import open_built, open_conversation
    from bot.terminal import answer_lines, find_hint, talk
    from knowledge.asking.asker import Asker

    engine = open_built(settings, show_progress, renew=renew)
    if sys.stdin.isatty():
        talk(open_conversation(engine, Asker(engine), settings, "terminal"), input, find_hint())
    else:
        answer_lines(forgetful(Asker(engine)), sys.stdin.buffer)
