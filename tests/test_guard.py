"""The checker of free Cypher: what it refuses and says, what it lets pass, and that what passes runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import graphs
import pytest

from graph import cypher, guard
from graph.errors import QueryError
from graph.schema import EXAMPLES
from graph.store import Store, open_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("store") / "whom.db") as opened:
        opened.write(graphs.small())
        yield opened


REFUSED = [
    ("", "is empty"),
    ("  // nothing", "is empty"),
    ("CREATE (n:X {id: '1'})", "CREATE writes"),
    ("MATCH (e:Event) SET e.action = 'X' RETURN e.id AS i", "SET writes"),
    ("match (e:Event) detach delete e", "DETACH writes"),
    ("MATCH (e:Event) REMOVE e.action", "REMOVE writes"),
    ("MERGE (a:Actor {id: '1'}) RETURN a.id AS i", "MERGE writes"),
    ("UNWIND [1] AS x FOREACH (y IN [x] | CREATE (:X))", "FOREACH writes"),
    ("DROP INDEX event_day", "DROP writes"),
    ("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", "LOAD CSV reads files"),
    ("WITH 1 AS x LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", "LOAD CSV reads files"),
    ("WITH 1 AS load LOAD /* */ CSV FROM 'x' AS line RETURN line", "LOAD CSV reads files"),
    ("RETURN 1 AS LOAD CSV FROM 'x' AS l RETURN l", "LOAD CSV reads files"),
    ("CALL db.labels() YIELD label RETURN label", "CALL runs procedures"),
    ("MATCH (a:Actor) CALL { WITH a RETURN 1 AS x } RETURN x", "CALL runs procedures"),
    ("SHOW USERS", "SHOW tells"),
    ("TERMINATE TRANSACTIONS 'x'", "TERMINATE stops"),
    ("USE system MATCH (n) RETURN 1 AS x", "USE changes"),
    ("EXPLAIN MATCH (e:Event) RETURN e.id AS i", "EXPLAIN"),
    ("RETURN 1 AS x; RETURN 2 AS y", "one statement"),
    ("RETURN 1 AS x;", "one statement"),
    ("RETURN 'abc AS x", "line 1: ' is opened"),
    ("RETURN 1 AS x /* open", "line 1: /\\* is opened"),
    ("MATCH (e:Event RETURN e.id AS i", "opening \\( is never closed"),
    ("MATCH (e:Event)) RETURN e.id AS i", "closing \\) has no opening"),
    ("MATCH (e:Event] RETURN e.id AS i", "closing \\] has no opening"),
    ("RETURN " + "(" * 3000 + "1" + ")" * 3000 + " AS x", "deeper than 50"),
    ("RETURN " + "[" * 3000 + "]" * 3000 + " AS x", "deeper than 50"),
    ("RETURN " + "NOT " * 3000 + "true AS x", "more than 200 operators"),
    ("RETURN " + "-" * 3000 + "1 AS x", "more than 200 operators"),
    ("RETURN " + "CASE WHEN true THEN " * 300 + "1" + " END" * 300 + " AS x", "deeper than 50"),
    ("RETURN '" + "x" * 20_000 + "' AS x", "more than 20000"),
    ("MATCH (n) RETURN n.name AS x", "only Actor has a name"),
    ("MATCH (e:Event) RETURN e.name AS x", "only Actor has a name"),
    ("MATCH (a:Actor|Event) RETURN a.name AS x", "only Actor has a name"),
    ("MATCH (c:Claim) RETURN c.title AS x", "only Document has a title"),
    ("MATCH (n {name: 'x'}) RETURN n.id AS x", "only Actor has a name"),
    ("MATCH (:Event {title: 'x'})<-[:REPORTS]-(c:Claim) RETURN c.id AS x", "only Document has a title"),
    ("MATCH (e:Event) RETURN e.type AS x", r"\.type is no property"),
    ("MATCH (e:Event) RETURN e.`node_type` AS x", r"\.node_type is no property"),
    ("MATCH (e:Event {label: 'x'}) RETURN e.id AS x", "no label has a label"),
    ("MATCH (a:Actor)-[r:ACTED_ON]->(b:Actor) RETURN r.id AS x", "a relation has no id"),
    ("MATCH (e:Event) RETURN properties(e) AS p", "list the properties"),
    ("MATCH (e:Event) RETURN keys(e) AS p", "list the properties"),
    ("MATCH (e:Event) RETURN e {.*} AS p", "write {id: n.id}"),
    ("MATCH (e:Event) RETURN e['action'] AS p", "reads a property by its name"),
    ("MATCH (e:Event) RETURN collect(e.id)[0] AS p", "indexed"),
    ("MATCH (e:Event) RETURN round(e.confidence) AS p", "halves differently"),
    ("MATCH (e:Event) RETURN percentileCont(e.quad, 0.5) AS p", "percentile outside"),
    ("RETURN apoc.text.join(['a'], ',') AS p", "not in the subset"),
    ("RETURN nonsense(1) AS p", r"function nonsense\(\) is not in the subset"),
    ("MATCH (a:Actor) RETURN COLLECT { MATCH (a)-[:LEADS]->(b:Actor) RETURN b.id } AS l", "COLLECT { }"),
    ("MATCH ((a:Actor)-[:PART_OF]->(b:Actor)){1,3} RETURN a.id AS x", "quantified path"),
    ("MATCH (a:Actor) WHERE EXISTS { MATCH (a)-[:SOURCE_OF]->(e)-[:TARGETS]->(b) } RETURN a.id AS x", "more than one hop"),
    ("MATCH (a:Actor) WHERE EXISTS { (a)-[:LEADS]->() } RETURN a.id AS x", "needs a MATCH inside"),
    ("MATCH (a:Actor) WHERE (COUNT { MATCH (a)-[:LEADS]->(b) } = 1) RETURN a.id AS x", "cannot stand in parentheses"),
    ("OPTIONAL MATCH (a:Actor)-[:SOURCE_OF]->(e) WHERE COUNT { MATCH (e)-[:TARGETS]->(b) } < 1 RETURN e.id AS x", "OPTIONAL MATCH"),
    ("OPTIONAL MATCH (a:Actor)-[:SOURCE_OF]->(e) WHERE EXISTS { MATCH (e)-[:TARGETS]->(b) } RETURN e.id AS x", "OPTIONAL MATCH"),
    ("MATCH (e:Event) WHERE e.date_start >= '2021-01-01' RETURN e.id AS x", "date_start is a date"),
    ("MATCH (e:Event) WHERE '2021-01-01' <= e.latest RETURN e.id AS x", "latest is a date"),
    ("MATCH (e:Event) WHERE e.date_start = $text RETURN e.id AS x", "date_start is a date"),
    ("MATCH (a:Actor)-[:ACTED_ON*]->(b:Actor) RETURN a.id AS x", "at most 6 steps"),
    ("MATCH (a:Actor)-[r*2..]->(b:Actor) RETURN a.id AS x", "at most 6 steps"),
    ("MATCH (a:Actor)-[:ACTED_ON*1..40 {quad: 4}]->(b:Actor) RETURN a.id AS x", "at most 6 steps"),
    ("MATCH (e:Event) WHERE e.quad != 3 RETURN e.id AS x", "write <>"),
    ("MATCH (e:Event) HAVING 1 RETURN e.id AS x", "HAVING is not Cypher"),
    ("FOR VALID_TIME ALL MATCH (e:Event) RETURN e.id AS x", "a query starts with"),
    ("GRAPH x", "a query starts with"),
]


@pytest.mark.parametrize(("text", "says"), REFUSED, ids=[t[:50] for t, _ in REFUSED])
def test_refused_with_a_reason(text: str, says: str) -> None:
    with pytest.raises(QueryError) as error:
        guard.check(text, {"text": "2021-01-01"})
    assert re.search(says, str(error.value)), str(error.value)
    assert len(str(error.value)) < 700 and "\n" not in str(error.value)


PASSES = [
    ("MATCH (e:Event) RETURN count(e.id) AS n", [{"n": 5}]),
    ("MATCH (e:Event) WHERE e.case = 'lamps' RETURN count(e.id) AS n", [{"n": 5}]),
    ("MATCH (k:Case {case: 'lamps'}) RETURN k.case AS case_name", [{"case_name": "lamps"}]),
    ("MATCH (c:Claim) WHERE c.end > 0 AND NOT c.optional RETURN count(c.id) AS n /* a; CREATE */", [{"n": 6}]),
    ("RETURN 'CREATE; LOAD CSV // \\' /* x */' AS words // ' ; SET", [{"words": "CREATE; LOAD CSV // ' /* x */"}]),
    ('RETURN "a \\" ; DELETE" AS words', [{"words": 'a " ; DELETE'}]),
    ("MATCH (a:Actor) WHERE a.name STARTS WITH 'Dynamo' RETURN a.name AS n ORDER BY n", [{"n": "Dynamo"}, {"n": "Dynamo Light"}]),
    ("MATCH (d:Document {title: 'Lamp Workers press Dynamo'}) RETURN d.title AS t", [{"t": "Lamp Workers press Dynamo"}]),
    ("MATCH (a:Actor {name: 'Dynamo'})<-[r:PART_OF*1..3]-(b:Actor) RETURN b.name AS n", [{"n": "Dynamo Light"}]),
    ("MATCH (e:Event) WHERE e.date_start >= date('2021-01-09') RETURN e.action AS act", [{"act": "SANCTION"}]),
    ("MATCH (e:Event) WHERE e.date_start >= $day RETURN e.action AS act", [{"act": "SANCTION"}]),
    (
        "MATCH (a:Actor) WHERE COUNT { MATCH (a)-[:SOURCE_OF]->(e)-[:TARGETS]->(b) } > 1 RETURN a.name AS n ORDER BY n",
        [{"n": "Dynamo"}, {"n": "Lamp Workers"}],
    ),
    ("MATCH (a:Actor) WHERE NOT EXISTS { MATCH (a)-[:SOURCE_OF]->(e) } RETURN count(a.id) AS n", [{"n": 2}]),
    ("MATCH (a:Actor) WITH collect({name: a.name}) AS l RETURN size(l) AS n", [{"n": 5}]),
    ("MATCH (a)-[r:LEADS]->(b:Actor) RETURN type(r) AS relation, r.since.year AS y", [{"relation": "LEADS", "y": 2019}]),
    (
        "UNWIND [3, 1, 2] AS x RETURN CASE WHEN x > 1 THEN 'many' ELSE 'one' END AS set_name ORDER BY x",
        [{"set_name": "one"}, {"set_name": "many"}, {"set_name": "many"}],
    ),
    ("OPTIONAL MATCH (e:Event {action: 'ASSAULT'}) RETURN e.id AS i", [{"i": None}]),
    ("MATCH (a:Actor {name: 'Dynamo'}) RETURN 1 AS n UNION ALL MATCH (a:Actor {name: 'Voltix'}) RETURN 2 AS n", [{"n": 1}, {"n": 2}]),
]


@pytest.mark.parametrize(("text", "rows"), PASSES, ids=[t[:50] for t, _ in PASSES])
def test_what_passes_runs(store: Store, text: str, rows: list[dict[str, object]]) -> None:
    assert store.query(text, {"day": date(2021, 1, 9)}).rows == rows


def test_the_examples_of_the_schema_run(store: Store) -> None:
    assert len(EXAMPLES) == 3
    sizes = [len(store.query(text.replace("'Amazon'", "'Dynamo'")).rows) for _, text in EXAMPLES]
    assert sizes == [2, 2, 2]


def test_our_own_questions_obey_the_rules_that_are_checked() -> None:
    for folder in ("read", "stored"):
        for name, text in cypher.statements(folder).items():
            assert guard.check(text, {}), name
