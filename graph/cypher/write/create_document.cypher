// $rows: one map for each node, every key in every row (graph/projection.py).
UNWIND $rows AS row
CREATE (n:Document {
  id: row.id,
  `case`: row.`case`,
  document: row.document,
  title: row.title,
  text: row.text,
  publisher: row.publisher,
  published: row.published,
  url: row.url,
  kind: row.kind,
  note: row.note,
  copy_of: row.copy_of,
  origin: row.origin,
  file: row.file,
  sha256_file: row.sha256_file,
  sha256_text: row.sha256_text,
  masked: row.masked,
  sentences: row.sentences,
  coding: row.coding,
  day_published: row.day_published
})
