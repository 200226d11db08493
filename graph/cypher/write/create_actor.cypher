// $rows: one map for each node, every key in every row (graph/projection.py).
UNWIND $rows AS row
CREATE (n:Actor {
  id: row.id,
  name: row.name,
  kind: row.kind,
  known: row.known
})
