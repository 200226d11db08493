"""The named questions: one typed function each, over the statements of cypher/read.

In: a store and filters. Out: a list of frozen rows (graph/rows.py), in an order that does not depend on the engine.
Rule: a question passes parameters and folds rows; what is in the graph is decided when it is written.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from statistics import median
from typing import Any, Unpack

import pandas as pd

from graph import codebook, folding
from graph.errors import UsageError
from graph.filters import ALL, Filters, Given, as_number
from graph.model import actor_id
from graph.naming import asked, named
from graph.paths import path
from graph.projection import day_from
from graph.rows import (
    Act,
    ActorRow,
    Demand,
    Disagreement,
    Edge,
    Evidence,
    Hit,
    Lag,
    Moment,
    ProfileLine,
    SourceRow,
    Step,
    Unresolved,
)
from graph.store import Row, Store

NO_LIMIT = 2_000_000_000
STEPS = ("day", "week", "month", "year")


def actors(store: Store, filters: Filters = ALL, **given: Unpack[Given]) -> list[ActorRow]:
    """Every actor of the case and how many acts it did and received; the filters narrow the acts, not the actors."""
    listed: dict[str, Row] = {}
    did: Counter[str] = Counter()
    received: Counter[str] = Counter()
    for row in store.run("actors", asked(store, filters, given, counted=True)):
        if row["part"] == "named":
            listed[row["actor"]] = row
        else:
            (did if row["part"] == "did" else received)[row["actor"]] += row["acts"]
    return [
        ActorRow(actor=n, actor_id=actor_id(n), kind=listed[n]["kind"], known=listed[n]["known"], did=did[n], received=received[n])
        for n in sorted(listed)
    ]


def pressure_edges(store: Store, filters: Filters = ALL, **given: Unpack[Given]) -> list[Edge]:
    """Who acted on whom: one row for each pair with its acts by type, most acts first.

    Statements, negated and hypothetical acts are left out unless `everything`, or `action` or `modality`, asks for them.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    undated: Counter[tuple[str, str]] = Counter()
    doubts: Counter[tuple[str, str]] = Counter()
    told: dict[tuple[str, str], Row] = {}
    for row in store.run("pressure_edges", asked(store, filters, given, counted=True)):
        pair = (row["source"], row["target"])
        if row["part"] == "told":
            told[pair] = row
            continue
        counts[pair][row["action"]] += row["acts"]
        days[pair] += [d for d in (row["first_day"], row["last_day"]) if d is not None]
        undated[pair] += row["undated"]
        doubts[pair] += row["disagreements"]
    rows = []
    for pair, by_type in counts.items():
        types = [t for t in codebook.types() if by_type[t]]
        total = sum(by_type.values())
        quads = Counter({q: sum(by_type[t] for t in types if codebook.quad(t) == q) for q in range(5)})
        rows.append(
            Edge(
                source=pair[0],
                source_id=actor_id(pair[0]),
                target=pair[1],
                target_id=actor_id(pair[1]),
                acts=total,
                main_action=max(types, key=lambda t: by_type[t]),
                actions=tuple(types),
                counts=tuple(by_type[t] for t in types),
                verbal_cooperation=quads[1],
                material_cooperation=quads[2],
                verbal_conflict=quads[3],
                material_conflict=quads[4],
                scale=round(sum(codebook.types()[t].scale * by_type[t] for t in types) / total, 3),
                first=day_from(min(days[pair], default=None)),
                last=day_from(max(days[pair], default=None)),
                undated=undated[pair],
                documents=told[pair]["documents"] if pair in told else 0,
                origins=told[pair]["origins"] if pair in told else 0,
                disagreements=doubts[pair],
            )
        )
    return sorted(rows, key=lambda e: (-e.acts, e.source, e.target))


def acts(store: Store, filters: Filters = ALL, *, limit: int | None = None, **given: Unpack[Given]) -> list[Act]:
    """The acts that pass the filters, by date, those without a date last; `limit` keeps the first so many."""
    wanted = asked(store, filters, given) | {"limit": _limit(limit)}
    return [folding.act(row) for row in store.run("acts", wanted)]


def dyad(store: Store, a: str, b: str, filters: Filters = ALL, **given: Unpack[Given]) -> list[Act]:
    """All acts between two actors, both ways, by date. QueryError where one of them is in no case."""
    ids = {"a_id": actor_id(named(store, a)), "b_id": actor_id(named(store, b))}
    rows = store.run("dyad", asked(store, filters, given) | ids)
    return [folding.act(row) for row in sorted(rows, key=folding.by_date)]


