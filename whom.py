"""The door: the command `whom`, and `from whom import open_store`.

The only file that sees all three rooms (loaders, graph, dashboard). Rule: a command reads its words, calls one or two
functions, prints; errors come out as one line, never as a traceback. Exit codes: 0 all well, 3 loaded but something was
refused, 1 failed or nothing loaded, 2 usage.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import graph

HERE = Path(__file__).resolve().parent
if (found := Path(graph.__file__).resolve().parent.parent) != HERE:
    raise SystemExit(
        f"whom: {HERE / 'whom.py'} found another package named graph, at {found / 'graph'}: start it where that one is not on PYTHONPATH"
    )

from graph import compare, judgements, questions
from graph.errors import BadInput, StoreError, StoreMissing, UsageError, WhomError
from graph.files import write_text
from graph.model import Batch, Claim, Document, to_row
from graph.printing import FORMATS, SHOWN, render
from graph.store import MAX_ROWS, TIMEOUT, Counts, Store, open_store
from loaders import register

if TYPE_CHECKING:
    from loaders.evaluate_inputs import How

__all__ = ["main", "open_store", "questions"]

DEFAULT_STORE = "whom.db"
SAMPLE = "amazon-parler"
PORT = 8501


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `whom query ... | head` ends in silence
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # what the terminal's encoding lacks is shown escaped
    options = _parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except WhomError as error:
        print(f"whom: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("whom: stopped; what was stored before is as it was", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"whom: {f'{error.filename}: ' if error.filename else ''}{error.strerror or error}", file=sys.stderr)
        return 1


# ---------------------------------------------------------------- load, code, explain
def load(options: argparse.Namespace) -> int:
    """Read cases into the store."""
    refused_some, failed, reports = False, [], []
    for path in options.case:
        try:
            batches, report, refused = _batches(Path(path), options)
        except BadInput as error:
            if len(options.case) == 1:
                raise
            failed.append(error)
            print(f"whom: {error}", file=sys.stderr)
            continue
        with _store(options, write=True) as store:
            for batch in batches:
                store.write(batch, report=json.dumps(report, ensure_ascii=False) if report else None)
        if report is None:
            report = {
                "case": ", ".join(b.case.case for b in batches),
                "documents": sum(len(b.documents) for b in batches),
                "events": sum(len(b.events) for b in batches),
            }
            text = f"case {report['case']}: {report['documents']} documents and {report['events']} events taken from the export"
        else:
            text = options.text(report)
            register.note(options.store, batches[0].case.case, register.Origin(Path(path), options.judgements))
        reports.append(report)
        if not options.json:
            print(text)
        refused_some |= refused
    if options.json and reports:
        print(json.dumps(reports if len(options.case) > 1 else reports[0], ensure_ascii=False, indent=1))
    return 1 if not reports else 3 if refused_some or failed else 0


def _batches(path: Path, options: argparse.Namespace) -> tuple[list[Batch], dict[str, Any] | None, bool]:
    """The batches of a case or of an export, the report of a case, and whether something was refused."""
    from graph.exports import read_export
    from loaders.case import load_case, nothing_loaded, report_text
    from loaders.documents import jsonl_kind

    if path.is_file() and path.suffix == ".jsonl" and jsonl_kind(path) == "export":
        return list(read_export(path, note=lambda line: print(line, file=sys.stderr))), None, False
    loaded = load_case(path, judged=options.judgements, progress=_progress(), processes=options.processes)
    nothing_loaded(loaded)
    options.text = lambda _: report_text(loaded.report)
    return [loaded.batch], loaded.report.to_row(), bool(loaded.refused)


def _progress() -> Callable[[int, int, str], None] | None:
    """A progress bar on a terminal, none in a pipe."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, of: int, name: str) -> None:
        width = 30
        bar = "#" * (width * done // max(1, of))
        print(f"\r[{bar:<{width}}] {done}/{of} {name[:30]:<30}", end="\n" if done == of else "", file=sys.stderr, flush=True)

    return show


def code(options: argparse.Namespace) -> int:
    """Claims as JSON lines, before any graph."""
    claims, refused = _claims(options)
    lines = (json.dumps(_claim_row(c), ensure_ascii=False) for c in claims if options.all or c.status == "counted")
    _out(options.out, "".join(f"{line}\n" for line in lines))
    return 3 if refused else 0


def _claim_row(claim: Claim) -> dict[str, Any]:
    """A claim with the fields of hand-coded files, then how it was found."""
    row = to_row(claim)
    last = ("found", "confidence", "rule", "status")
    return {k: v for k, v in row.items() if k not in (*last, "case", "origin", "own_word")} | {k: row[k] for k in last}


def _claims(options: argparse.Namespace) -> tuple[tuple[Claim, ...], bool]:
    """The claims of a case, a file, or standard input ("-"), in the order of documents and text; whether something was refused."""
    from loaders.case import code_alone, load_case, nothing_loaded
    from loaders.documents import from_text, is_table, read_one
    from loaders.formats import decode

    where = Path(options.case)
    if options.case != "-" and (where.is_dir() or where.suffix == ".jsonl" or is_table(where)):
        loaded = load_case(where, judged=options.judgements, reviewed=options.reviewed, progress=_progress(), processes=options.processes)
        nothing_loaded(loaded)
        _say_refused(loaded.report.refused)
        return tuple(c for c in loaded.batch.claims if c.found != "hand"), bool(loaded.refused)
    if options.case != "-":
        return code_alone(read_one(where), where.parent / "lexicons"), False
    try:
        text = decode(sys.stdin.buffer.read())
    except BadInput as error:
        raise BadInput(error.reason, "stdin") from None
    return code_alone(from_text(text)), False


def _say_refused(lines: Iterable[str]) -> None:
    for line in lines:
        print(f"whom: refused {line}", file=sys.stderr)


def explain(options: argparse.Namespace) -> int:
    """Why a document's sentences were coded as they were."""
    from loaders import explain as why
    from loaders.coder import Coder
    from loaders.lexicon import read_lexicon

    document, folder = _document(options.document, options)
    print(why.explain(Coder(read_lexicon(folder / "lexicons" if folder else None)), document, options.at))
    return 0


def _document(name: str, options: argparse.Namespace) -> tuple[Document, Path | None]:
    """A document by its file, or by its id in a case that the store was loaded from; and the case's folder."""
    from loaders.documents import read_case, read_one

    path = Path(name)
    if path.is_file():
        return read_one(path), path.parent
    for case, origin in register.known(options.store).items():
        if origin.files.exists() and (options.case in (None, case)):
            for document in read_case(origin.files).documents:
                if document.document == name:
                    return document, origin.files if origin.files.is_dir() else None
    raise BadInput("is neither a file nor a document of a case loaded into this store: give its path", name)


# ---------------------------------------------------------------- drop, retract, verify
def drop(options: argparse.Namespace) -> int:
    """Take a case out of the store; its files stay."""
    with _store(options, write=True) as store:
        gone = store.drop(options.case)
    register.note(options.store, options.case, None)
    print(f"dropped {options.case}: {_counts(gone)}")
    return 0


def retract(options: argparse.Namespace) -> int:
    """Take a document out for good, by a judgement, and say what fell."""
    from loaders.case import judged_in, load_case

    with _store(options) as store:
        known = [c.case for c in store.cases() if options.case in (None, c.case)]
        held = [b for b in (store.read(c) for c in known) if any(d.document == options.document for d in b.documents)]
    if len(held) != 1:
        raise BadInput(
            "no loaded case holds this document"
            if not held
            else f"the cases {', '.join(b.case.case for b in held)} hold this document: name one with --case",
            options.document,
        )
    before = held[0]
    noted = register.known(options.store).get(before.case.case)
    folder = Path(options.from_) if options.from_ else noted.files if noted else None
    if folder is None or not folder.exists():
        raise BadInput(f"the files of case {before.case.case!r} are not known here: name their folder with --from", options.document)
    judged = options.judgements or (noted.judgements if noted else None)
    target = judged or judged_in(folder)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    row = judgements.Judgement(when=now, who=options.who, kind="document", document=options.document, verdict="retract", why=options.why)
    judgements.append(target, row)
    loaded = load_case(folder, judged=judged, progress=_progress())
    with _store(options, write=True) as store:
        store.write(loaded.batch, report=json.dumps(loaded.report.to_row(), ensure_ascii=False))
    register.note(options.store, before.case.case, register.Origin(folder, judged))
    lost, kept = compare.fallen(before, loaded.batch)
    claims = sum(c.document == options.document for c in before.claims)
    print(
        f"retracted {options.document} of case {before.case.case}: "
        f"{claims} claims went, {len(lost)} events fell, {len(kept)} lost a witness and stay; noted in {_near(target)}"
    )
    for line in lost:
        print(f"  fell  {line}")
    for line in kept:
        print(f"  stays {line}")
    _say_refused(loaded.report.refused)
    return 3 if loaded.refused else 0


def verify(options: argparse.Namespace) -> int:
    """Hold the store against itself, and against the files where they are known."""
    from loaders.case import load_case
    from loaders.documents import read_case

    wrong, given = 0, Path(options.case) if options.case else None
    with _store(options) as store:
        cases = [c.case for c in store.cases()]
        if given is not None:
            cases = [store.loaded(read_case(given).case).case]
        if not cases:
            print(f"{options.store} holds no case: nothing to verify")
        for name in cases:
            batch = store.read(name)
            lines = compare.sound(batch)
            noted = register.known(options.store).get(name)
            folder = given or (noted.files if noted else None)
            judged = options.judgements or (noted.judgements if noted else None)
            against = "itself (its files are not known here: name them)"
            if folder is not None and folder.exists():
                lines += compare.differences(batch, load_case(folder, judged=judged).batch)
                against = f"itself and {_near(folder)}"
            print(
                f"case {name}, held against {against}: {_counts(Counts.of(batch))}; "
                + ("all well" if not lines else f"{len(lines)} differences")
            )
            for line in lines:
                print(f"  {line}")
            wrong += len(lines)
    return 1 if wrong else 0


def _near(path: Path) -> str:
    """A path as people would type it: relative where it lies below the current folder."""
    path = path.resolve()
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _counts(counts: Counts) -> str:
    return ", ".join(f"{getattr(counts, f.name)} {f.name}" for f in fields(counts))


# ---------------------------------------------------------------- query, schema, export, evaluate
def query(options: argparse.Namespace) -> int:
    """A named question or read-only Cypher."""
    if options.list:
        for q in questions.QUESTIONS.values():
            print(f"{q.name:15} {q.help}\n{'':15} whom query {q.example}")
        return 0
    if not options.question:
        raise UsageError("name a question or give Cypher; whom query --list explains the questions")
    given = {k: getattr(options, k) for k in questions.PARAMETERS if getattr(options, k, None) not in (None, False)}
    free = re.fullmatch(r"\w+", options.question) is None
    if free and given:
        raise UsageError(f"--{next(iter(given)).replace('_', '-')} belongs to the named questions; Cypher takes --param name=value")
    with _store(options) as store:
        if free:
            result = store.query(options.question, _parameters(options.param), timeout=options.timeout, max_rows=options.max_rows)
            rows, columns = [dict(r) for r in result.rows], list(result.rows[0]) if result.rows else []
            for note in result.notes:
                print(f"whom: {note}", file=sys.stderr)
            if result.truncated:
                print(
                    f"whom: cut at {len(rows)} rows" + (f" of {result.total}" if result.total else "") + "; --max-rows allows more",
                    file=sys.stderr,
                )
        else:
            given |= _words(options.param)
            if isinstance(given.get("case"), str):
                store.loaded(given["case"])
            asked = questions.ask(store, options.question, **given)
            columns = [f.name for f in fields(questions.QUESTIONS[options.question].row)]
            rows = [{k: getattr(r, k) for k in columns} for r in asked]
    width, shown = shutil.get_terminal_size((120, 40)).columns, None if free else SHOWN.get(options.question, ())
    _out(options.out, render(rows, options.format, columns, width, shown))
    return 0


def _words(given: Iterable[str]) -> dict[str, Any]:
    """k=v words as parameters of a named question, which reads words; true and false are flags."""
    flags = {"true": True, "false": False}
    return {name: flags.get(value, value) for name, value in _pairs(given)}


def _parameters(given: Iterable[str]) -> dict[str, Any]:
    """k=v words as parameters of Cypher; a value that is JSON (a number, a list) is taken as such."""
    found: dict[str, Any] = {}

    def odd(word: str) -> Any:
        raise ValueError(f"{word} is no JSON")  # NaN and Infinity, which Python alone takes for JSON

    for name, value in _pairs(given):
        try:
            found[name] = json.loads(value, parse_constant=odd)
        except (ValueError, RecursionError):
            found[name] = value
    return found


def _pairs(given: Iterable[str]) -> Iterator[tuple[str, str]]:
    for word in given:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise UsageError(f"--param {word!r}: write it as name=value")
        yield name, value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError(f"{text} is no number of seconds above 0")
    return value


def _count(text: str) -> int:
    value = int(text)
    if not 0 < value < 2**31:
        raise argparse.ArgumentTypeError(f"{text} is no whole number above 0")
    return value


def schema(options: argparse.Namespace) -> int:
    """Labels, relations, properties, example queries."""
    from graph.schema import schema as structure
    from graph.schema import schema_text

    print(json.dumps(structure(), indent=1) if options.json else schema_text())
    return 0


def export(options: argparse.Namespace) -> int:
    """The graph as files."""
    from graph.exports import export as write

    with _store(options) as store:
        path = write(store, options.file, case=options.case, no_text=options.no_text)
    print(f"written to {path}")
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """A coding against hand-coded claims, or against another coding."""
    from loaders import evaluate_inputs as given
    from loaders.evaluate import score
    from loaders.evaluate_events import events_json, events_text, score_events
    from loaders.evaluate_files import read_aliases, read_rows, styles_beside
    from loaders.evaluate_html import score_page
    from loaders.evaluate_text import text, to_json

    if options.agreement:
        return _agreement(options)
    gold, path = given.gold_and_case(options.gold, options.case)
    how = _how(options, gold)
    documents = given.articles(path, gold, how)
    rows, wrong = given.checked_gold(gold, how, documents)
    if wrong:
        print("\n".join(f"whom: {line}" for line in wrong), file=sys.stderr)
        return 1
    if options.events and given.is_claims(path):
        raise UsageError("--events needs a CASE, since events are made from a whole case")
    coding = given.coding(path, how, documents)
    _say_refused(coding.refused)
    aliases = read_aliases(Path(options.aliases)) if options.aliases else []
    result = score(
        rows,
        coding.rows,
        everything=coding.everything,
        aliases=aliases,
        lenient=options.lenient,
        slack=options.slack,
        drop=[t for t in (options.drop or "").split(",") if t],
        only_gold_documents=options.only_gold_documents,
        by=options.by,
        styles=styles_beside(gold) or styles_beside(path),
    )
    links, body, said = None, to_json(result), text(result, options.show or 0)
    if options.events and coding.batch:
        made = coding.batch
        links = score_events(read_rows(Path(options.events), ("event", "claims")), rows, made.events, made.claims, made.responses, aliases)
        body["events"], said = events_json(links), f"{said}\n\n{events_text(links)}"
    if options.html:
        page = score_page(result, gold=str(gold), scored=str(path), line=options.line, events=links, show=options.show)
        write_text(Path(options.html), page)
    print(json.dumps(body, ensure_ascii=False, indent=1) if options.json else said)
    return 0


def _how(options: argparse.Namespace, gold: Path) -> How:
    from loaders.evaluate_inputs import How, split_of

    return How(
        line=options.line,
        judged=options.judgements,
        reviewed=options.reviewed,
        progress=_progress(),
        processes=options.processes,
        scored=split_of(gold, options.split),
    )


def _agreement(options: argparse.Namespace) -> int:
    """Two codings compared, neither of them the right one."""
    from loaders import evaluate_inputs as given
    from loaders.agreement import agreement
    from loaders.agreement_text import agreement_json, agreement_text
    from loaders.evaluate_files import read_aliases
    from loaders.evaluate_html import agreement_page

    paths = given.two_codings(options.gold, options.case)
    how = _how(options, paths[0])
    covered = [given.articles(path, path, how) for path in paths]
    texts = (covered[0] or {}) | (covered[1] or {})
    one, other = (given.coding(path, how, texts or None) for path in paths)
    _say_refused([*one.refused, *other.refused])
    result = agreement(
        one.rows,
        other.rows,
        documents=texts,
        covered=(covered[0], covered[1]),
        aliases=read_aliases(Path(options.aliases)) if options.aliases else (),
    )
    names = (one.name, other.name)
    if options.html:
        write_text(Path(options.html), agreement_page(result, names, options.show))
    said = agreement_text(result, names, options.show or 0)
    print(json.dumps(agreement_json(result), ensure_ascii=False, indent=1) if options.json else said)
    return 0


# ---------------------------------------------------------------- dashboard, demo
def dashboard(options: argparse.Namespace) -> int:
    """The dashboard in a browser, on this machine alone unless --address says otherwise."""
    with _store(options):
        pass
    return _serve(options.store, options.port, options.address)


def _serve(store: str, port: int, address: str) -> NoReturn:
    app = HERE / "dashboard" / "app.py"
    print(f"dashboard of {store}: http://{address}:{port}  (stop with Ctrl-C)", flush=True)
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(app),
        "--server.headless",
        "true",
        "--server.port",
        str(port),
        "--server.address",
        address,
    ]
    command += [
        "--browser.gatherUsageStats",
        "false",
        "--server.fileWatcherType",
        "none",
        "--client.toolbarMode",
        "minimal",
        "--",
        "--store",
        str(store),
    ]
    # The server takes this process over, so that whoever stops the command stops the server.
    os.execve(sys.executable, command, os.environ | {"WHOM_STORE": str(store)})


