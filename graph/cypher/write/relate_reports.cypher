// $rows: start and end are node ids (graph/projection.py).
UNWIND $rows AS row
MATCH (a:Claim {id: row.start})
MATCH (b:Event {id: row.`end`})
CREATE (a)-[:REPORTS]->(b)
