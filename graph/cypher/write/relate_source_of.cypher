// $rows: start and end are node ids (graph/projection.py).
UNWIND $rows AS row
MATCH (a:Actor {id: row.start})
MATCH (b:Event {id: row.`end`})
CREATE (a)-[:SOURCE_OF]->(b)
