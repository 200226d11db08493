// $rows: start and end are node ids (graph/projection.py).
UNWIND $rows AS row
MATCH (a:Actor {id: row.start})
MATCH (b:Actor {id: row.`end`})
CREATE (a)-[:MEMBER_OF {`case`: row.`case`, since: row.since, until: row.until}]->(b)
