"""Small graphs for the tests: one by hand, and random ones by seed with the awkward cases in them.

In: nothing, or a seed. Out: a `Batch` that any store must take and give back. No text here is from an article.
"""

from __future__ import annotations

import hashlib
import random
from datetime import date, timedelta

from graph.model import Actor, Batch, Case, Claim, Document, Doubt, Event, Response, Tie

TEXT_ONE = "Lamp Workers asked Dynamo on Friday to drop Voltix. Dynamo said it would not. “We’re staying,” wrote Dynamo.\r\n"
TEXT_TWO = "  Dynamo cut off Voltix on Saturday, 9 January 👍. The Lamp Workers praised it.\n\n"


def document(case: str, name: str, text: str, *, title: str | None = None, publisher: str | None = None, **more: object) -> Document:
    """A document with its hash."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Document(case=case, document=name, title=title or name, text=text, publisher=publisher, sha256_text=sha, **more)  # type: ignore[arg-type]


def claim(doc: Document, quote: str, source: str, action: str, target: str | None = None, **more: object) -> Claim:
    """A claim whose quote stands in the document; its sentence is the quote with the full stop."""
    start = doc.text.index(quote)
    given = {"sentence": quote, "sentence_start": start, "origin": doc.origin or doc.publisher, "found": "rule", **more}
    return Claim(
        case=doc.case,
        document=doc.document,
        start=start,
        end=start + len(quote),
        quote=quote,
        source=source,
        action=action,
        target=target,
        **given,  # type: ignore[arg-type]
    )


def event(*claims: Claim, **more: object) -> Event:
    """An act that these claims tell, with the first one's fields."""
    c = claims[0]
    given = {
        "mode": c.mode,
        "modality": c.modality,
        "about": c.about,
        "demand_action": c.demand_action,
        "demand_target": c.demand_target,
        "date_start": c.date_start,
        "date_end": c.date_end,
        "granularity": c.granularity,
        "basis": c.basis,
        "announced_date": c.announced_date,
        "latest": c.date_end,
        "documents": len({x.document for x in claims}),
        "origins": len({x.origin for x in claims if not x.own_word}),
        "own_words": sum(x.own_word for x in claims),
        **more,
    }
    return Event(case=c.case, claims=tuple(x.id for x in claims), source=c.source, action=c.action, target=c.target, **given)  # type: ignore[arg-type]


def small(case: str = "lamps") -> Batch:
    """A dispute of four actors in two documents: a demand, a refusal, a cut-off that meets the demand, praise, a doubt."""
    one = document(
        case,
        "one",
        TEXT_ONE,
        title="Lamp Workers press Dynamo",
        publisher="Daily Glow",
        published=date(2021, 1, 8),
        masked=((0, 4, "menu"),),
    )
    two = document(case, "sub/two", TEXT_TWO, publisher="Evening Beam", published=date(2021, 1, 10), url="https://example.org/2?a=1&b=2")
    eighth, ninth = date(2021, 1, 8), date(2021, 1, 9)
    ask = claim(
        one,
        "Lamp Workers asked Dynamo on Friday to drop Voltix",
        "Lamp Workers",
        "REQUEST",
        "Dynamo",
        mode="change",
        about=("Voltix",),
        demand_action="SANCTION",
        demand_target="Voltix",
        date_start=eighth,
        date_end=eighth,
        granularity="day",
        basis="relative",
        date_words="Friday",
    )
    no = claim(one, "Dynamo said it would not", "Dynamo", "REJECT", "Lamp Workers", own_word=True, speaker=None)
    stay = claim(
        one,
        "We’re staying",
        "Dynamo",
        "COOPERATE",
        "Voltix",
        modality="negated",
        sentence="“We’re staying,” wrote Dynamo.",
        sentence_start=one.text.index("“We"),
    )
    cut = claim(
        two,
        "Dynamo cut off Voltix on Saturday, 9 January",
        "Dynamo Light",
        "SANCTION",
        "Voltix",
        mode="+suspend-service",
        date_start=ninth,
        date_end=ninth,
        granularity="day",
        basis="stated",
        date_words="Saturday, 9 January",
        confidence=0.75,
        found="reader",
        actions_ok=("COERCE",),
    )
    again = claim(two, "cut off Voltix", "Dynamo", "SANCTION", "Voltix", date_start=eighth, date_end=ninth, optional=True)
    praise = claim(two, "The Lamp Workers praised it", "Lamp Workers", "SUPPORT", "Dynamo", date_words="later", basis="relative")
    low = claim(two, "Lamp Workers praised", "Lamp Workers", "SUPPORT", "nobody", status="low", confidence=0.2)
    events = (
        event(ask),
        event(no, latest=eighth),
        event(stay),
        event(cut, again, origins=1, differs=("date", "unit"), about=("Lamp Workers",)),
        event(praise, latest=date(2021, 1, 10)),
    )
    asked, refused, _, done, praised = events
    return Batch(
        case=Case(case=case, heading="The lamps", notes="made up", files="f" * 64, coder="1"),
        documents=(one, two),
        actors=(
            Actor(name="Lamp Workers", kind="group"),
            Actor(name="Dynamo"),
            Actor(name="Dynamo Light", kind="unit"),
            Actor(name="Voltix", kind="product", known=False),
            Actor(name='Ann O\'Hm \\ "Q"', kind="person"),
        ),
        ties=(
            Tie(actor="Dynamo Light", relation="PART_OF", other="Dynamo"),
            Tie(actor='Ann O\'Hm \\ "Q"', relation="LEADS", other="Dynamo", since=date(2019, 1, 1), until=date(2021, 1, 29)),
            Tie(actor="Lamp Workers", relation="MEMBER_OF", other="Dynamo"),
        ),
        claims=(ask, no, stay, cut, again, praise, low),
        events=events,
        responses=(
            Response(case=case, event=refused.id, pressure=asked.id, kind="refused"),
            Response(case=case, event=done.id, pressure=asked.id, kind="fulfilled", lag_min=0, lag_max=1, basis="stated"),
        ),
        doubts=(Doubt(case=case, event=min(done.id, praised.id), other=max(done.id, praised.id), why="action"),),
    )


