// Who acted on whom: acts by pair and type, then by pair the documents and independent origins that tell them.
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
RETURN
  'acts' AS part, e.source AS source, e.target AS target, e.action AS action, count(e.id) AS acts,
  min(e.day_first) AS first_day, max(e.day_last) AS last_day,
  coalesce(sum(CASE WHEN e.day_first IS NULL THEN 1 ELSE 0 END), 0) AS undated,
  coalesce(sum(CASE WHEN e.disagreements > 0 THEN 1 ELSE 0 END), 0) AS disagreements,
  0 AS documents, 0 AS origins
UNION ALL
MATCH (e:Event)<-[:REPORTS]-(c:Claim)
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
RETURN
  'told' AS part, e.source AS source, e.target AS target, '' AS action, 0 AS acts,
  null AS first_day, null AS last_day, 0 AS undated, 0 AS disagreements,
  count(DISTINCT c.document_id) AS documents, count(DISTINCT CASE WHEN c.own_word THEN null ELSE c.origin END) AS origins
