// $case
MATCH (e:Event {`case`: $case})-[m:MAY_BE_SAME]->(o:Event)
RETURN e.`case` AS `case`, e.id AS event, o.id AS other, m.why AS why
ORDER BY event, other
