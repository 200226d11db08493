"""A case on disk -> one Batch: read, coded on all cores, reviewed, made into events and responses; and the report of it.

In: the path of a case. Out: `Loaded` (the batch and a completeness report). Rule: what is not understood is counted and
listed, never dropped in silence; the batch depends on files, lexicons, judgements and the coder's version alone.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

from graph import acts, judgements, review
from graph.errors import BadInput, WhomError
from graph.model import Actor, Batch, Case, Claim, Document, Tie, digest, from_row, to_row
from graph.responses import responses
from loaders import codings
from loaders.coder import Coder, version
from loaders.documents import Articles, Refusal, read_case
from loaders.event_rows import TableReport
from loaders.lexicon import Lexicon, read_lexicon
from loaders.likeness import Proposal, proposals
from loaders.occasions import with_occasions
from loaders.tables import read_claims

Progress = Callable[[int, int, str], None]
"""Called with (documents done, documents in all, name of the document)."""
PARALLEL_FROM = 8
"""Documents to code from which on a second process pays for its 1 s of start-up (measured: 8 articles take about 4 s on one core)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedDocument:
    """What came of one document."""

    claims: tuple[Claim, ...]
    sentences: int
    unknown: dict[str, int]
    kinds: dict[str, str]
    undated: tuple[str, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The completeness report of a load: all that was read, and all that was not understood."""

    case: str
    documents: int = 0
    skipped: tuple[tuple[str, str], ...] = ()
    refused: tuple[str, ...] = ()
    coded: int = 0
    taken_over: int = 0
    retracted: tuple[str, ...] = ()
    sentences: int = 0
    masked: int = 0
    claims: int = 0
    claims_low: int = 0
    claims_rejected: int = 0
    claims_by_hand: int = 0
    claims_of_tables: int = 0
    tables: tuple[TableReport, ...] = ()
    names_not_known: tuple[tuple[str, int], ...] = ()
    names_alike: tuple[Proposal, ...] = ()
    dates_not_resolved: tuple[tuple[str, int], ...] = ()
    judgements: int = 0
    judgements_unmatched: tuple[str, ...] = ()
    events: int = 0
    responses: int = 0
    doubts: int = 0
    claims_per_event: float = 0.0

    def to_row(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {k: [list(x) if isinstance(x, tuple) else x for x in v] if isinstance(v, tuple) else v for k, v in asdict(self).items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A case, ready to be written. `claims` of all confidences stand in the batch with their status."""

    batch: Batch
    report: Report
    refused: tuple[Refusal, ...] = field(default=())


def load_case(
    path: str | Path,
    *,
    judged: Path | None = None,
    reviewed: bool = True,
    counting: Callable[[Claim], bool] | None = None,
    wanted: Callable[[str], bool] | None = None,
    progress: Progress | None = None,
    processes: int | None = None,
) -> Loaded:
    """Everything of a case as one batch. `judged`: another judgements.csv than the case's own; `reviewed` False: none is applied.
    `counting`: which claims count, asked after the review, in place of the coder's own line; the others are left out. `wanted`: which
    documents are coded at all (default: every one).

    Errors: BadInput where nothing of it can be read (a missing folder, a bad lexicon); a single bad file is in the report.
    """
    path = Path(path)
    articles = read_case(path)
    lexicon = read_lexicon(path / "lexicons" if path.is_dir() else None)
    rows, bad_rows = judgements.read(judged or judged_in(path)) if reviewed else ((), ())
    retracted = review.apply((), rows, articles.documents).retracted
    documents = tuple(d for d in articles.documents if d.document not in retracted and (wanted is None or wanted(d.document)))
    of_tables = {c.document for c in articles.claims}
    texts = tuple(d for d in documents if d.document not in of_tables)
    coded, taken = _code_all(texts, lexicon, path / "lexicons" if path.is_dir() else None, progress, processes)
    hand, bad_claims = read_claims(path, articles.documents) if path.is_dir() else ((), ())
    kept = {d.document for d in documents}
    hand = tuple(c for c in hand if c.document in kept)
    # Whoever counts anew asks of the coder's own claims: one that a person coded alike must not hide it.
    by_hand = {c.id for c in hand} if counting is None else set()
    claims = [*hand, *(c for d in texts for c in coded[d.document].claims if c.id not in by_hand)]
    # A row of a table is a record, not a sentence with an occasion in it.
    rows_told = [c for c in articles.claims if c.document in kept and c.id not in by_hand]
    applied = review.apply([*with_occasions(claims, documents), *rows_told], rows, articles.documents)
    if counting is not None:
        applied = replace(applied, claims=tuple(replace(c, status="counted") for c in applied.claims if counting(c)))
    refused = (*articles.refused, *bad_claims, *(Refusal(Path(b.file or "judgements.csv").name, b.line, b.reason) for b in bad_rows))
    documents = tuple(
        replace(d, sentences=coded[d.document].sentences, coding=_key(d, lexicon)) if d.document in coded else d for d in documents
    )
    codings_made = [coded[d.document] for d in texts]
    batch = assemble(articles, documents, applied, codings_made, lexicon)
    return Loaded(batch=batch, report=_report(articles, batch, codings_made, taken, rows, applied, refused), refused=refused)


def judged_in(path: Path) -> Path:
    """Where the judgements of a case are: in its folder, or beside its .jsonl."""
    return path / "judgements.csv" if path.is_dir() else path.with_suffix(".judgements.csv")


def assemble(
    articles: Articles, documents: tuple[Document, ...], applied: review.Applied, coded: Sequence[CodedDocument], lexicon: Lexicon
) -> Batch:
    """Claims, as reviewed, to the whole graph of the case."""
    counted = [c for c in applied.claims if c.status == "counted"]
    used = {n for c in counted for n in (c.source, c.target, *c.about) if n}
    kinds: dict[str, str] = {}
    for one in coded:
        for name, kind in one.kinds.items():
            kinds.setdefault(applied.aliases.get(name, name), kind)
    for name, kind in articles.kinds:
        kinds.setdefault(applied.aliases.get(name, name), kind)
    ties = {t.id: t for t in [*lexicon.ties, *(t for one in coded for t in one.ties)] if t.actor in used}
    named = used | {t.other for t in ties.values()}
    actors = tuple(
        Actor(name=n, kind=lexicon.kinds.get(n) or kinds.get(n) or "organization", known=n in lexicon.kinds) for n in sorted(named)
    )
    tied = tuple(sorted(ties.values(), key=lambda t: t.id))
    claims = acts.with_origins(applied.claims, documents, actors, tied)
    events, doubts = acts.events(claims, documents, tied, actors, applied.same_act)
    last_day = max((d.published for d in documents if d.published), default=None)
    case = Case(case=articles.case, heading=articles.heading, notes=articles.notes, files=articles.files, coder=version())
    return Batch(
        case=case,
        documents=documents,
        actors=actors,
        ties=tied,
        claims=tuple(sorted(claims, key=lambda c: (c.document, c.start, c.end, c.id))),
        events=events,
        responses=responses(events, claims, tied, last_day, applied.responses),
        doubts=doubts,
    )


# ---------------------------------------------------------------- coding
def _key(document: Document, lexicon: Lexicon) -> str:
    """A hash of all that the coding of a document depends on."""
    return digest(
        "coding",
        document.case,
        document.document,
        document.sha256_text,
        document.masked,
        document.published,
        document.publisher,
        lexicon.version,
        version(),
    )


def _code_all(
    documents: Sequence[Document], lexicon: Lexicon, folder: Path | None, progress: Progress | None, processes: int | None
) -> tuple[dict[str, CodedDocument], int]:
    """Every document's coding, and how many were taken over from an earlier load."""
    done: dict[str, CodedDocument] = {}
    todo: list[Document] = []
    for d in documents:
        kept = _kept(d, codings.load(_key(d, lexicon)))
        if kept is None:
            todo.append(d)
        else:
            done[d.document] = kept
    taken = len(done)
    for n, (document, one) in enumerate(_coded(todo, lexicon, folder, processes), taken + 1):
        done[document.document] = one
        codings.save(_key(document, lexicon), _pack(one))
        if progress is not None:
            progress(n, len(documents), document.document)
    codings.forget_old()
    return done, taken


def _coded(
    todo: Sequence[Document], lexicon: Lexicon, folder: Path | None, processes: int | None
) -> Iterator[tuple[Document, CodedDocument]]:
    """Codes documents one after another, or in as many processes as there are cores."""
    workers = processes or min(os.cpu_count() or 1, 8)
    if len(todo) < PARALLEL_FROM or workers < 2:
        coder = Coder(lexicon)
        for document in todo:
            yield document, code_document(coder, document)
        return
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_follow) as pool:
            with _without_ctrl_c():
                coded = pool.map(_in_process, todo, [folder] * len(todo), chunksize=1)
            yield from zip(todo, coded, strict=True)
    except BrokenProcessPool:
        raise WhomError("a process that codes was killed (is there too little memory?): try again with --processes 1") from None


@contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Processes started meanwhile leave Ctrl-C to the command, from their first moment on; a thread beside the main one can't ask that."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _follow() -> None:
    """A worker ends with the command: killed, the command would leave its workers waiting for ever."""
    above = parent_process()

    def wait() -> None:
        if above is not None:
            above.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@lru_cache(maxsize=1)
def _coder(folder: Path | None) -> Coder:
    return Coder(read_lexicon(folder))


def _in_process(document: Document, folder: Path | None) -> CodedDocument:
    return code_document(_coder(folder), document)


def code_alone(document: Document, lexicons: Path | None = None) -> tuple[Claim, ...]:
    """The claims of a document by itself, as a case of this one document has them; `lexicons`: its case's words, where it has any."""
    return with_occasions(code_document(Coder(read_lexicon(lexicons)), document).claims, (document,))


def code_document(coder: Coder, document: Document) -> CodedDocument:
    """One document's claims with what stayed open."""
    coding = coder.code(document)
    return CodedDocument(
        claims=coding.claims,
        sentences=len(coding.sentences),
        unknown=coding.unknown,
        kinds=coding.kinds,
        undated=coding.undated,
        ties=coding.ties,
    )


def _pack(one: CodedDocument) -> dict[str, Any]:
    return {
        "claims": [to_row(c) for c in one.claims],
        "sentences": one.sentences,
        "unknown": one.unknown,
        "kinds": one.kinds,
        "undated": list(one.undated),
        "ties": [to_row(t) for t in one.ties],
    }


