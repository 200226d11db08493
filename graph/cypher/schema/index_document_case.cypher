CREATE INDEX document_case IF NOT EXISTS FOR (n:Document) ON (n.`case`)
