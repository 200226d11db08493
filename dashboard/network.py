"""Acts and actors -> a pyvis network -> one HTML page that draws it, with no address of another machine in it.

In: rows of `acts` and `actors`. Out: HTML. Rule: the same rows give the same page and, by a fixed seed, the same layout; all text
goes through JSON that no HTML parser can leave, and vis-network draws it on a canvas or as plain text, never as HTML.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any

import pyvis
from pyvis.network import Network

from graph import codebook
from graph.rows import Act, ActorRow

SEED = 11
MAX_NODES = 150
"""Nodes drawn at most: beyond that labels cover each other; the table below the map holds all."""
COLOURS = {0: "#717680", 1: "#1290D4", 2: "#12357F", 3: "#D4700F", 4: "#841A2A"}
TEXTS = {0: "#4A5462", 1: "#0A6BA0", 2: "#12357F", 3: "#A04E00", 4: "#841A2A"}
SLATE, INK = "#5A6675", "#1C2430"
SHAPES = {
    "organization": ("square", True),
    "unit": ("square", False),
    "group": ("hexagon", False),
    "person": ("dot", True),
    "government": ("triangle", True),
    "media": ("triangle", False),
    "product": ("diamond", True),
    "place": ("triangleDown", False),
}
"""Shape of each kind of actor, and whether it is filled: kind by shape, so that colour belongs to the acts alone."""

PAGE = Template("""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<title>$title</title>
<style>$css
html, body { margin: 0; height: 100%; font: 14px system-ui, sans-serif; color: $ink } #map { height: 100% }</style></head>
<body><div id="map" role="img" aria-label="$title"></div>
<script>$library</script>
<script>
const data = $data;
const sets = { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) };
const map = new vis.Network(document.getElementById("map"), sets, data.options);
map.once("stabilizationIterationsDone", () => { map.setOptions({ physics: false }); map.fit(); });
</script></body></html>
""")


def network(acts: Sequence[Act], actors: Sequence[ActorRow], height: str = "560px") -> Network:
    """The network: one arrow for each pair, direction and class. Acts without a target are no arrow; the page counts them."""
    kinds = {a.actor: a.kind for a in actors}
    groups: dict[tuple[str, str, int], list[Act]] = defaultdict(list)
    for act in acts:
        if act.target is not None:
            groups[act.source, act.target, act.quad].append(act)
    weight: dict[str, int] = defaultdict(int)
    for (source, target, _), some in groups.items():
        weight[source] += len(some)
        weight[target] += len(some)
    shown = set(sorted(weight, key=lambda n: (-weight[n], n))[:MAX_NODES])
    net = Network(height=height, width="100%", directed=True, cdn_resources="in_line")
    bold = sorted(shown, key=lambda n: (-weight[n], n))[:3]
    for name in sorted(shown):
        shape, filled = SHAPES.get(kinds.get(name, "organization"), SHAPES["organization"])
        net.add_node(
            name,
            label=f"*{name}*" if name in bold else name,
            shape=shape,
            size=14 + min(weight[name], 12),
            color={"background": SLATE if filled else "#FFFFFF", "border": SLATE, "highlight": {"background": "#FFE27A", "border": INK}},
            borderWidth=2,
            title=f"{name} ({kinds.get(name, 'organization')}): {weight[name]} acts",
            font={"color": INK, "size": 22, "face": "system-ui, sans-serif", "multi": "md" if name in bold else False},
        )
    for n, ((source, target, quad), some) in enumerate(sorted(groups.items())):
        if source not in shown or target not in shown:
            continue
        nth = sum(1 for other in groups if {other[0], other[1]} == {source, target} and other < (source, target, quad))
        verbs = sorted({a.verb for a in some})
        announced = all(a.modality == "announced" for a in some)
        label = ("will: " if announced else "") + (verbs[0] if len(verbs) == 1 else f"{verbs[0]} +{len(verbs) - 1}")
        net.add_edge(
            source,
            target,
            id=f"e{n}",
            label=label + (f" ({len(some)})" if len(some) > 1 else "") + (" ≠" if any(a.differs for a in some) else ""),
            title=f"{source} {', '.join(verbs)} {target}: {len(some)} acts",
            width=min(7.0, 2.0 * len(some) ** 0.5),
            color={
                "color": COLOURS[quad],
                "highlight": COLOURS[quad],
                "opacity": 0.38 if all(a.modality == "historical" for a in some) else 1.0,
            },
            dashes=announced,
            arrows={"to": {"enabled": True, "type": "vee" if quad in (1, 3) else "arrow", "scaleFactor": 0.8}},
            smooth={"enabled": True, "type": "curvedCW", "roundness": 0.12 + 0.2 * nth},
            font={"color": TEXTS[quad], "size": 17, "face": "system-ui, sans-serif", "strokeWidth": 4, "strokeColor": "#FFFFFF"},
        )
    net.set_options(
        json.dumps(
            {
                "layout": {"randomSeed": SEED, "improvedLayout": True},
                "physics": {
                    "solver": "barnesHut",
                    "barnesHut": {"springLength": 170, "gravitationalConstant": -7000, "avoidOverlap": 0.6},
                    "stabilization": {"iterations": 400, "fit": True},
                },
                "interaction": {
                    "hover": True,
                    "navigationButtons": False,
                    "keyboard": {"enabled": True, "bindToWindow": False},
                    "multiselect": True,
                },
            }
        )
    )
    return net


def page(net: Network, title: str) -> str:
    """The network as one HTML page, drawn by the vis-network that pyvis carries; a policy in the page forbids every connection."""
    nodes, edges, *_ = net.get_network_data()
    data = {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(net.options.to_json() if hasattr(net.options, "to_json") else json.dumps(net.options)),
    }
    return PAGE.substitute(
        title=_html(title), css=_asset("vis-network.css"), ink=INK, library=_asset("vis-network.min.js"), data=_script(data)
    )


@lru_cache(maxsize=4)
def _asset(name: str) -> str:
    """A file of the vis-network inside pyvis's wheel."""
    return (Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / name).read_text(encoding="utf-8")


def _script(value: Any) -> str:
    """JSON for a script element: no character in it can end the element or open another."""
    text = json.dumps(value, ensure_ascii=False)
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _html(text: str) -> str:
    for mark, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(mark, name)
    return text


def legend() -> str:
    """What shapes and colours mean, in words, as HTML."""
    classes = {1: "co-operation in words", 2: "co-operation in deeds", 3: "conflict in words", 4: "conflict in deeds"}
    swatches = " ".join(f'<span style="color:{TEXTS[q]}">━▶ {name}</span>' for q, name in classes.items())
    shapes = "■ organization □ unit ⬡ group ● person ▲ government △ media ◆ product ▽ place"
    return f'<p style="font-size:12px;color:#4A5462">{swatches} · dashed: announced · faint: long past · ≠ sources differ · {shapes}</p>'


assert set(SHAPES) == set(codebook.KINDS)
