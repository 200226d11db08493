// Acts that their sources tell differently, one row for each claim; then pairs of acts that may be one.
MATCH (e:Event)<-[:REPORTS]-(c:Claim)-[:QUOTED_FROM]->(d:Document)
WHERE e.disagreements > 0
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
  'inside' AS part, '' AS why, e.differs AS differs, e.id AS event, e.`case` AS `case`, e.source AS source, e.action AS action,
  e.target AS target, e.modality AS modality, e.date_start AS date_start, e.date_end AS date_end, e.day_first AS day_first,
  c.source AS other_source, c.target AS other_target, c.action AS other_action, c.mode AS other_mode,
  c.modality AS other_modality, c.date_start AS other_date_start, c.date_end AS other_date_end, c.id AS other,
  c.origin AS origin, d.document AS document
UNION ALL
MATCH (e:Event)-[m:MAY_BE_SAME]->(o:Event)
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
  'between' AS part, m.why AS why, e.differs AS differs, e.id AS event, e.`case` AS `case`, e.source AS source, e.action AS action,
  e.target AS target, e.modality AS modality, e.date_start AS date_start, e.date_end AS date_end, e.day_first AS day_first,
  o.source AS other_source, o.target AS other_target, o.action AS other_action, o.mode AS other_mode,
  o.modality AS other_modality, o.date_start AS other_date_start, o.date_end AS other_date_end, o.id AS other,
  null AS origin, null AS document
