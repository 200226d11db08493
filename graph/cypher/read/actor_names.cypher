// Every actor's name, to say what is near a name that is none.
MATCH (a:Actor)
RETURN a.name AS actor
ORDER BY actor
