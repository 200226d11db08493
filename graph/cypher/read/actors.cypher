// Every actor of the case, and how many acts it did and received.
MATCH (k:`Case`)-[:NAMES]->(a:Actor)
WHERE $case = '' OR k.`case` = $case
RETURN DISTINCT 'named' AS part, a.name AS actor, a.kind AS kind, a.known AS known, 0 AS acts
UNION ALL
MATCH (e:Event)
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
RETURN 'did' AS part, e.source AS actor, null AS kind, null AS known, count(e.id) AS acts
UNION ALL
MATCH (e:Event)
WHERE e.target IS NOT NULL
  AND ($case = '' OR e.`case` = $case)
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
RETURN 'received' AS part, e.target AS actor, null AS kind, null AS known, count(e.id) AS acts
