// The act that the claim $claim tells.
MATCH (c:Claim {id: $claim})-[:REPORTS]->(e:Event)
RETURN e.id AS event
ORDER BY event
