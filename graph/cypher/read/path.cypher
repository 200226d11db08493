// Who is one act away from the actors $frontier; asked at most four times for a chain.
UNWIND $frontier AS wanted
MATCH (a:Actor {id: wanted})-[r:ACTED_ON]->(b:Actor)
WHERE ($case = '' OR r.`case` = $case)
  AND r.action IN $actions
  AND r.modality IN $modalities
  AND r.quad IN $quads
  AND r.origins >= $min_origins
  AND ((r.day_first IS NULL AND $undated) OR (r.day_first <= $until AND r.day_last >= $since))
RETURN DISTINCT a.name AS here, b.name AS there, 'did' AS way
UNION ALL
UNWIND $frontier AS wanted
MATCH (a:Actor {id: wanted})<-[r:ACTED_ON]-(b:Actor)
WHERE ($case = '' OR r.`case` = $case)
  AND r.action IN $actions
  AND r.modality IN $modalities
  AND r.quad IN $quads
  AND r.origins >= $min_origins
  AND ((r.day_first IS NULL AND $undated) OR (r.day_first <= $until AND r.day_last >= $since))
RETURN DISTINCT a.name AS here, b.name AS there, 'received' AS way
