-- What was answered to which `Idempotency-Key`, so that a request sent again is answered again
-- instead of being done again. Rows older than a day are deleted.
CREATE TABLE idempotency_keys (
    scope       bytea       NOT NULL CHECK (length(scope) = 32),
    key         uuid        NOT NULL,
    fingerprint bytea       NOT NULL CHECK (length(fingerprint) = 32),
    started_at  timestamptz NOT NULL,
    status      smallint,
    media_type  text,
    body        bytea,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (started_at);
