"""A case on disk to its documents: what was read, what was refused and why, what was no article.

In: a folder, one .jsonl of articles, or one table of events. Out: `Articles`, with the claims of its tables. Rule: nothing is left out
in silence, and a document whose date is wrong is refused rather than read without one, since every relative day in it hangs on that date.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from graph.errors import BadInput
from graph.model import Claim, Document
from loaders import event_tables
from loaders.action_codes import cameo
from loaders.boilerplate import masks
from loaders.column_maps import ColumnMap, column_map, read_mapped
from loaders.event_rows import TableReport, Told, claims_of
from loaders.formats import FORMATS, META, Content, check, day, decode, read_bytes

RESERVED = frozenset({"case.toml", "documents.csv", "claims.csv", "claims.jsonl", "judgements.csv", "story.csv", "lexicons"})
"""Names at the top of a case that are no articles; others read them (names that begin with `gold` nobody)."""
SIDECAR = ("document", *META)


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """A file, or one line of it (1-based), that was not taken, and why."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Articles:
    """What a case holds. `files`: a hash over the name and bytes of every file read; `read`: (name, sha256) of each.

    `documents` are sorted by their id, file names are relative to the case. Those that are rows of tables have their `claims` with them,
    the `kinds` of the actors in them, and a report for each of the `tables`.
    """

    case: str
    heading: str = ""
    notes: str = ""
    documents: tuple[Document, ...] = ()
    refused: tuple[Refusal, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    read: tuple[tuple[str, str], ...] = ()
    files: str = ""
    claims: tuple[Claim, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    tables: tuple[TableReport, ...] = ()


def is_table(path: Path) -> bool:
    """Whether a file is to be read as a table of events."""
    return path.suffix.lower() in event_tables.SUFFIXES and path.is_file()


def jsonl_kind(path: Path) -> str:
    """What a .jsonl holds by its first line: export, claims or articles.

    Errors: BadInput where it can't be read or its first line is none of these.
    """
    try:
        with path.open("rb") as file:
            line = next((x for x in file if x.strip(b"\xef\xbb\xbf \t\r\n")), b"")
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", path) from None
    if not line:
        raise BadInput("the file is empty", path)
    try:
        row = _row(line)
    except BadInput as error:
        raise BadInput(error.reason, path, 1) from None
    if row.get("whom") == "export":
        return "export"
    if "action" in row:
        return "claims"
    if "text" in row:
        return "articles"
    raise BadInput("neither articles (`text`), claims (`action`) nor an export of whom", path, 1)


def read_case(path: str | Path) -> Articles:
    """All documents of a case: a folder, or one .jsonl of articles or one table of events, named by its stem.

    Errors: BadInput where the case itself is missing, is no case, or its case.toml or documents.csv can't be read at all;
    a single file or row that can't be taken is listed in `refused`.
    """
    path = Path(path)
    if path.is_dir():
        return _Reader(path).folder()
    if not path.exists():
        raise BadInput("no such folder or file", path)
    if is_table(path):
        return _Reader(path.parent).single_table(path)
    if path.suffix.lower() != ".jsonl":
        raise BadInput("a case is a folder, or one .jsonl of articles, or one table of events (ICEWS, GDELT 2.0)", path)
    if (kind := jsonl_kind(path)) != "articles":
        raise BadInput(f"holds {'claims' if kind == 'claims' else 'an export'}, not articles", path)
    return _Reader(path.parent).single(path)


def read_one(path: str | Path) -> Document:
    """One article from one file; a documents.csv beside it is heeded. Errors: BadInput."""
    path = Path(path)
    if not path.is_file():
        raise BadInput("no such file", path)
    if path.suffix.lower() not in FORMATS:
        raise BadInput(f"not a format that is read ({', '.join(FORMATS)})", path)
    reader = _Reader(path.parent)
    reader.sidecar()
    reader.file(path.name)
    return reader.only(path)


def from_text(text: str, name: str = "stdin", case: str = "stdin") -> Document:
    """One article from a text without a file (front matter is heeded). Errors: BadInput."""
    reader = _Reader(Path())
    reader.case = case
    try:
        content = read_bytes(text.encode("utf-8", "surrogatepass"), ".txt")
        return reader.document(name, content, name, hashlib.sha256(text.encode("utf-8")).hexdigest())
    except BadInput as error:
        raise BadInput(error.reason, name, error.line) from None


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise BadInput("not a JSON object")
    return row


def _shown(name: str) -> str:
    """A file's name that can be printed and stored: bytes of it that are no UTF-8 are written out."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class _Reader:
    """Collects what a case holds while its files are read one by one."""

    def __init__(self, root: Path) -> None:
        self.root, self.case, self.heading, self.notes = root, root.resolve().name, "", ""
        self.found: dict[str, list[tuple[Document, int | None]]] = defaultdict(list)
        self.refused: list[Refusal] = []
        self.skipped: list[tuple[str, str]] = []
        self.read: list[tuple[str, str]] = []
        self.meta: dict[str, tuple[int, dict[str, str]]] = {}
        self.bad: dict[str, int] = {}
        """Documents whose row in documents.csv is refused, with its line."""
        self.maps: dict[str, ColumnMap | None] = {}
        """The tables that case.toml describes; None where its description is refused."""
        self.codes: set[str] = set()
        self.told: dict[str, list[Told]] = {}
        self.kinds: dict[str, str] = {}
        self.tables: list[TableReport] = []
        self.seen: event_tables.Seen = set()

    def refuse(self, file: str, line: int | None, reason: str) -> None:
        self.refused.append(Refusal(_shown(file), line, _shown(reason)))

    def bytes_of(self, name: str) -> bytes | None:
        """The bytes of a file of the case, noted as read; None and a refusal where it can't be read."""
        try:
            data = (self.root / name).read_bytes()
        except OSError as error:
            self.refuse(name, None, f"cannot be read: {error.strerror}")
            return None
        self.read.append((name, _sha(data)))
        return data

    # -- the case
    def folder(self) -> Articles:
        self.settings()
        self.sidecar()
        gone = set(self.maps)
        for name in self.names():
            gone.discard(name)
            if name in self.maps or name.lower().endswith(event_tables.SUFFIXES):
                self.table(name)
            elif name.lower().endswith(".jsonl"):
                self.articles(name)
            else:
                self.file(name)
        for name in sorted(n for n in gone if self.maps[n]):
            self.refuse("case.toml", None, f"[[table]] {name!r}: there is no such file to be read in the case")
        return self.result()

    def single(self, path: Path) -> Articles:
        self.case = path.stem
        self.articles(path.name)
        return self.result()

    def single_table(self, path: Path) -> Articles:
        """One table of events; a case.toml beside it may describe its columns. Errors: BadInput where it is none that can be read."""
        self.settings()
        self.refused = [r for r in self.refused if path.name in r.reason]
        self.case, self.heading, self.notes = path.stem, "", ""
        self.maps = {n: m for n, m in self.maps.items() if n == path.name}
        self.table(path.name)
        result = self.result()
        if self.skipped or (self.refused and not result.documents):
            reason, line = (self.skipped[0][1], None) if self.skipped else (self.refused[0].reason, self.refused[0].line)
            raise BadInput(reason, path, line)
        return result

    def only(self, path: Path) -> Document:
        """The one document that was read. Errors: BadInput with the refusal."""
        result = self.result()
        if not result.documents:
            refusal = next((r for r in result.refused if r.file == path.name), result.refused[0])
            raise BadInput(refusal.reason, self.root / refusal.file, refusal.line)
        return result.documents[0]

    def settings(self) -> None:
        if not (self.root / "case.toml").is_file():
            return
        path = self.root / "case.toml"
        try:
            values = tomllib.loads(decode(self.bytes_of("case.toml") or b""))
        except tomllib.TOMLDecodeError as error:
            raise BadInput(f"not TOML: {error}", path) from None
        except BadInput as error:
            raise BadInput(error.reason, path) from None
        described = values.pop("table", [])
        for number, one in enumerate(described if isinstance(described, list) else [described], 1):
            self.described(number, one)
        for key, value in values.items():
            if key not in ("name", "title", "notes"):
                self.refuse("case.toml", None, f"unknown key {key!r}; known are name, title, notes, and [[table]]")
            elif not isinstance(value, str):
                raise BadInput(f"{key} must be a text in quotes", path)
        self.case = values.get("name", "").strip() or self.case
        self.heading, self.notes = values.get("title", ""), values.get("notes", "")

    def described(self, number: int, one: Any) -> None:
        """A [[table]] of case.toml: the columns of a table, or a refusal."""
        file = one.get("file") if isinstance(one, dict) else None
        try:
            columns = column_map(one, self.root)
            if columns.file in self.maps:
                raise BadInput("is described twice")
            if columns.file in RESERVED:
                raise BadInput("is a file of whom's own")
            self.maps[columns.file] = columns
            if "action_file" in one:
                self.codes.add(PurePosixPath(one["action_file"]).as_posix())
        except BadInput as error:
            self.refuse("case.toml", None, f"[[table]] {number}{f' ({file})' if isinstance(file, str) else ''}: {error.reason}")
            if isinstance(file, str):
                self.maps[file] = None

    def broken(self, error: OSError) -> None:
        """A folder below the case that can't be listed."""
        self.refuse(Path(error.filename).relative_to(self.root).as_posix() + "/", None, f"cannot be read: {error.strerror}")

    def names(self) -> Iterator[str]:
        """Files that may be articles, sorted; the others go to `skipped`."""
        for folder, folders, files in os.walk(self.root, onerror=self.broken):
            folders.sort()
            below = PurePosixPath(Path(folder).relative_to(self.root).as_posix())
            top = Path(folder) == self.root
            for name in [*folders]:
                why = self.no_article(name, top, folder=True)
                if why is None and Path(folder, name).is_symlink():
                    why = "a link to a folder"
                if why is not None:
                    folders.remove(name)
                    self.skipped += [(_shown((below / name).as_posix()) + "/", why)] if why else []
            for name in sorted(files):
                path, inside = Path(folder, name), (below / name).as_posix()
                why = self.no_article(name, top, folder=False, described=inside in self.maps)
                if inside in self.codes:
                    self.bytes_of(inside)
                    continue
                if why is None and not path.resolve().is_relative_to(self.root.resolve()):
                    why = "a link out of the case"
                if why is None and not path.is_file():
                    why = "not a plain file"
                if why is None:
                    yield inside
                elif why:
                    self.skipped.append((_shown(inside), why))

    @staticmethod
    def no_article(name: str, top: bool, folder: bool, described: bool = False) -> str | None:
        """Why a name is no article: '' where another part of whom reads it, None where it may be one or a table of events."""
        if top and name in RESERVED:
            return ""
        if name.startswith("."):
            return "a hidden file"
        if top and name.lower().startswith("gold"):
            return "gold is never loaded"
        if folder or described:
            return None
        if name.split(".")[0].upper() in ("README", "LICENSE", "LICENCE"):
            return "no article"
        if not name.lower().endswith((*FORMATS, ".jsonl", *event_tables.SUFFIXES)):
            return f"not a format that is read ({', '.join(FORMATS)}, .jsonl)"
        return None

    # -- metadata
    def sidecar(self) -> None:
        """documents.csv: one row a document; a row that can't be used is refused, and its document with it."""
        name = "documents.csv"
        if not (self.root / name).is_file():
            return
        data = self.bytes_of(name)
        try:
            reader = csv.DictReader(io.StringIO(decode(data or b""), newline=""), strict=True)
            if "document" not in (reader.fieldnames or ()):
                raise BadInput("no column `document` in its header", self.root / name, 1)
            for column in set(reader.fieldnames or ()) - set(SIDECAR):
                self.refuse(name, 1, f"unknown column {column!r}; known are {', '.join(SIDECAR)}")
            for row in reader:
                self.sidecar_row(row, reader.line_num)
        except csv.Error as error:
            raise BadInput(f"not CSV: {error}", self.root / name, reader.line_num + 1) from None
        except BadInput as error:
            raise BadInput(error.reason, self.root / name, error.line) from None

    def sidecar_row(self, row: Mapping[str | None, Any], line: int) -> None:
        document = (row.get("document") or "").strip()
        values = {k: v.strip() for k, v in row.items() if k in META and isinstance(v, str) and v.strip()}
        reason = None
        if not document:
            reason = "the column `document` is empty"
        elif None in row:
            reason = "more cells than the header has columns (a comma that is not in quotes?)"
        elif document in self.meta or document in self.bad:
            reason = f"a second row for {document!r}"
            self.meta.pop(document, None)
        elif "published" in values:
            try:
                day(values["published"])
            except ValueError as error:
                reason = f"published: {error}"
        if reason is None:
            self.meta[document] = (line, values)
        else:
            self.refuse("documents.csv", line, reason)
            if document:
                self.bad.setdefault(document, line)

    # -- articles
    def file(self, name: str) -> None:
        data = self.bytes_of(name)
        if data is None:
            return
        document = name[: -len(PurePosixPath(name).suffix)]
        try:
            self.add(self.document(document, read_bytes(data, PurePosixPath(name).suffix.lower()), name, _sha(data)), None)
        except BadInput as error:
            self.refuse(name, error.line, error.reason)

    def articles(self, name: str) -> None:
        """A .jsonl with one article a line; `sha256_file` of each is that of its line."""
        try:
            if (kind := jsonl_kind(self.root / name)) != "articles":
                self.refuse(name, None, f"holds {'claims' if kind == 'claims' else 'an export'}, not articles: load it by itself")
                return
        except BadInput as error:
            self.refuse(name, error.line, error.reason)
            return
        for number, line in enumerate((self.bytes_of(name) or b"").split(b"\n"), 1):
            if not line.strip(b"\xef\xbb\xbf \t\r"):
                continue
            try:
                row = _row(line)
                document, text = row.get("document"), row.get("text")
                if not isinstance(document, str) or not document.strip():
                    raise BadInput("no `document`: every article needs an id of its own")
                if not isinstance(text, str):
                    raise BadInput("no `text`")
                if odd := [k for k in META if not isinstance(row.get(k) or "", str)]:
                    raise BadInput(f"{odd[0]} must be a text in quotes")
                meta = {k: v.strip() for k, v in row.items() if k in META and isinstance(v, str) and v.strip()}
                self.add(self.document(document.strip(), check(Content(text, meta)), name, _sha(line)), number)
            except BadInput as error:
                self.refuse(name, number, error.reason)

    def table(self, name: str) -> None:
        """A table of events, known by its first line or described in case.toml; any other is skipped."""
        columns = self.maps.get(name)
        if name in self.maps and columns is None:
            return
        try:
            which = None if columns else event_tables.layout_of(self.root / name)
            if not columns and not which:
                why = "a table of no layout that is known (ICEWS, GDELT 2.0): describe its columns as a [[table]] in case.toml"
                self.skipped.append((_shown(name), why))
                return
            if (data := self.bytes_of(name)) is None:
                return
            if columns:
                read = read_mapped(name, data, columns)
            else:
                read = event_tables.read_table(name, data, which or "", cameo(self.root), self.seen)
        except BadInput as error:
            self.refuse(name if error.file is None else Path(error.file).name, error.line, error.reason)
            return
        for line, reason in read.refusals():
            self.refuse(name, line, reason)
        sha = _sha(data)
        for document, paper in read.papers.items():
            try:
                made = self.document(document, check(Content(paper.text, paper.meta)), name, sha, article=False)
            except BadInput as error:
                self.refuse(name, None, f"{document}: {error.reason}")
                continue
            self.add(made, None)
            self.told[document] = list(paper.told.values())
        for actor, kind in read.kinds.items():
            self.kinds.setdefault(actor, kind)
        self.tables.append(read.report())

    def add(self, document: Document, line: int | None) -> None:
        self.found[document.document].append((document, line))

    def document(self, name: str, content: Content, file: str, sha: str, article: bool = True) -> Document:
        """A document from its content; documents.csv goes before what the file says of itself. Errors: BadInput."""
        if name in self.bad:
            raise BadInput(f"its row in documents.csv (line {self.bad[name]}) is refused, so its date is not certain")
        if _shown(name) != name:
            raise BadInput("its name is not UTF-8: rename it")
        values = content.meta | self.meta.get(name, (0, {}))[1]
        for key, value in values.items():
            if _shown(value) != value or "\0" in value:
                raise BadInput(f"{key} is not a text: it holds half of a surrogate pair or a zero byte")
        try:
            published = day(values["published"]) if "published" in values else None
        except ValueError as error:
            raise BadInput(f"published: {error}") from None
        told = values.get("title")
        body = content.text[content.front :]
        first = next((line.strip().strip("#*").strip() for line in body.splitlines() if line.strip().strip("#*-").strip()), "")
        title = told or (first if 0 < len(first) <= 200 else PurePosixPath(name).name)
        shift = content.front
        front = ((0, shift, "front matter"),) if shift else ()
        masked = masks(body, told) if article else ()
        return Document(
            case=self.case,
            document=name,
            title=title,
            text=content.text,
            published=published,
            file=file,
            sha256_file=sha,
            sha256_text=_sha(content.text.encode("utf-8")),
            masked=front + tuple((a + shift, b + shift, why) for a, b, why in masked),
            publisher=values.get("publisher"),
            url=values.get("url"),
            kind=values.get("kind"),
            note=values.get("note"),
            copy_of=values.get("copy_of"),
            origin=values.get("origin"),
        )

    # -- the end
    def result(self) -> Articles:
        documents = []
        for name, found in self.found.items():
            if len(found) == 1:
                documents.append(found[0][0])
                continue
            for document, line in found:
                others = ", ".join(sorted(f"{d.file}:{n}" if n else d.file for d, n in found if (d, n) != (document, line)))
                self.refuse(document.file, line, f"the id {name!r} is also that of {others}: rename one of them")
        self.sidecar_check({d.document for d in documents})
        documents = sorted((replace(d, case=self.case) for d in documents), key=lambda d: d.document)
        return Articles(
            case=self.case,
            heading=self.heading,
            notes=self.notes,
            documents=tuple(documents),
            refused=tuple(sorted(self.refused, key=lambda r: (r.file, r.line or 0, r.reason))),
            skipped=tuple(sorted(self.skipped)),
            read=tuple(sorted(self.read)),
            files=_sha(json.dumps(sorted(self.read)).encode()),
            claims=tuple(c for d in documents if d.document in self.told for c in claims_of(d, self.told[d.document])),
            kinds=tuple(sorted(self.kinds.items())),
            tables=tuple(self.tables),
        )

    def sidecar_check(self, known: set[str]) -> None:
        refused = {r.file.rsplit(".", 1)[0] for r in self.refused} | set(self.found)
        for document, (line, values) in self.meta.items():
            if document not in known | refused:
                self.refuse("documents.csv", line, f"there is no document {document!r}")
            elif values.get("copy_of") and values["copy_of"] not in known | refused:
                self.refuse("documents.csv", line, f"copy_of: there is no document {values['copy_of']!r}")
