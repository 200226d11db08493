// $rows: start and end are node ids (graph/projection.py).
UNWIND $rows AS row
MATCH (a:`Case` {id: row.start})
MATCH (b:Actor {id: row.`end`})
CREATE (a)-[:NAMES {kind: row.kind, known: row.known}]->(b)