def chance(seed: int, case: str = "chance", *, events: int = 200, actors: int = 12) -> Batch:
    """A random graph: unknown dates, one-sided acts, acts on oneself left out, every modality, odd names, shared claims."""
    rng = random.Random(seed)
    names = [f"Actor {i}" for i in range(actors - 4)] + ["Zoë «Ω» d'Arc", "$case", "2021-01-09", "nan"]
    kinds = ("organization", "group", "person", "government")
    people = tuple(Actor(name=n, kind=rng.choice(kinds), known=rng.random() < 0.7) for n in names)
    days = [date(2020, 12, 1) + timedelta(days=i) for i in range(60)]
    papers = ["Daily Glow", "Evening Beam", "Ölblatt", None]
    texts = ["".join(f"<{i}.{j} said «so» 👍>\n" for j in range(events // 4 + 1)) for i in range(10)]
    documents = tuple(
        document(
            case, f"d{i}", texts[i], publisher=rng.choice(papers), published=rng.choice([*days, None]), copy_of="d0" if i == 9 else None
        )
        for i in range(10)
    )
    types = ("REQUEST", "THREATEN", "PROTEST", "SANCTION", "REJECT", "CONCEDE", "SUPPORT", "ACCUSE", "STATEMENT", "RETREAT")
    claims: list[Claim] = []
    made: list[Event] = []
    spots = [(d, j) for d in documents for j in range(events // 4 + 1)]
    rng.shuffle(spots)
    for _ in range(events):
        source = rng.choice(names)
        target = rng.choice([n for n in names if n != source] + [None])
        start = rng.choice([*days, None, None])
        end = None if start is None else start + timedelta(days=rng.choice([0, 0, 0, 3, 30]))
        if start is not None and rng.random() < 0.05:
            start, end = rng.choice([(None, end), (start, None)])
        own = []
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            if not spots:
                break
            doc, j = spots.pop()
            index = doc.document[1:]
            own.append(
                claim(
                    doc,
                    f"{index}.{j} said «so»",
                    source,
                    rng.choice(types) if not own else own[0].action,
                    target,
                    modality=rng.choice(("actual", "actual", "actual", "announced", "historical", "hypothetical", "negated")),
                    date_start=start,
                    date_end=end,
                    date_words=rng.choice((None, "then", "Friday")),
                    origin=rng.choice(("A", "B", None, doc.publisher)),
                    own_word=rng.random() < 0.2,
                    found=rng.choice(("reader", "rule", "both")),
                    confidence=rng.choice((0.5, 1.0, 0.25)),
                    about=tuple(rng.sample(names, rng.choice((0, 0, 1, 2)))),
                    basis=rng.choice(("relative", "publication", "unknown")),
                )
            )
        if not own:
            break
        claims += own
        differs = tuple(rng.sample(("date", "unit", "mode", "modality"), rng.choice((0, 0, 0, 1, 2))))
        latest = end or min((d.published for d in documents for c in own if c.document == d.document and d.published), default=None)
        made.append(event(*own, differs=differs, latest=latest, announced_date=rng.choice([None, None, rng.choice(days)])))
    pressures = [e for e in made if e.action in ("REQUEST", "THREATEN", "PROTEST")]
    responses, doubts = {}, {}
    for _ in range(events // 2):
        e, p = rng.choice(made), rng.choice(pressures)
        if e.id == p.id:
            continue
        low = rng.choice((0, 1, 5, None))
        kind = rng.choice(("fulfilled", "refused", "promised", "answered", "carried out", "withdrawn"))
        responses[e.id, p.id] = Response(
            case=case,
            event=e.id,
            pressure=p.id,
            kind=kind,
            lag_min=low,
            lag_max=None if low is None else low + rng.choice((0, 2)),
            basis=rng.choice(("stated", "inferred")),
        )
        a, b = sorted((e.id, p.id))
        doubts[a, b] = Doubt(case=case, event=a, other=b, why=rng.choice(("date", "actor", "action", "whether")))
    ties = {
        t.id: t
        for t in (
            Tie(actor=a, relation=rng.choice(("PART_OF", "LEADS", "MEMBER_OF")), other=b, since=rng.choice((None, days[0])))
            for a, b in (rng.sample(names, 2) for _ in range(8))
        )
    }
    return Batch(
        case=Case(case=case, files=str(seed)),
        documents=documents,
        actors=people,
        ties=tuple(ties.values()),
        claims=tuple(claims),
        events=tuple(made),
        responses=tuple(responses.values()),
        doubts=tuple(doubts.values())[: events // 8],
    )