def actor_profile(store: Store, filters: Filters = ALL, **given: Unpack[Given]) -> list[ProfileLine]:
    """What an actor (`actor=`) did, received, answered and was answered, and its roles; see rows.ProfileLine for the parts."""
    wanted = asked(store, filters, given)
    name = wanted["actor"]
    if not name:
        raise UsageError("actor_profile needs actor: a name")
    wanted |= {"a_id": actor_id(name), "actor": ""}
    lines = [
        folding.line(name, row, row["acts"], day_from(row["first_day"]), day_from(row["last_day"]))
        for row in store.run("actor_profile", wanted)
    ]
    lines += [folding.line(name, row, 0, row["since"], row["until"]) for row in store.run("roles", wanted)]
    order = ("did", "received", "about", "gave", "got", "role", "holds")
    return sorted(lines, key=lambda x: (order.index(x.part), -x.acts, x.what, x.other or "", str(x.first), str(x.last)))


def demands(store: Store, filters: Filters = ALL, **given: Unpack[Given]) -> list[Demand]:
    """Every REQUEST, THREATEN and PROTEST with each act that answers it (one row a response, one row where there is none).

    Sorted by the pressure's date; negated and hypothetical ones are no pressure. Association in time, not proof of cause.
    """
    wanted = asked(store, filters, given)
    wanted["modalities"] = [m for m in wanted["modalities"] if m in codebook.DONE] or ["none"]
    wanted["pressures"] = sorted(codebook.PRESSURE)
    by_event: dict[str, list[Row]] = defaultdict(list)
    for row in store.run("demands", wanted):
        by_event[row["event"]].append(row)
    last_days = {row["case"]: day_from(row["last_day"]) for row in store.run("last_days", wanted)}
    found = []
    for rows in sorted(by_event.values(), key=lambda r: folding.by_date(r[0])):
        status = folding.status(rows, last_days.get(rows[0]["case"]))
        for row in sorted(rows, key=folding.response_order):
            found.append(
                folding.fill(
                    Demand,
                    row,
                    source_id=actor_id(row["source"]),
                    target_id=folding.id_of(row["target"]),
                    status=status,
                    responses=sum(r["response"] is not None for r in rows),
                    response_source_id=folding.id_of(row["response_source"]),
                    response_target_id=folding.id_of(row["response_target"]),
                )
            )
    return found


def response_lag(store: Store, filters: Filters = ALL, **given: Unpack[Given]) -> list[Lag]:
    """How each actor answers the pressure on it: how often it was asked, how it answered, after how many days; most asked first."""
    by_actor: dict[str, dict[str, list[Demand]]] = defaultdict(lambda: defaultdict(list))
    for demand in demands(store, filters, **given):
        if demand.target is not None:
            by_actor[demand.target][demand.event].append(demand)
    rows = []
    for actor, pressures in by_actor.items():
        status = Counter(demand[0].status for demand in pressures.values())
        lags = [min(bounded) for demand in pressures.values() if (bounded := folding.bounded(demand))]
        known = len(pressures) - status["not told"]
        answered = known - status["open"]
        rows.append(
            Lag(
                actor=actor,
                actor_id=actor_id(actor),
                asked=len(pressures),
                answered=answered,
                open=status["open"],
                unknown=status["not told"],
                fulfilled=status["fulfilled"],
                promised=status["promised"],
                refused=status["refused"],
                other=answered - status["fulfilled"] - status["promised"] - status["refused"],
                share_answered=round(answered / known, 3) if known else None,
                share_fulfilled=round(status["fulfilled"] / known, 3) if known else None,
                lags=len(lags),
                median_lag_min=float(median(low for low, _ in lags)) if lags else None,
                median_lag_max=float(median(high for _, high in lags)) if lags else None,
            )
        )
    return sorted(rows, key=lambda x: (-x.asked, x.actor))


def timeline(store: Store, filters: Filters = ALL, *, step: str = "day", **given: Unpack[Given]) -> list[Moment]:
    """Acts by period (day, week from Monday, month, year) and type; those without a date last. UsageError for another step."""
    if step not in STEPS:
        raise UsageError(f"step {step!r} is none; there are {', '.join(STEPS)}")
    counts: Counter[tuple[date | None, str]] = Counter()
    for row in store.run("timeline", asked(store, filters, given, counted=True)):
        counts[folding.period(day_from(row["day"]), step), row["action"]] += row["acts"]
    order = list(codebook.types())
    keys = sorted(counts, key=lambda k: (k[0] is None, k[0] or date.min, order.index(k[1])))
    return [Moment(period=p, action=a, quad=codebook.quad(a), acts=counts[p, a]) for p, a in keys]