def demo(options: argparse.Namespace) -> int:
    """Copy the sample case, load it, open the dashboard."""
    source, target = HERE / "loaders" / "sample_case" / SAMPLE, Path(options.folder)
    case = target / SAMPLE
    if not case.exists():
        shutil.copytree(source, case)
    print(f"the sample case is in {case}; its store is {target / DEFAULT_STORE}")
    options.store, options.case, options.json, options.judgements, options.processes = (
        str(target / DEFAULT_STORE),
        [str(case)],
        False,
        None,
        None,
    )
    code_ = load(options)
    if code_ not in (0, 3) or options.no_dashboard:
        return code_
    return _serve(options.store, options.port, options.address)


# ---------------------------------------------------------------- the store, the output
def _store(options: argparse.Namespace, write: bool = False) -> Store:
    """The store that --store or WHOM_STORE names. Errors: StoreMissing with what to do, for a read where there is none."""
    try:
        return open_store(options.store, read_only=not write)
    except StoreMissing:
        raise
    except FileNotFoundError as error:
        raise StoreError(str(error)) from None


def _out(path: str | None, text: str) -> None:
    if path:
        write_text(Path(path), text)
    else:
        sys.stdout.write(text)


# ---------------------------------------------------------------- the words of the command line
def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="whom", description="Who did what to whom, when, how they answered, and who says so.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], help_: str, store: bool = True, **more: Any) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.", **more)
        sub.set_defaults(run=run)
        if store:
            sub.add_argument(
                "--store",
                default=os.environ.get("WHOM_STORE") or DEFAULT_STORE,
                help="the graph: a path (default %(default)s, or WHOM_STORE)",
            )
        return sub

    sub = add("demo", demo, "copy the sample case to ./whom-demo, load it, open the dashboard", store=False)
    sub.add_argument("--folder", default="whom-demo")
    sub.add_argument("--no-dashboard", action="store_true", help="stop after loading")
    _address(sub)

    sub = add("load", load, "read cases (folders, .jsonl of articles, tables of events, exports) into the graph")
    sub.add_argument("case", nargs="+", metavar="CASE")
    sub.add_argument("--json", action="store_true", help="the completeness report as JSON")
    _coding(sub)

    sub = add("code", code, "claims as JSON lines, without a store", store=False)
    sub.add_argument("case", metavar="CASE|FILE|-")
    sub.add_argument("--all", action="store_true", help="those of low confidence too")
    sub.add_argument("--reviewed", action="store_true", help="with the case's judgements applied")
    sub.add_argument("--out", metavar="FILE")
    _coding(sub)

    sub = add("explain", explain, "why the sentences of a document were coded as they were")
    sub.add_argument("document", metavar="DOCUMENT", help="a file, or a document of a loaded case")
    sub.add_argument("--at", type=int, metavar="OFFSET", help="only the sentence at this character")
    sub.add_argument("--case")

    sub = add("drop", drop, "take a case out of the graph; its files stay")
    sub.add_argument("case", metavar="CASE")

    sub = add("retract", retract, "take a document out for good, and say what fell")
    sub.add_argument("document", metavar="DOCUMENT")
    sub.add_argument("--case", help="the case, where several hold the document")
    sub.add_argument("--from", dest="from_", metavar="FOLDER", help="where the case's files are, if they have moved")
    sub.add_argument("--who", default=os.environ.get("USER") or "unknown", help="whose judgement it is")
    sub.add_argument("--why", default="", help="noted with the judgement")
    sub.add_argument("--judgements", type=Path, metavar="FILE")

    sub = add("query", query, "ask a named question or read-only Cypher")
    sub.add_argument("question", nargs="?", metavar="NAME|CYPHER")
    sub.add_argument("--list", action="store_true", help="explain every question with an example")
    sub.add_argument("--format", choices=FORMATS, default="table")
    sub.add_argument("--out", metavar="FILE")
    sub.add_argument("--param", action="append", default=[], metavar="K=V", help="a parameter of the Cypher, or of the question")
    sub.add_argument("--timeout", type=_seconds, default=TIMEOUT, help="seconds for Cypher (default %(default)s)")
    sub.add_argument("--max-rows", type=_count, default=MAX_ROWS, help="rows of free Cypher (default %(default)s)")
    for name, what in questions.PARAMETERS.items():
        if name in ("dated_only", "everything", "directed"):
            sub.add_argument(f"--{name.replace('_', '-')}", action="store_true", help=what)
        else:
            sub.add_argument(f"--{name.replace('_', '-')}", help=what)

    sub = add("schema", schema, "print labels, relations, properties and example queries", store=False)
    sub.add_argument("--json", action="store_true")

    sub = add("verify", verify, "hold the graph against itself and its files")
    sub.add_argument("case", nargs="?", metavar="CASE", help="only this case, by its files; they may have moved")
    sub.add_argument("--judgements", type=Path, metavar="FILE")

    sub = add("export", export, "write the graph to x.jsonl (everything), x.cypher or DIR/ (CSV tables)")
    sub.add_argument("file", metavar="FILE|DIR/")
    sub.add_argument("--case")
    sub.add_argument("--no-text", action="store_true", help="leave the articles' text out; quotes and offsets stay")

    from loaders import agreement as two
    from loaders import evaluate as scoring

    rules = (scoring.__doc__ or "").partition("Matching.")[2]
    units = (two.__doc__ or "").partition("Units ")[2]
    sub = add(
        "evaluate",
        evaluate,
        "score a coding against hand-coded claims, or compare two codings",
        store=False,
        epilog=f"Matching.{rules}\nAgreement. Units {units}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sub.add_argument("gold", metavar="GOLD", help="claims coded by hand (.jsonl, .csv), or a folder of them with their articles")
    sub.add_argument("case", nargs="?", metavar="CASE|PRED", help="what is scored: a case, or a file of claims (default: GOLD's articles)")
    sub.add_argument("--html", metavar="FILE", help="write the report as one page too")
    sub.add_argument("--agreement", action="store_true", help="compare two codings (files of claims or cases), neither of them gold")
    sub.add_argument("--show", type=int, metavar="N", help="list N misses and N extra claims with their sentences")
    sub.add_argument("--events", metavar="GOLD_EVENTS", help="score same-act and response links too")
    sub.add_argument("--split", help="only the documents of this split (articles.jsonl beside GOLD)")
    sub.add_argument(
        "--line", "--confidence", type=float, metavar="P", help="score claims of confidence P and more (default: those that count)"
    )
    sub.add_argument("--by", metavar="FIELD", help="recall for each value of this gold field")
    sub.add_argument("--aliases", metavar="FILE.csv", help="two columns: alias,name")
    sub.add_argument(
        "--lenient", nargs="?", type=float, const=0.5, default=0.0, metavar="CREDIT", help="credit for a name that contains the other"
    )
    sub.add_argument("--slack", type=int, default=0, metavar="N", help="spans up to N characters apart overlap")
    sub.add_argument("--drop", metavar="TYPES", help="leave these types out, e.g. STATEMENT,COOPERATE")
    sub.add_argument("--only-gold-documents", action="store_true", help="ignore claims of documents without gold")
    sub.add_argument("--reviewed", action="store_true", help="with the case's judgements applied")
    sub.add_argument("--json", action="store_true")
    _coding(sub)

    sub = add("dashboard", dashboard, "explore the graph in a browser")
    _address(sub)
    return parser


def _address(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--port", type=int, default=PORT)
    sub.add_argument("--address", default="127.0.0.1", help="default %(default)s: this machine alone")


def _coding(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--processes", type=_count, metavar="N", help="how many documents are coded at once (default: one a core)")
    sub.add_argument("--judgements", type=Path, metavar="FILE", help="judgements kept elsewhere than in the case")


if __name__ == "__main__":
    sys.exit(main())
