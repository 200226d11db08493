"""A document -> why each of its sentences was coded as it was: parse, rule, lexicon row, names, dates, what was rejected.

In: a coder and a document. Out: text for people. Rule: it shows what the coder did; it decides nothing.
"""

from __future__ import annotations

from graph.model import Document
from loaders.actors import Cast
from loaders.coder import Coder
from loaders.coder.details import dated
from loaders.coder.proposals import propose
from loaders.names import find_names
from loaders.occasions import with_occasions


def explain(coder: Coder, document: Document, at: int | None = None) -> str:
    """All sentences, or the one that holds offset `at` (code points of the document's text)."""
    trees = coder.read(document)
    coding = coder.code(document, trees)
    claims = with_occasions(coding.claims, [document])
    cast = Cast(
        trees, find_names(trees, coder.lexicon), document.text, coder.lexicon, document.publisher, document.published, coder.reader.types
    )
    out: list[str] = []
    for start, end, why in document.masked:
        if at is None or start <= at < end:
            out.append(f"[{start}-{end}] masked ({why}): {' '.join(document.text[start:end].split())[:100]}")
    for s, tree in enumerate(trees):
        sentence = tree.sentence
        if at is not None and not sentence.start <= at < sentence.end:
            continue
        out.append(f"[{sentence.start}-{sentence.end}] {document.text[sentence.start : sentence.end]}")
        out.append(
            "  parse: " + " ".join(f"{w}/{p}/{d}>{h + 1}" for w, p, d, h in zip(tree.words, tree.pos, tree.dep, tree.head, strict=True))
        )
        for name in cast.names[s]:
            e = name.entity
            out.append(f"  name: {' '.join(tree.words[name.first : name.last + 1])} = {e.name} ({e.kind or 'kind not told'}, {e.how})")
        for d in dated(tree, document.text):
            out.append(
                f"  date words: {d.phrase.words!r} ({d.phrase.kind}), hang on {tree.words[d.governor] if d.governor >= 0 else 'nothing'!r}"
            )
        for p in propose(tree, coder.lexicon, coder.reader.types):
            row = (
                f"lexicon row {p.row.file}:{p.row.line} {p.row.word!r} -> {p.row.type} {p.row.mode or ''}".rstrip()
                if p.row
                else "no lexicon row"
            )
            out.append(
                f"  proposed: {' '.join(tree.words[p.trigger : p.last + 1])!r} says {p.action} "
                f"(reader {p.p:.3f}, of this type {p.share:.2f}; {p.found}; {row})"
            )
        for start, note in coding.notes:
            if start == sentence.start:
                out.append(f"  {note}")
        for c in claims:
            if c.sentence_start == sentence.start:
                day = (
                    f"{c.date_start}..{c.date_end} ({c.granularity}, {c.basis}) from {c.date_words!r}"
                    if c.date_start
                    else f"no date ({c.basis})" + (f" from {c.date_words!r}" if c.date_words else "")
                )
                out.append(
                    f"  claim [{c.start}-{c.end}] {c.source} {c.action}{' ' + c.mode if c.mode else ''} "
                    f"{c.target or '-'}: {c.modality}, {day}"
                )
                out.append(
                    f"    {c.rule}; confidence {c.confidence} ({c.status})"
                    + (f"; speaker {c.speaker}" if c.speaker else "")
                    + (f"; demand {c.demand_action} {c.demand_target or '-'}" if c.demand_action else "")
                    + (f"; occasion {c.occasion}" if c.occasion else "")
                )
    return "\n".join(out) if out else f"no sentence at {at}: the text has {len(document.text)} characters"
