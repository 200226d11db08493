"""Evidence rows -> the sentence with its quote marked, and who says so; as HTML whose every text is escaped.

In: rows of the question `evidence`. Out: HTML. Rule: offsets are code points of Python strings and never leave this file.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote as percent

from graph.rows import Evidence

LONG = 16
"""Words of a quote that a text fragment holds whole."""


def marked(row: Evidence) -> str:
    """The sentence with the quote marked; the quote alone where it is not within its sentence."""
    if row.quote_at is None or row.quote_end is None:
        return f"<mark>{escape(row.quote)}</mark>"
    text = row.sentence
    return f"{escape(text[: row.quote_at])}<mark>{escape(text[row.quote_at : row.quote_end])}</mark>{escape(text[row.quote_end :])}"


def link(row: Evidence) -> str | None:
    """The article's address, for a sentence with a text fragment that scrolls to it; None where there is no http(s) address."""
    if not row.url or not row.url.lower().startswith(("http://", "https://")):
        return None
    if row.found == "table":
        return row.url  # the quote is the table's own line: it stands in no article
    # A long quote is named by its first and last words; a hyphen would be read as the mark of a prefix.
    words = row.quote.split()
    ends = [" ".join(words)] if len(words) <= LONG else [" ".join(words[: LONG // 2]), " ".join(words[-LONG // 2 :])]
    return f"{row.url.split('#')[0]}#:~:text={','.join(percent(e, safe='').replace('-', '%2D') for e in ends)}"


def card(row: Evidence) -> str:
    """One sentence with its source: publisher, day, address, who is quoted, how it was found."""
    address = link(row)
    title = escape(row.title)
    head = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{title}</a>' if address else title
    source = [escape(row.publisher or "publisher unknown"), row.published.isoformat() if row.published else "day unknown"]
    if row.copy_of:
        source.append(f"a copy of {escape(row.copy_of)}")
    if row.speaker:
        source.append(f"according to {escape(row.speaker)}")
    if row.own_word:
        source.append("the actor's own word")
    how = (
        f"found by {escape(row.found)}, confidence {row.confidence:.2f}"
        if row.found in ("reader", "rule", "both")
        else f"found by {escape(row.found)}"
    )
    return (
        f'<blockquote style="margin:0 0 12px;padding:4px 12px;border-left:3px solid #E4E0D8">{marked(row)}'
        f'<div style="font-size:12px;color:#4A5462">{head} · {" · ".join(source)} · {how}</div></blockquote>'
    )


def sources(rows: list[Evidence]) -> str:
    """How many tell it independently, as the codebook counts: "2 sources, 1 copy, 1 in the actor's own word"."""
    told = {r.origin for r in rows if r.origin and not r.own_word}
    copies = len({r.document for r in rows if r.copy_of})
    own = len({r.origin for r in rows if r.own_word})
    parts = [f"{len(told)} source{'s' * (len(told) != 1)}"]
    parts += [f"{copies} cop{'ies' if copies != 1 else 'y'}"] if copies else []
    parts += [f"{own} in the actor's own word"] if own else []
    return ", ".join(parts)
