// $rows: start and end are node ids (graph/projection.py).
UNWIND $rows AS row
MATCH (a:Event {id: row.start})
MATCH (b:Event {id: row.`end`})
CREATE (a)-[:MAY_BE_SAME {why: row.why}]->(b)
