// $case
MATCH (d:Document {`case`: $case})
RETURN
  d.`case` AS `case`,
  d.document AS document,
  d.title AS title,
  d.text AS text,
  d.publisher AS publisher,
  d.published AS published,
  d.url AS url,
  d.kind AS kind,
  d.note AS note,
  d.copy_of AS copy_of,
  d.origin AS origin,
  d.file AS file,
  d.sha256_file AS sha256_file,
  d.sha256_text AS sha256_text,
  d.masked AS masked,
  d.sentences AS sentences,
  d.coding AS coding
ORDER BY d.id
