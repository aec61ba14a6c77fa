-- When an account's particulars were given: a registration that a terminal recorded without the line and
-- sends later does not stand above what was given since (R1).
ALTER TABLE accounts ADD COLUMN given_at timestamptz;
