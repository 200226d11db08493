// The actor $a_id, if there is one.
MATCH (a:Actor {id: $a_id})
RETURN a.name AS actor
