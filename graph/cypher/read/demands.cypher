// Every pressure that passes the filters, with each act that answers it. $pressures: the types that ask for an answer.
MATCH (e:Event)
WHERE e.action IN $pressures
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
OPTIONAL MATCH (e)<-[a:RESPONDS_TO]-(r:Event)
RETURN
  e.id AS event, e.`case` AS `case`, e.source AS source, e.target AS target, e.action AS action, e.mode AS mode,
  e.modality AS modality, e.demand_action AS demand_action, e.demand_target AS demand_target, e.date_start AS date_start,
  e.date_end AS date_end, e.granularity AS granularity, e.latest AS latest, e.documents AS documents, e.origins AS origins,
  e.day_first AS day_first, e.day_last AS day_last, e.claims AS claims,
  r.id AS response, r.source AS response_source, r.action AS response_action, r.mode AS response_mode, r.target AS response_target,
  r.modality AS response_modality, r.date_start AS response_date_start, r.date_end AS response_date_end,
  r.announced_date AS response_announced_date, r.claims AS response_claims,
  a.kind AS kind, a.lag_min AS lag_min, a.lag_max AS lag_max, a.basis AS basis
ORDER BY event, response
