CREATE INDEX event_action IF NOT EXISTS FOR (n:Event) ON (n.action, n.day_first)