def disagreements(store: Store, filters: Filters = ALL, **given: Unpack[Given]) -> list[Disagreement]:
    """Where sources differ: inside one act, or between two acts that may be one; by date."""
    inside: dict[str, list[Row]] = defaultdict(list)
    found: list[tuple[tuple[Any, ...], Disagreement]] = []
    for row in store.run("disagreements", asked(store, filters, given)):
        if row["part"] == "inside":
            inside[row["event"]].append(row)
            continue
        values = (folding.said(row, ""), folding.said(row, "other_"))
        item = folding.fill(
            Disagreement,
            row,
            where="between",
            source_id=actor_id(row["source"]),
            target_id=folding.id_of(row["target"]),
            values=values,
            other_event=row["other"],
        )
        found.append(((*folding.by_date(row), row["other"]), item))
    for rows in inside.values():
        for why in rows[0]["differs"]:
            item = folding.fill(
                Disagreement,
                rows[0] | dict.fromkeys((f.name for f in fields(Disagreement) if f.name.startswith("other_")), None),
                where="inside",
                why=why,
                source_id=actor_id(rows[0]["source"]),
                target_id=folding.id_of(rows[0]["target"]),
                values=folding.values(why, rows),
            )
            found.append(((*folding.by_date(rows[0]), "", why), item))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def evidence(
    store: Store, filters: Filters = ALL, *, event: str | Sequence[str] = (), limit: int | None = None, **given: Unpack[Given]
) -> list[Evidence]:
    """The sentences that tell an act (`event`: its id, or several), or all acts that pass the filters.

    In the order of the acts, then by publication, document and place. `limit` keeps the sentences of the first so many acts.
    """
    events = [event] if isinstance(event, str) else list(event)
    if not events:
        events = [act.event for act in acts(store, filters, limit=limit, **given)]
    rows = store.run("evidence", {"events": events}) if events else []
    order = {one: i for i, one in enumerate(events)}
    rows.sort(key=lambda r: (order[r["event"]], r["day_published"] is None, r["day_published"] or 0, r["document"], r["start"], r["claim"]))
    return [folding.sentence(row) for row in rows]


def event_of(store: Store, claim: str) -> str | None:
    """The id of the act that a claim tells, None where it tells none: a link to a claim outlives a link to its act."""
    return next((row["event"] for row in store.run("event_of", {"claim": claim})), None)


def sources(store: Store, *, case: str | None = None, publisher: str | None = None) -> list[SourceRow]:
    """The documents with what each tells, and what it told first (on the first day) or alone; by day of publication."""
    rows = store.run("sources", {"case": case or "", "publisher": publisher or ""})
    rows.sort(key=lambda r: (r["published"] is None, r["published"] or date.min, r["case"], r["document"]))
    return [folding.fill(SourceRow, row) for row in rows]


def search(store: Store, text: str, *, case: str | None = None, limit: int | None = 100) -> list[Hit]:
    """Names, titles and quotes that hold `text`, whatever its case: actors first, then documents, then quotes."""
    if not text.strip():
        raise UsageError("search for what? give a word or a name")
    rows = [
        Hit(kind=r["kind"], id=r["found_id"], text=r["text"], case=r["in_case"], document=r["document"], event=r["event"])
        for r in store.run("search", {"text": text.strip(), "case": case or ""})
    ]
    rows.sort(key=lambda h: (h.kind, h.text, h.id))
    return rows[: _limit(limit)]


def unresolved(store: Store, *, case: str | None = None) -> list[Unresolved]:
    """Names that no lexicon holds, words that gave no date, claims without a date; the most frequent first within each kind."""
    times: Counter[tuple[str, str]] = Counter()
    for row in store.run("unresolved", {"case": case or ""}):
        times[row["kind"], row["what"]] += row["times"]
    rows = [Unresolved(kind=kind, what=what, times=n) for (kind, what), n in times.items()]
    order = ("name", "date", "no date")
    return sorted(rows, key=lambda u: (order.index(u.kind), -u.times, u.what))


def frame(rows: Sequence[Any], kind: type | None = None) -> pd.DataFrame:
    """Rows as a pandas DataFrame, one column a field; `kind` is the row type, for the columns of an empty list.

    >>> from whom import open_store, questions
    >>> with open_store("whom-demo/whom.db", read_only=True) as store:
    ...     table = questions.frame(questions.demands(store, source="AECJ", target="Amazon"))
    >>> table[["response_source", "kind", "lag_min", "lag_max"]].values.tolist()
    [['AWS', 'fulfilled', 1, 2], ['AWS', 'fulfilled', 0, 1]]
    """
    kind = kind or (type(rows[0]) if rows else None)
    return pd.DataFrame([asdict(row) for row in rows], columns=[f.name for f in fields(kind)] if kind else None)


# --- parts of the questions -----------------------------------------------------------------------------------------------


def _limit(limit: int | str | None) -> int:
    return NO_LIMIT if limit is None else max(0, as_number("limit", limit))


