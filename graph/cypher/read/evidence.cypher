// The claims that tell the acts $events, each with its document.
UNWIND $events AS wanted
MATCH (e:Event {id: wanted})<-[:REPORTS]-(c:Claim)-[:QUOTED_FROM]->(d:Document)
RETURN
  e.id AS event, c.id AS claim, c.`case` AS `case`, d.document AS document, d.id AS document_id, d.title AS title,
  d.publisher AS publisher, d.published AS published, d.url AS url, d.copy_of AS copy_of, c.quote AS quote, c.start AS start,
  c.`end` AS `end`, c.sentence AS sentence, c.sentence_start AS sentence_start, c.source AS source, c.action AS action,
  c.mode AS mode, c.target AS target, c.modality AS modality, c.date_start AS date_start, c.date_end AS date_end,
  c.granularity AS granularity, c.date_words AS date_words, c.speaker AS speaker, c.channel AS channel, c.origin AS origin,
  c.own_word AS own_word, c.found AS found, c.confidence AS confidence, c.rule AS rule, c.`optional` AS `optional`,
  d.day_published AS day_published
ORDER BY event, document_id, start, claim
