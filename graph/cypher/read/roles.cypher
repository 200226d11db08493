// The standing relations of the actor $a_id; a part of actor_profile, in a statement of its own since its dates are no days of acts.
MATCH (a:Actor {id: $a_id})-[t:LEADS]->(o:Actor)
WHERE $case = '' OR t.`case` = $case
RETURN 'role' AS part, 'LEADS' AS what, o.name AS other, t.since AS since, t.until AS until
UNION ALL
MATCH (a:Actor {id: $a_id})<-[t:LEADS]-(o:Actor)
WHERE $case = '' OR t.`case` = $case
RETURN 'holds' AS part, 'LEADS' AS what, o.name AS other, t.since AS since, t.until AS until
UNION ALL
MATCH (a:Actor {id: $a_id})-[t:MEMBER_OF]->(o:Actor)
WHERE $case = '' OR t.`case` = $case
RETURN 'role' AS part, 'MEMBER_OF' AS what, o.name AS other, t.since AS since, t.until AS until
UNION ALL
MATCH (a:Actor {id: $a_id})<-[t:MEMBER_OF]-(o:Actor)
WHERE $case = '' OR t.`case` = $case
RETURN 'holds' AS part, 'MEMBER_OF' AS what, o.name AS other, t.since AS since, t.until AS until
UNION ALL
MATCH (a:Actor {id: $a_id})-[t:PART_OF]->(o:Actor)
WHERE $case = '' OR t.`case` = $case
RETURN 'role' AS part, 'PART_OF' AS what, o.name AS other, t.since AS since, t.until AS until
UNION ALL
MATCH (a:Actor {id: $a_id})<-[t:PART_OF]-(o:Actor)
WHERE $case = '' OR t.`case` = $case
RETURN 'holds' AS part, 'PART_OF' AS what, o.name AS other, t.since AS since, t.until AS until
