CREATE INDEX claim_case IF NOT EXISTS FOR (n:Claim) ON (n.`case`)
