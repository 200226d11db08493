"""What `whom evaluate` is given, made ready to be scored: gold, a coding, the articles they are of.

In: the words of the command. Out: `Coding`s. Rule: of each coding it is known which claims are scored, which there are beside, and of
which documents it speaks; nothing is coded twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import BadInput, UsageError
from graph.model import Batch, Claim, Document, to_row
from loaders.case import Progress, load_case, nothing_loaded
from loaders.documents import jsonl_kind, read_case
from loaders.evaluate_checks import placed, problems
from loaders.evaluate_files import Row, csv_kind, read_numbered, splits_beside
from loaders.matching import document_key

MOST = 20
"""Wrong rows that are named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """`rows`: the claims that are scored; `everything`: those of every confidence. `documents`: the articles it is of, by document_key;
    None where they are not known. `batch`: the case, where one was coded, made of the scored claims alone."""

    name: str
    rows: list[Row]
    everything: list[Row]
    documents: Mapping[str, Document] | None = None
    batch: Batch | None = None
    refused: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a case is coded, and which claims are scored: those of confidence `line` and more, or where it is None those that count;
    of the documents that `scored` says."""

    line: float | None = None
    judged: Path | None = None
    reviewed: bool = False
    progress: Progress | None = None
    processes: int | None = None
    scored: Callable[[str], bool] = lambda _: True


def gold_and_case(gold: str, case: str | None) -> tuple[Path, Path]:
    """The file of gold claims, and what is scored: where none is given, the articles of the folder that GOLD is.

    Errors: UsageError where neither tells what to score; BadInput where a folder holds no gold.
    """
    path = Path(gold)
    if not path.is_dir():
        if case is None:
            raise UsageError(f"{gold} alone tells no coding to score: name a CASE or a file of claims after it")
        return path, Path(case)
    articles = path / "articles.jsonl"
    names = ("claims.jsonl", "claims.csv") if articles.is_file() else ("gold.jsonl", "gold.csv")
    found = next((path / n for n in names if (path / n).is_file()), None)
    if found is None:
        raise BadInput(f"a folder of gold holds articles.jsonl and claims.jsonl, or is a case with gold.jsonl; here is no {names[0]}", path)
    return found, Path(case) if case is not None else articles if articles.is_file() else path


def split_of(gold: Path, split: str | None) -> Callable[[str], bool]:
    """Which documents belong to a split, by the articles.jsonl beside the gold. Errors: UsageError where there is no such split."""
    if not split:
        return lambda _: True
    splits = splits_beside(gold)
    if split not in splits.values():
        raise UsageError(f"--split {split}: the articles beside {gold} have {', '.join(sorted(set(splits.values()))) or 'none'}")
    return lambda document: splits.get(document) == split


def articles(path: Path, gold: Path, how: How) -> dict[str, Document] | None:
    """The articles that are scored, by document_key: of the case, or where a file of claims is scored, those that lie with it or with
    the gold; None where there are none. Errors: BadInput where two have one name but for their folders."""
    where = path if not is_claims(path) else _beside(path) or _beside(gold)
    if where is None:
        return None
    found: dict[str, Document] = {}
    case = read_case(where)
    rows = {c.document for c in case.claims}
    for d in case.documents:
        # A row of a table of events is no article that gold could quote.
        if d.document not in rows and how.scored(d.document) and (other := found.setdefault(document_key(d.document), d)) is not d:
            raise BadInput(f"{other.document!r} and {d.document!r} have one name but for their folders: claims of them can't be told apart")
    return found


def _beside(path: Path) -> Path | None:
    """The case that lies with a file of claims: articles.jsonl, or the folder that it is in."""
    if (path.parent / "articles.jsonl").is_file():
        return path.parent / "articles.jsonl"
    return path.parent if any((path.parent / n).is_file() for n in ("case.toml", "documents.csv")) else None


def coding(path: Path, how: How, documents: Mapping[str, Document] | None) -> Coding:
    """The claims to score: of a coding in a file (.jsonl, .csv), or of a case, coded now; `documents` as `articles` gives them.

    Errors: BadInput."""
    if is_claims(path):
        return _file(path, how, documents)
    everything: list[Claim] = []

    def counting(claim: Claim) -> bool:
        if claim.status == "rejected" or claim.found in ("hand", "table") or not how.scored(claim.document):
            return False
        everything.append(claim)
        return claim.status == "counted" if how.line is None else claim.confidence >= how.line

    loaded = load_case(
        path, judged=how.judged, reviewed=how.reviewed, counting=counting, progress=how.progress, processes=how.processes, wanted=how.scored
    )
    nothing_loaded(loaded)
    return Coding(
        name=str(path),
        rows=[to_row(c) for c in loaded.batch.claims],
        everything=[to_row(c) for c in everything],
        documents=documents,
        batch=loaded.batch,
        refused=loaded.report.refused,
    )


def is_claims(path: Path) -> bool:
    """Whether a path is a file of claims rather than a case. Errors: BadInput where a .jsonl is neither."""
    if not path.is_file():
        return False
    return csv_kind(path) == "claims" if path.suffix.lower() == ".csv" else path.suffix.lower() == ".jsonl" and jsonl_kind(path) == "claims"


def _file(path: Path, how: How, documents: Mapping[str, Document] | None) -> Coding:
    numbered = [(n, r) for n, r in read_numbered(path) if how.scored(str(r["document"])) and r.get("status") != "rejected"]
    for line, row in numbered:
        sure = row.get("confidence")
        if sure is not None and (isinstance(sure, bool) or not isinstance(sure, (int, float)) or not 0 <= sure <= 1):
            raise BadInput(f"confidence {sure!r} is no number from 0 to 1", path, line)
    # Where a quote of a prediction does not stand its own places are taken: a peer's tool may have read another text.
    rows, _ = placed(path, numbered, documents or {})
    return Coding(name=str(path), rows=[r for r in rows if _counts(r, how.line)], everything=rows, documents=documents)


def _counts(row: Row, line: float | None) -> bool:
    sure = row.get("confidence")
    if line is None:
        return row.get("status") in (None, "counted")
    return sure is None or float(sure) >= line


def checked_gold(path: Path, how: How, documents: Mapping[str, Document] | None) -> tuple[list[Row], list[str]]:
    """The gold rows that are scored, with their places, and what is wrong with the file, a line each (then nothing may be scored).

    `documents` as `articles` gives them. Errors: BadInput where the file can't be read, or holds nothing to score.
    """
    numbered = read_numbered(path)
    of_split = [(n, r) for n, r in numbered if how.scored(str(r["document"]))]
    if not of_split:
        raise BadInput("holds no claim" + (f" of the documents that are scored ({len(numbered)} of others)" if numbered else ""), path)
    rows, wrong = placed(path, of_split, documents or {})
    lines = {n for n, _ in of_split}
    wrong += problems(path, of_split, documents) + problems(path, [(n, r) for n, r in numbered if n not in lines])
    told = [str(e) for e in sorted(wrong, key=lambda e: e.line or 0)]
    return rows, told if len(told) <= MOST else [*told[:MOST], f"{path}: and {len(told) - MOST} more of the kind"]


def two_codings(one: str, other: str | None) -> tuple[Path, Path]:
    """The two codings to compare; a folder of gold is its claims, and alone it is compared with what the coder makes of its articles.

    Errors: UsageError where there is but one.
    """
    folder = Path(one)
    if other is None or (folder / "articles.jsonl").is_file() or (folder / "gold.jsonl").is_file():
        return gold_and_case(one, other)
    return folder, Path(other)