def _kept(document: Document, row: dict[str, Any] | None) -> CodedDocument | None:
    """The coding in a row kept from an earlier load; None where it is broken or one of its quotes does not stand."""
    if row is None:
        return None
    try:
        one = _unpack(row)
        return one if all(c.quote == document.text[c.start : c.end] for c in one.claims) else None
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _unpack(row: dict[str, Any]) -> CodedDocument:
    return CodedDocument(
        claims=tuple(from_row(Claim, c) for c in row["claims"]),
        sentences=row["sentences"],
        unknown=row["unknown"],
        kinds=row["kinds"],
        undated=tuple(row["undated"]),
        ties=tuple(from_row(Tie, t) for t in row["ties"]),
    )


# ---------------------------------------------------------------- the report
def _report(
    articles: Articles,
    batch: Batch,
    coded: Sequence[CodedDocument],
    taken: int,
    rows: Sequence[judgements.Judgement],
    applied: review.Applied,
    refused: Iterable[Refusal],
) -> Report:
    unknown: Counter[str] = Counter()
    undated: Counter[str] = Counter()
    for one in coded:
        unknown.update(one.unknown)
        undated.update(one.undated)
    unknown.update(n for c in batch.claims if c.found == "table" for n in (c.source, c.target) if n)
    status = Counter(c.status for c in batch.claims)
    known = {a.name for a in batch.actors if a.known}
    strange = sorted(((n, k) for n, k in unknown.items() if n not in known), key=lambda x: (-x[1], x[0]))
    return Report(
        case=batch.case.case,
        documents=len(batch.documents),
        skipped=articles.skipped,
        refused=tuple(str(r) for r in sorted(refused, key=lambda r: (r.file, r.line or 0))),
        coded=len(coded) - taken,
        taken_over=taken,
        retracted=tuple(sorted(applied.retracted)),
        sentences=sum(d.sentences for d in batch.documents),
        masked=sum(len(d.masked) for d in batch.documents),
        claims=status["counted"],
        claims_low=status["low"],
        claims_rejected=status["rejected"],
        claims_by_hand=sum(c.found == "hand" for c in batch.claims),
        claims_of_tables=sum(c.found == "table" for c in batch.claims),
        tables=articles.tables,
        names_not_known=tuple(strange),
        names_alike=proposals((n for n, _ in strange), sorted(known)),
        dates_not_resolved=tuple(sorted(undated.items(), key=lambda x: (-x[1], x[0]))),
        judgements=len(rows),
        judgements_unmatched=tuple(f"judgements.csv:{r.line}: {why}" for r, why in applied.unmatched),
        events=len(batch.events),
        responses=len(batch.responses),
        doubts=len(batch.doubts),
        claims_per_event=round(status["counted"] / len(batch.events), 2) if batch.events else 0.0,
    )


