// $rows: start and end are node ids (graph/projection.py).
UNWIND $rows AS row
MATCH (a:Event {id: row.start})
MATCH (b:Actor {id: row.`end`})
CREATE (a)-[:ABOUT]->(b)
