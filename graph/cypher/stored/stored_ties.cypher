// $case
MATCH (a:Actor)-[t:LEADS]->(o:Actor)
WHERE t.`case` = $case
RETURN a.name AS actor, 'LEADS' AS relation, o.name AS other, t.since AS since, t.until AS until
UNION ALL
MATCH (a:Actor)-[t:MEMBER_OF]->(o:Actor)
WHERE t.`case` = $case
RETURN a.name AS actor, 'MEMBER_OF' AS relation, o.name AS other, t.since AS since, t.until AS until
UNION ALL
MATCH (a:Actor)-[t:PART_OF]->(o:Actor)
WHERE t.`case` = $case
RETURN a.name AS actor, 'PART_OF' AS relation, o.name AS other, t.since AS since, t.until AS until
