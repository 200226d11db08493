// The day of the last document of each case, on which a pressure is open or not; a part of demands.
MATCH (d:Document)
WHERE $case = '' OR d.`case` = $case
RETURN d.`case` AS `case`, max(d.day_published) AS last_day
