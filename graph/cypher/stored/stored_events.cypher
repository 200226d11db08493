// $case
MATCH (e:Event {`case`: $case})
RETURN
  e.`case` AS `case`,
  e.claims AS claims,
  e.source AS source,
  e.action AS action,
  e.target AS target,
  e.mode AS mode,
  e.modality AS modality,
  e.about AS about,
  e.demand_action AS demand_action,
  e.demand_target AS demand_target,
  e.date_start AS date_start,
  e.date_end AS date_end,
  e.granularity AS granularity,
  e.basis AS basis,
  e.announced_date AS announced_date,
  e.latest AS latest,
  e.documents AS documents,
  e.origins AS origins,
  e.own_words AS own_words,
  e.differs AS differs
ORDER BY e.id