# --- the list of them, for the command line and the dashboard ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: its function, row type, one line of help, an example, and the parameters it takes.

    `needed` must be given, `own` may be, and the names of Filters in `filters` too.
    """

    name: str
    ask: Callable[..., list[Any]]
    row: type
    help: str
    example: str
    needed: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    filters: tuple[str, ...] = tuple(f.name for f in fields(Filters))

    @property
    def parameters(self) -> tuple[str, ...]:
        """Every parameter it takes, the needed ones first."""
        return self.needed + self.own + self.filters


PARAMETERS = {
    "case": "only this case",
    "since": "from this day on, such as 2021-01-08",
    "until": "up to this day",
    "dated_only": "leave out acts without a date",
    "actor": "acts of or on this actor",
    "source": "acts of this actor",
    "target": "acts on this actor",
    "action": "types of act, such as REQUEST,SANCTION",
    "modality": "actual, announced, historical, hypothetical, negated",
    "quad": "classes: 1 verbal and 2 material co-operation, 3 verbal and 4 material conflict",
    "publisher": "acts that this publisher tells",
    "found": "how a claim was found: reader, rule, both, hand, review",
    "min_origins": "told by at least so many independent sources",
    "everything": "also statements, negated and hypothetical acts",
    "limit": "at most so many",
    "step": "day, week, month or year",
    "directed": "only from source to target",
    "event": "the id of an act",
    "a": "one actor",
    "b": "the other actor",
    "text": "the words to look for",
}
"""What each parameter means, in one line."""

_PATH = ("case", "since", "until", "dated_only", "action", "modality", "quad", "min_origins", "everything")

QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(
            "pressure_edges",
            pressure_edges,
            Edge,
            "who acted on whom, how often and how, told by how many",
            "pressure_edges --target Amazon",
        ),
        Question("acts", acts, Act, "the acts one by one, by date", "acts --action SANCTION --since 2021-01-08", own=("limit",)),
        Question("dyad", dyad, Act, "all acts between two actors, both ways", "dyad --a AECJ --b Amazon", needed=("a", "b")),
        Question(
            "actor_profile",
            actor_profile,
            ProfileLine,
            "what an actor did, received, answered, and its roles",
            "actor_profile --actor Amazon",
            needed=("actor",),
            filters=tuple(f.name for f in fields(Filters) if f.name != "actor"),
        ),
        Question("demands", demands, Demand, "every demand, threat and protest with its answers and status", "demands --target Amazon"),
        Question(
            "response_lag",
            response_lag,
            Lag,
            "how each actor answers pressure, and after how many days",
            "response_lag --case amazon-parler",
        ),
        Question("timeline", timeline, Moment, "acts by day, week, month or year", "timeline --step week", own=("step",)),
        Question("disagreements", disagreements, Disagreement, "where sources differ on an act", "disagreements --case amazon-parler"),
        Question(
            "evidence",
            evidence,
            Evidence,
            "the sentences that tell an act",
            "evidence --source AWS --target Parler",
            own=("event", "limit"),
        ),
        Question(
            "sources",
            sources,
            SourceRow,
            "documents, and what they told first or alone",
            "sources --publisher Reuters",
            filters=("case", "publisher"),
        ),
        Question(
            "search",
            search,
            Hit,
            "names, titles and quotes that hold some words",
            "search --text letter",
            needed=("text",),
            own=("limit",),
            filters=("case",),
        ),
        Question(
            "unresolved",
            unresolved,
            Unresolved,
            "names not known and dates not resolved",
            "unresolved --case amazon-parler",
            filters=("case",),
        ),
        Question(
            "path",
            path,
            Step,
            "how two actors are tied through at most four acts",
            "path --a AECJ --b Parler",
            needed=("a", "b"),
            own=("directed",),
            filters=_PATH,
        ),
        Question("actors", actors, ActorRow, "every actor, and how many acts it did and received", "actors --case amazon-parler"),
    )
}
"""All named questions, by name."""


def ask(store: Store, name: str, **given: Any) -> list[Any]:
    """The rows of a named question, its parameters as words or values; None and empty ones count as not given.

    Errors: UsageError for a question or parameter that is none, or a needed one that is missing.
    """
    question = QUESTIONS.get(name)
    if question is None:
        near = difflib.get_close_matches(name, QUESTIONS, n=3)
        raise UsageError(f"no question {name!r}; there are {', '.join(near or QUESTIONS)}")
    given = {key: value for key, value in given.items() if value is not None and value != ""}
    for key in given:
        if key not in question.parameters:
            raise UsageError(f"{name} takes no {key}; it takes {', '.join(question.parameters)}")
    for key in question.needed:
        if key not in given:
            raise UsageError(f"{name} needs {key}: {PARAMETERS[key]}; for example {question.example}")
    return question.ask(store, **given)
