CREATE INDEX event_case IF NOT EXISTS FOR (n:Event) ON (n.`case`)
