// $rows: start and end are node ids (graph/projection.py).
UNWIND $rows AS row
MATCH (a:Actor {id: row.start})
MATCH (b:Actor {id: row.`end`})
CREATE (a)-[:ACTED_ON {
  event: row.event,
  `case`: row.`case`,
  action: row.action,
  mode: row.mode,
  quad: row.quad,
  modality: row.modality,
  date_start: row.date_start,
  date_end: row.date_end,
  day_first: row.day_first,
  day_last: row.day_last,
  documents: row.documents,
  origins: row.origins
}]->(b)
