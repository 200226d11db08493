// $case
MATCH (e:Event {`case`: $case})-[r:RESPONDS_TO]->(p:Event)
RETURN e.`case` AS `case`, e.id AS event, p.id AS pressure, r.kind AS kind, r.lag_min AS lag_min, r.lag_max AS lag_max, r.basis AS basis
ORDER BY event, pressure
