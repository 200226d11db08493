// $case
MATCH (c:`Case` {`case`: $case})-[n:NAMES]->(a:Actor)
RETURN a.name AS name, n.kind AS kind, n.known AS known
ORDER BY a.id
