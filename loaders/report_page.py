"""The pieces of a page that stands alone: no network, no script, no file beside it.

In: text and tables. Out: HTML. Rule: nothing that comes from a document, a coding or a file name gets into a page unless `words` has
escaped it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from graph import codebook

STYLE = """
:root{--ground:#fff;--ink:#1c2430;--second:#4a5462;--hair:#e4e0d8;--mark:#ffe27a;--good:#12357f;--tint:28 36 48;
--q0:#4a5462;--q1:#0a6ba0;--q2:#12357f;--q3:#a04e00;--q4:#841a2a}
@media(prefers-color-scheme:dark){:root{--ground:#15191e;--ink:#e6e8eb;--second:#a9b1bb;--hair:#333a43;--mark:#6b590f;--good:#7fd4f8;
--tint:230 232 235;--q0:#9298a1;--q1:#7fd4f8;--q2:#8aa6f2;--q3:#fdd48a;--q4:#ee8683}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1120px;padding:32px 24px 64px;background:var(--ground);color:var(--ink);
font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
h1{font-size:20px;line-height:1.3;margin:0 0 8px}h2{font-size:16px;margin:40px 0 8px}h3{font-size:14px;margin:24px 0 8px}
p{margin:0 0 8px;max-width:76ch}.lead{font-size:16px}.note,caption,figcaption{font-size:12px;color:var(--second)}
nav{font-size:12px;margin:16px 0}nav a{color:inherit;margin-right:16px}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:0 0 8px}
caption{caption-side:bottom;text-align:left;padding-top:4px}
th,td{padding:4px 8px;text-align:right;border-bottom:1px solid var(--hair);white-space:nowrap;vertical-align:top}
th{font-weight:600;color:var(--second);font-size:12px}th:first-child,td:first-child{text-align:left;padding-left:0}
tbody th{color:inherit;font-size:14px;font-weight:400;white-space:normal}tr.key>*{font-weight:600}
.bar{display:inline-block;width:64px;height:8px;margin-left:8px;background:linear-gradient(var(--good),var(--good)) no-repeat
left/var(--w) 100%,rgb(var(--tint)/.08)}
.cells td,.cells th{padding:4px;min-width:40px;text-align:center}.cells tbody th{text-align:left;min-width:112px}
.cells td{background:rgb(var(--tint)/var(--a,0))}.cells td.same{font-weight:600;outline:1px solid var(--second);outline-offset:-2px}
.cells thead th{vertical-align:bottom;height:96px}.cells thead th span{writing-mode:vertical-rl;transform:rotate(180deg)}
.two{display:flex;flex-wrap:wrap;gap:16px 48px;align-items:flex-start}
figure{margin:0;max-width:344px}
ol{margin:0;padding-left:32px;max-width:84ch}li{margin:0 0 16px}li p{margin:0}mark{background:var(--mark);color:inherit}
.act{font-weight:600}.q0{color:var(--q0)}.q1{color:var(--q1)}.q2{color:var(--q2)}.q3{color:var(--q3)}.q4{color:var(--q4)}
svg text{font:12px system-ui,sans-serif;fill:var(--second)}svg .hair{stroke:var(--hair)}
svg .ideal{stroke:var(--second);stroke-dasharray:4 4}
svg .curve{stroke:var(--good);fill:none;stroke-width:2}svg .dot{fill:var(--good)}
svg .reach{stroke:var(--good);opacity:.5}
svg .many{fill:rgb(var(--tint)/.18)}svg.badge{width:10px;height:10px;margin-right:4px;vertical-align:-1px}
svg.badge *{stroke:currentColor;stroke-width:1.6}
@media print{body{max-width:none;padding:0}h2{break-after:avoid}li,tr,figure{break-inside:avoid}nav{display:none}}
"""
NAV = "<!--nav-->"


def words(text: object) -> str:
    """Any text as it may stand in the page: escaped, what can't be shown replaced, its writing direction kept to itself."""
    shown = "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in str(text))
    return f"<bdi>{html.escape(shown)}</bdi>"


def page(title: str, body: Iterable[str], parts: Sequence[tuple[str, str]]) -> str:
    """The whole page; `body` is HTML, in which NAV becomes links to the `parts` (id, heading)."""
    links = "".join(f'<a href="#{name}">{html.escape(heading)}</a>' for name, heading in parts)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>{html.escape(title)}</title><style>{STYLE}</style></head>\n<body><h1>{html.escape(title)}</h1>\n"
        + "\n".join(body).replace(NAV, f"<nav>{links}</nav>")
        + "\n</body></html>\n"
    )


def h2(name: str, heading: str) -> str:
    """A heading that `page` can link to."""
    return f'<h2 id="{name}">{html.escape(heading)}</h2>'


def share(value: float | None) -> str:
    """A part of 1 in per cent."""
    return "–" if value is None else f"{100 * value:.1f}"


def grid(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "", key: str = "") -> str:
    """`head` is plain text; cells are HTML; the row whose first cell is `key` is set bold."""
    heads = "".join(f'<th scope="col">{html.escape(h)}</th>' for h in head)
    lines = "".join(
        f'<tr{" class=key" if key and first == key else ""}><th scope="row">{first}</th>' + "".join(f"<td>{c}</td>" for c in rest) + "</tr>"
        for first, *rest in rows
    )
    note = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    return f'<div class="scroll"><table>{note}<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>'


def kind(name: str) -> str:
    """A type with the badge of its quad class: circle for, diamond against; hollow words, filled deeds; bar statement."""
    known = codebook.types().get(name)
    if known is None:
        return words(name)
    fill = "currentColor" if known.quad in (2, 4) else "none"
    shape = (
        '<path d="M1 5h8"/>'
        if known.quad == 0
        else f'<circle cx="5" cy="5" r="3.8" fill="{fill}"/>'
        if known.quad in (1, 2)
        else f'<path d="M5 .8 9.2 5 5 9.2.8 5z" fill="{fill}"/>'
    )
    return f'<span class="q{known.quad}"><svg class="badge" viewBox="0 0 10 10" aria-hidden="true">{shape}</svg>{html.escape(name)}</span>'
