// The acts of the chains found: of each actor of $sources on each of $targets.
UNWIND $sources AS wanted
MATCH (a:Actor {id: wanted})-[r:ACTED_ON]->(b:Actor)
WHERE b.id IN $targets
  AND ($case = '' OR r.`case` = $case)
  AND r.action IN $actions
  AND r.modality IN $modalities
  AND r.quad IN $quads
  AND r.origins >= $min_origins
  AND ((r.day_first IS NULL AND $undated) OR (r.day_first <= $until AND r.day_last >= $since))
RETURN a.name AS source, b.name AS target, r.action AS action, r.event AS event, r.day_first AS day_first, r.day_last AS day_last
ORDER BY source, target, day_last, event
