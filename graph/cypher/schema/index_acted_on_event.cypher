CREATE INDEX acted_on_event IF NOT EXISTS FOR ()-[r:ACTED_ON]-() ON (r.event)