def report_text(report: Report) -> str:
    """The report for people: a few lines, and lists of what was not understood."""
    by_table = f", {report.claims_of_tables} of tables" if report.tables else ""
    out = [
        f"case {report.case}: {_n(report.documents, 'document')} read ({report.coded} coded, {report.taken_over} taken over"
        + (f", {report.documents - report.coded - report.taken_over} of tables" if report.tables else "")
        + "), "
        f"{len(report.skipped)} skipped, {len(report.refused)} refused"
        + (f", {len(report.retracted)} retracted" if report.retracted else ""),
        f"  {_n(report.sentences, 'sentence')} read, {_n(report.masked, 'stretch', 'stretches')} masked",
        f"  {_n(report.claims, 'claim')} ({report.claims_by_hand} by hand{by_table}), {report.claims_low} more of low confidence, "
        f"{report.claims_rejected} rejected in review",
        f"  {_n(report.events, 'event')} ({report.claims_per_event} claims an event), {_n(report.responses, 'response')}, "
        f"{_n(report.doubts, 'possible double')}",
        f"  {_n(len(report.names_not_known), 'name')} not known{_some([f'{n} ({k})' for n, k in report.names_not_known])}",
        *(
            [
                f"  {_n(len(report.names_alike), 'pair')} of names may be one actor each (alias, name in lexicons/aliases.csv joins them)"
                + _some([f"{p.alias} = {p.name} ({p.why})" for p in report.names_alike], 5)
            ]
            if report.names_alike
            else []
        ),
        f"  {_n(len(report.dates_not_resolved), 'date')} not resolved{_some([f'{n!r} ({k})' for n, k in report.dates_not_resolved])}",
        f"  {_n(report.judgements, 'judgement')}, {len(report.judgements_unmatched)} matched nothing",
    ]
    out += [f"    {u}" for u in report.judgements_unmatched]
    for table in report.tables:
        out.append(
            f"  table {table.file} ({table.layout}): {_n(table.rows, 'row')}, {table.loaded} loaded, "
            f"{sum(n for _, n in table.left_out)} left out, {table.refused} refused"
        )
        out += [f"    left out {n}: {why}" for why, n in table.left_out]
        out += [f"    noted {n}: {what}" for what, n in table.noted]
    out += [f"  skipped {name}: {why}" for name, why in report.skipped]
    out += [f"  refused {line}" for line in report.refused]
    return "\n".join(out)


def _n(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _some(names: Sequence[str], limit: int = 8) -> str:
    shown = ", ".join(names[:limit])
    return "" if not names else f": {shown}, and {len(names) - limit} more (--json lists all)" if len(names) > limit else f": {shown}"


def nothing_loaded(loaded: Loaded) -> None:
    """Errors: BadInput where a case has not one document that can be read and none was retracted."""
    if not loaded.batch.documents and not loaded.report.retracted:
        refused = loaded.report.refused
        more = f"; and {len(refused) - 3} more refused" if len(refused) > 3 else ""
        why = f" ({'; '.join(refused[:3])}{more})" if refused else ""
        if rows := sum(t.rows for t in loaded.report.tables):
            raise BadInput(f"of {_n(rows, 'row')} in its tables none tells an act that can be loaded{why}", loaded.report.case)
        raise BadInput(f"no article can be read here{why}: put .txt, .md, .html, .pdf or .jsonl articles into the case", loaded.report.case)
