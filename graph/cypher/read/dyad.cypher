// All acts between two actors, $a_id and $b_id, both ways.
MATCH (a:Actor {id: $a_id})-[:SOURCE_OF]->(e:Event)-[:TARGETS]->(b:Actor {id: $b_id})
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
RETURN
  e.id AS event, e.`case` AS `case`, e.source AS source, e.target AS target, e.action AS action, e.mode AS mode,
  e.quad AS quad, e.modality AS modality, e.about AS about, e.demand_action AS demand_action, e.demand_target AS demand_target,
  e.date_start AS date_start, e.date_end AS date_end, e.granularity AS granularity, e.basis AS basis,
  e.announced_date AS announced_date, e.latest AS latest, e.claims AS claims, e.documents AS documents, e.origins AS origins,
  e.own_words AS own_words, e.differs AS differs, e.publishers AS publishers, e.day_first AS day_first, e.day_last AS day_last
UNION ALL
MATCH (a:Actor {id: $b_id})-[:SOURCE_OF]->(e:Event)-[:TARGETS]->(b:Actor {id: $a_id})
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
RETURN
  e.id AS event, e.`case` AS `case`, e.source AS source, e.target AS target, e.action AS action, e.mode AS mode,
  e.quad AS quad, e.modality AS modality, e.about AS about, e.demand_action AS demand_action, e.demand_target AS demand_target,
  e.date_start AS date_start, e.date_end AS date_end, e.granularity AS granularity, e.basis AS basis,
  e.announced_date AS announced_date, e.latest AS latest, e.claims AS claims, e.documents AS documents, e.origins AS origins,
  e.own_words AS own_words, e.differs AS differs, e.publishers AS publishers, e.day_first AS day_first, e.day_last AS day_last
