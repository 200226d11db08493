// $case: how many things of each kind the case has, by key.
MATCH (d:Document {`case`: $case}) RETURN 'documents' AS what, count(DISTINCT d.id) AS how_many
UNION ALL
MATCH (c:`Case` {`case`: $case})-[:NAMES]->(a:Actor) RETURN 'actors' AS what, count(DISTINCT a.id) AS how_many
UNION ALL
MATCH (x:Actor)-[t:LEADS|MEMBER_OF|PART_OF]->(y:Actor) WHERE t.`case` = $case RETURN 'ties' AS what, count(t) AS how_many
UNION ALL
MATCH (k:Claim {`case`: $case})-[:QUOTED_FROM]->(d:Document) RETURN 'claims' AS what, count(DISTINCT k.id) AS how_many
UNION ALL
MATCH (s:Actor)-[:SOURCE_OF]->(e:Event {`case`: $case}) RETURN 'events' AS what, count(DISTINCT e.id) AS how_many
UNION ALL
MATCH (e:Event {`case`: $case})-[r:RESPONDS_TO]->(p:Event) RETURN 'responses' AS what, count(r) AS how_many
UNION ALL
MATCH (e:Event {`case`: $case})-[m:MAY_BE_SAME]->(o:Event) RETURN 'doubts' AS what, count(m) AS how_many
