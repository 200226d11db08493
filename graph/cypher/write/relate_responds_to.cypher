// $rows: start and end are node ids (graph/projection.py).
UNWIND $rows AS row
MATCH (a:Event {id: row.start})
MATCH (b:Event {id: row.`end`})
CREATE (a)-[:RESPONDS_TO {kind: row.kind, lag_min: row.lag_min, lag_max: row.lag_max, basis: row.basis}]->(b)
