CREATE INDEX acted_on_action IF NOT EXISTS FOR ()-[r:ACTED_ON]-() ON (r.action, r.day_first)
