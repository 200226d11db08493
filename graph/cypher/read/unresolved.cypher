// Names that no lexicon holds with the acts they stand in, then words that gave no date, then claims without such words.
MATCH (k:`Case`)-[n:NAMES {known: false}]->(a:Actor)
WHERE $case = '' OR k.`case` = $case
RETURN DISTINCT 'name' AS kind, a.name AS what, 0 AS times
UNION ALL
MATCH (k:`Case`)-[n:NAMES {known: false}]->(a:Actor)-[:SOURCE_OF]->(e:Event)
WHERE ($case = '' OR k.`case` = $case) AND e.`case` = k.`case`
RETURN 'name' AS kind, a.name AS what, count(DISTINCT e.id) AS times
UNION ALL
MATCH (k:`Case`)-[n:NAMES {known: false}]->(a:Actor)<-[:TARGETS]-(e:Event)
WHERE ($case = '' OR k.`case` = $case) AND e.`case` = k.`case`
RETURN 'name' AS kind, a.name AS what, count(DISTINCT e.id) AS times
UNION ALL
MATCH (c:Claim)
WHERE ($case = '' OR c.`case` = $case) AND c.status = 'counted' AND c.day_first IS NULL AND c.date_words IS NOT NULL
RETURN 'date' AS kind, c.date_words AS what, count(c.id) AS times
UNION ALL
MATCH (c:Claim)
WHERE ($case = '' OR c.`case` = $case) AND c.status = 'counted' AND c.day_first IS NULL AND c.date_words IS NULL
RETURN 'no date' AS kind, c.basis AS what, count(c.id) AS times
