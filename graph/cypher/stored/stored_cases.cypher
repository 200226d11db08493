// Every case of the store with what it holds.
MATCH (c:`Case`)
RETURN c.`case` AS `case`, c.heading AS heading, c.notes AS notes, c.files AS files, c.coder AS coder, c.loaded AS loaded, c.report AS report
ORDER BY c.`case`
