"""The bytes of one file to the text of an article and what it says of itself.

In: bytes and the ending of the file's name. Out: `Content`: text and metadata. Errors: BadInput with a reason.
Rule: a publication date is taken only where the file names it as one, for machines; never from a footer or a caption.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.checks import known_day
from graph.errors import BadInput

FORMATS = (".txt", ".md", ".html", ".htm", ".pdf")
META = ("title", "publisher", "published", "url", "kind", "note", "copy_of", "origin")
FRONT_LINES = 40
"""Front matter is closed within so many lines, else the dashes are a line of the text."""


@dataclass(frozen=True, slots=True)
class Content:
    """The text, its metadata as strings (keys of META), and how many code points of front matter open it."""

    text: str
    meta: dict[str, str] = field(default_factory=dict)
    front: int = 0


def read_bytes(data: bytes, suffix: str) -> Content:
    """The content of one file of a format named in FORMATS. Errors: BadInput where there is no text to be had."""
    if not data.strip():
        raise BadInput("the file is empty")
    if suffix == ".pdf":
        content = _pdf(data)
    elif suffix in (".html", ".htm"):
        content = _html(data)
    else:
        content = _front_matter(decode(data))
    return check(content)


def check(content: Content) -> Content:
    """The content itself. Errors: BadInput where its text is empty or can't be stored."""
    if "\0" in content.text:
        raise BadInput("not a text: it holds zero bytes (a binary file, or UTF-16: save it as UTF-8)")
    if any("\ud800" <= c <= "\udfff" for c in content.text):
        raise BadInput("not a text: it holds half of a surrogate pair")
    if not content.text[content.front :].strip():
        raise BadInput("there is no text in it")
    return content


def decode(data: bytes) -> str:
    """UTF-8 bytes as text; a byte order mark is dropped, newlines stay. Errors: BadInput naming the byte that is no UTF-8."""
    if b"\0" in data:
        raise BadInput("not a text: it holds zero bytes (a binary file, or UTF-16: save it as UTF-8)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        offset = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        raise BadInput(f"not UTF-8: byte {offset} is 0x{data[offset]:02x}; save it as UTF-8") from None


def day(value: str) -> date:
    """A day in the model's years from YYYY-MM-DD, alone or before a time. Errors: ValueError."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ]\d.*)?", value.strip(), re.S)
    if not match:
        raise ValueError(f"{value.strip()!r} is no date: write YYYY-MM-DD")
    return known_day(match[1])


def _front_matter(text: str) -> Content:
    """`key: value` lines between two lines of dashes at the very start; unknown keys are left alone."""
    lines = text.split("\n", FRONT_LINES + 1)
    if lines[0].rstrip() != "---":
        return Content(text)
    close = next((n for n, line in enumerate(lines[1 : FRONT_LINES + 1], 1) if line.rstrip() == "---"), None)
    body = lines[1:close]
    if close is None or not all(re.match(r"[\w-]+\s*:(\s|$)|\s|-\s|#|$", line) for line in body):
        return Content(text)
    meta = {}
    for line in body:
        key, _, value = line.partition(":")
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        meta[key.strip().lower()] = value
    meta.setdefault("published", meta.get("date", ""))
    front = sum(len(line) + 1 for line in lines[: close + 1])
    return Content(text, {k: v for k, v in meta.items() if k in META and v}, min(front, len(text)))


def _html(data: bytes) -> Content:
    import logging

    import trafilatura
    from lxml import html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = _html_text(data)
    try:
        text = trafilatura.extract(page, include_comments=False, include_formatting=False)
        tree = html.fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except Exception as error:  # hostile pages fail inside the parser in many ways
        raise BadInput(f"the HTML cannot be read: {error}") from None
    if not text:
        raise BadInput("no article found in the HTML; save its text as .txt")
    return Content(text, _html_meta(tree))


def _html_text(data: bytes) -> str:
    """The page decoded: as UTF-8, else by the encoding that it declares itself."""
    declared = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,30})", data[:4096], re.I)
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        return decode(data)
    except BadInput:
        if name.lower() in ("utf-8", "utf8"):
            raise
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError) as error:
        raise BadInput(f"declared as {name}, but cannot be decoded so: {error}") from None


def _html_meta(tree: Any) -> dict[str, str]:
    named: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if key and element.get("content"):
            named.setdefault(key.strip().lower(), element.get("content").strip())
    articles = list(_json_ld(tree))
    dates = [named.get("article:published_time"), *(a.get("datePublished") for a in articles), named.get("datepublished"), _time(tree)]
    publishers = [a["publisher"].get("name") for a in articles if isinstance(a.get("publisher"), dict)]
    title = [named.get("og:title"), *(a.get("headline") for a in articles), tree.findtext(".//h1"), tree.findtext(".//title")]
    link = next((e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"), None)
    meta = {
        "title": _first(title),
        "publisher": _first([named.get("og:site_name"), *publishers]),
        "published": _first(dates, dated=True),
        "url": _first([link, named.get("og:url")]),
    }
    return {k: v for k, v in meta.items() if v}


def _first(values: list[Any], dated: bool = False) -> str | None:
    """The first that is a text with something in it; where `dated`, the first that is a day (a page's own bad date is no user's error)."""
    for value in values:
        if not isinstance(value, str) or not value.strip():
            continue
        if dated:
            try:
                return day(value).isoformat()
            except ValueError:
                continue
        return " ".join(value.split())
    return None


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD that are articles."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            todo = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while todo:
            node = todo.pop(0)
            if isinstance(node, list):
                todo += node
            elif isinstance(node, dict):
                kinds = node.get("@type")
                if any(str(k).endswith(("Article", "Posting", "Report")) for k in (kinds if isinstance(kinds, list) else [kinds])):
                    yield node
                todo += [node["@graph"]] if "@graph" in node else []


def _time(tree: Any) -> str | None:
    """The day of <time datetime>: one marked as the publication's, else the only day named by those at the article's head or in it."""
    times = [e for e in tree.iter("time") if e.get("datetime")]
    marked = [e for e in times if e.get("pubdate") is not None or e.get("itemprop") == "datePublished"]
    around = [(e, {above.tag for above in e.iterancestors()}) for e in times]
    inside = [e for e, tags in around if tags & {"article", "header"} and not tags & {"footer", "aside", "nav"}]
    days = {e.get("datetime").strip()[:10] for e in (marked[:1] or inside)}
    return days.pop() if len(days) == 1 else None


def _pdf(data: bytes) -> Content:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text() or "" for page in reader.pages]
    except Exception as error:  # damaged files fail inside the parser in many ways
        raise BadInput(f"the PDF cannot be read: {error}") from None
    text = "\n\n".join(_reflow(page) for page in pages)
    if not text.strip():
        raise BadInput("there is no text in the PDF: a scan? Make text of it first")
    return Content(text)


def _reflow(page: str) -> str:
    """A page's lines joined to paragraphs: a line that is broken off at the margin goes on in the next one."""
    lines = [line.strip() for line in page.splitlines()]
    margin = 0.75 * max((len(line) for line in lines), default=0)
    text = ""
    for line, before in zip(lines, ["", *lines], strict=False):
        if not line or not before:
            text += "\n"
        if len(before) < margin or not before or not line:
            text += line if not text or text.endswith("\n") else "\n" + line
        elif re.search(r"[a-z]-$", before) and line[0].islower():
            text = text[:-1] + line
        else:
            text += " " + line
    return text.strip("\n")
