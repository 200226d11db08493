// Documents, what they tell, and what they told first or alone.
MATCH (d:Document)
WHERE ($case = '' OR d.`case` = $case)
  AND ($publisher = '' OR d.publisher = $publisher)
OPTIONAL MATCH (d)<-[:QUOTED_FROM]-(c:Claim)-[:REPORTS]->(e:Event)
RETURN
  d.document AS document, d.id AS document_id, d.`case` AS `case`, d.title AS title, d.publisher AS publisher,
  d.published AS published, d.url AS url, d.copy_of AS copy_of, d.origin AS origin, d.sentences AS sentences,
  count(DISTINCT c.id) AS claims, count(DISTINCT e.id) AS acts,
  count(DISTINCT CASE WHEN e.day_told = d.day_published THEN e.id ELSE null END) AS first,
  count(DISTINCT CASE WHEN e.documents = 1 THEN e.id ELSE null END) AS alone
ORDER BY document_id
