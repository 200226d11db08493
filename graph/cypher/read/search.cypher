// Names, titles and quotes that hold $text, whatever its case.
MATCH (k:`Case`)-[:NAMES]->(a:Actor)
WHERE ($case = '' OR k.`case` = $case) AND toLower(a.name) CONTAINS toLower($text)
RETURN DISTINCT 'actor' AS kind, a.id AS found_id, a.name AS text, null AS in_case, null AS document, null AS event
UNION ALL
MATCH (d:Document)
WHERE ($case = '' OR d.`case` = $case) AND toLower(d.title) CONTAINS toLower($text)
RETURN 'document' AS kind, d.id AS found_id, d.title AS text, d.`case` AS in_case, d.document AS document, null AS event
UNION ALL
MATCH (c:Claim)-[:REPORTS]->(e:Event)
WHERE ($case = '' OR c.`case` = $case) AND toLower(c.quote) CONTAINS toLower($text)
RETURN 'quote' AS kind, c.id AS found_id, c.quote AS text, c.`case` AS in_case, c.document AS document, e.id AS event
