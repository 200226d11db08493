"""The map: who acted on whom; the same as a table; and for a chosen pair its acts with the sentences behind them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import data, evidence, filters, network
from graph.rows import Act, Edge

PAIR = "pair"
BETWEEN = " → "


def show(uri: str, view: filters.View) -> None:
    """Draw the page."""
    given = view.given()
    edges = data.edges(uri, given)
    acts = counted(data.asked(uri, "acts", given), view)
    st.header("Who acted on whom", anchor=False)
    st.caption(told(acts))
    if not edges:
        st.info(f"No acts to draw. Loosen: {filters.loosen(view)}.")
        return
    actors = data.actors(uri, given)
    drawn = network.network(acts, actors)
    st.iframe(network.page(drawn, f"Map of who acted on whom: {told(acts)}"), height=560)
    st.html(network.legend())
    if len({n for e in edges for n in (e.source, e.target)}) > network.MAX_NODES:
        st.caption(f"The map draws the {network.MAX_NODES} busiest actors; the table holds all. Filter by actor or dates to see others.")
    one_sided = sum(a.target is None for a in acts)
    undated = sum(a.date_start is None for a in acts)
    if one_sided or undated:
        st.caption(
            f"{undated} of {len(acts)} acts have no date (drawn all the same); {one_sided} name nobody at whom they are aimed (no arrow)."
        )
    table(edges)
    chosen = choose(edges)
    if chosen is not None:
        pair(uri, chosen, view)


def counted(acts: Sequence[Act], view: filters.View) -> list[Act]:
    """The acts that the map, its table and the sentences below it are all about: what was said or never happened only where asked for."""
    return [
        a
        for a in acts
        if (view.modality or a.modality not in ("negated", "hypothetical")) and (view.action or view.modality or a.action != "STATEMENT")
    ]


def told(acts: Sequence[Act]) -> str:
    """The view in a sentence: how many acts, actors, which days, how many sources."""
    days = [d for a in acts for d in (a.date_start, a.date_end) if d]
    names = {n for a in acts for n in (a.source, a.target) if n}
    publishers = {p for a in acts for p in a.publishers}
    span = f", {min(days)} to {max(days)}" if days else ""
    return f"{len(acts)} acts of {len(names)} actors{span}, told by {len(publishers)} publishers"


def table(edges: Sequence[Edge]) -> None:
    """The twin of the map, with a download; a chosen row is the chosen pair."""
    frame = data.frame(list(edges), Edge)
    shown = frame[["source", "target", "acts", "actions", "counts", "first", "last", "undated", "documents", "origins", "disagreements"]]
    picked = st.dataframe(
        shown, hide_index=True, on_select="rerun", selection_mode="single-row", key="edges", height=min(38 * (len(edges) + 1), 340)
    )
    rows = picked["selection"]["rows"]
    if rows and rows[0] < len(edges):
        st.query_params[PAIR] = f"{edges[rows[0]].source}{BETWEEN}{edges[rows[0]].target}"
    st.download_button("Table as CSV", frame.map(flat).to_csv(index=False), "who-acted-on-whom.csv", "text/csv")


def flat(value: object) -> object:
    """A cell of a file: several values as the command line writes them, "REQUEST; SUPPORT"."""
    return "; ".join(map(str, value)) if isinstance(value, tuple) else value


def choose(edges: Sequence[Edge]) -> tuple[str, str] | None:
    """The chosen pair: by the table, the list, or the address."""
    names = {f"{e.source}{BETWEEN}{e.target}": (e.source, e.target) for e in edges}
    told_ = st.query_params.get(PAIR, "")
    options = ["", *names]
    picked = st.selectbox(
        "Arrow",
        options,
        index=options.index(told_) if told_ in names else 0,
        format_func=lambda x: x or "choose an arrow to read its sentences",
    )
    if picked:
        st.query_params[PAIR] = picked
    elif PAIR in st.query_params:
        del st.query_params[PAIR]
    return names.get(picked)


def pair(uri: str, chosen: tuple[str, str], view: filters.View) -> None:
    """The acts of one arrow, each with the sentences that say so."""
    narrow = {k: v for k, v in view.given().items() if k != "actor"} | {"source": chosen[0], "target": chosen[1]}
    acts = counted(data.asked(uri, "acts", narrow), view)
    st.subheader(f"{chosen[0]}{BETWEEN}{chosen[1]}", anchor=False)
    for act in acts:
        rows = data.asked(uri, "evidence", {"event": act.event})
        day = (
            "no date told"
            if act.date_start is None
            else str(act.date_start)
            if act.date_start == act.date_end
            else f"{act.date_start} to {act.date_end}"
        )
        differs = f" · sources differ on {', '.join(act.differs)} ≠" if act.differs else ""
        st.markdown(
            "**"
            + escaped(f"{act.verb} {act.target or ''}")
            + "** "
            + escaped(f"· {day} · {act.modality} · {evidence.sources(rows)}{differs}")
        )
        st.html("".join(evidence.card(r) for r in rows))


def escaped(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>~$:&" else c for c in text)
