// What the actor $a_id did, received, was concerned by, answered and was answered.
MATCH (a:Actor {id: $a_id})-[:SOURCE_OF]->(e:Event)
WHERE ($case = '' OR e.`case` = $case)
  AND ($actor = '' OR e.source = $actor OR e.target = $actor)
  AND ($source = '' OR e.source = $source)
  AND ($target = '' OR e.target = $target)
  AND e.action IN $actions
  AND e.modality IN $modalities
  AND e.quad IN $quads
  AND ($publisher = '' OR $publisher IN e.publishers)
  AND ($found = '' OR $found IN e.founds)
  AND e.origins >= $min_origins
  AND ((e.day_first IS NULL AND $undated) OR (e.day_first <= $until AND e.day_last >= $since))
RETURN 'did' AS part, e.action AS what, e.target AS other, count(e.id) AS acts, min(e.day_first) AS first_day, max(e.day_last) AS last_day
UNION ALL
MATCH (a:Actor {id: $a_id})<-[:TARGETS]-(e:Event)
WHERE ($case = '' OR e.`case` = $case)
  AND ($actor = '' OR e.source = $actor OR e.target = $actor)
  AND ($source = '' OR e.source = $source)
  AND ($target = '' OR e.target = $target)
  AND e.action IN $actions
  AND e.modality IN $modalities
  AND e.quad IN $quads
  AND ($publisher = '' OR $publisher IN e.publishers)
  AND ($found = '' OR $found IN e.founds)
  AND e.origins >= $min_origins
  AND ((e.day_first IS NULL AND $undated) OR (e.day_first <= $until AND e.day_last >= $since))
RETURN 'received' AS part, e.action AS what, e.source AS other, count(e.id) AS acts, min(e.day_first) AS first_day, max(e.day_last) AS last_day
UNION ALL
MATCH (a:Actor {id: $a_id})<-[:ABOUT]-(e:Event)
WHERE ($case = '' OR e.`case` = $case)
  AND ($actor = '' OR e.source = $actor OR e.target = $actor)
  AND ($source = '' OR e.source = $source)
  AND ($target = '' OR e.target = $target)
  AND e.action IN $actions
  AND e.modality IN $modalities
  AND e.quad IN $quads
  AND ($publisher = '' OR $publisher IN e.publishers)
  AND ($found = '' OR $found IN e.founds)
  AND e.origins >= $min_origins
  AND ((e.day_first IS NULL AND $undated) OR (e.day_first <= $until AND e.day_last >= $since))
RETURN 'about' AS part, e.action AS what, e.source AS other, count(e.id) AS acts, min(e.day_first) AS first_day, max(e.day_last) AS last_day
UNION ALL
MATCH (a:Actor {id: $a_id})-[:SOURCE_OF]->(e:Event)-[r:RESPONDS_TO]->(p:Event)
WHERE ($case = '' OR e.`case` = $case)
  AND ($actor = '' OR e.source = $actor OR e.target = $actor)
  AND ($source = '' OR e.source = $source)
  AND ($target = '' OR e.target = $target)
  AND e.action IN $actions
  AND e.modality IN $modalities
  AND e.quad IN $quads
  AND ($publisher = '' OR $publisher IN e.publishers)
  AND ($found = '' OR $found IN e.founds)
  AND e.origins >= $min_origins
  AND ((e.day_first IS NULL AND $undated) OR (e.day_first <= $until AND e.day_last >= $since))
RETURN 'gave' AS part, r.kind AS what, p.source AS other, count(DISTINCT e.id) AS acts, min(e.day_first) AS first_day, max(e.day_last) AS last_day
UNION ALL
MATCH (a:Actor {id: $a_id})-[:SOURCE_OF]->(p:Event)<-[r:RESPONDS_TO]-(e:Event)
WHERE ($case = '' OR e.`case` = $case)
  AND ($actor = '' OR e.source = $actor OR e.target = $actor)
  AND ($source = '' OR e.source = $source)
  AND ($target = '' OR e.target = $target)
  AND e.action IN $actions
  AND e.modality IN $modalities
  AND e.quad IN $quads
  AND ($publisher = '' OR $publisher IN e.publishers)
  AND ($found = '' OR $found IN e.founds)
  AND e.origins >= $min_origins
  AND ((e.day_first IS NULL AND $undated) OR (e.day_first <= $until AND e.day_last >= $since))
RETURN 'got' AS part, r.kind AS what, e.source AS other, count(DISTINCT e.id) AS acts, min(e.day_first) AS first_day, max(e.day_last) AS last_day
