// $rows: one map for each node, every key in every row (graph/projection.py).
UNWIND $rows AS row
CREATE (n:`Case` {
  id: row.id,
  `case`: row.`case`,
  heading: row.heading,
  notes: row.notes,
  files: row.files,
  coder: row.coder,
  loaded: row.loaded,
  report: row.report
})
