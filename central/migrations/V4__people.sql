-- People of the web platform and the app: what they registered, their sessions, captchas, how
-- often somebody tried, and what they are told.

-- A registered card (R1). The password is an Argon2 PHC string; none until one is set.
CREATE TABLE accounts (
    person_id             uuid        PRIMARY KEY REFERENCES people,
    email                 text,
    mobile                text,
    password              text,
    registered_at         timestamptz NOT NULL,
    registered_at_channel text        NOT NULL,
    confirmed_at          timestamptz
);

-- Ten minutes each (I10). Only the token's hash is stored.
CREATE TABLE sessions (
    token_hash bytea       PRIMARY KEY CHECK (length(token_hash) = 32),
    person_id  uuid        NOT NULL REFERENCES people,
    channel    text        NOT NULL CHECK (channel IN ('web', 'app')),
    opened_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CHECK (opened_at < expires_at)
);
CREATE INDEX sessions_of_a_person ON sessions (person_id, opened_at);
CREATE INDEX sessions_by_age ON sessions (expires_at);

-- A row is deleted by its first answer, right or wrong.
CREATE TABLE captchas (
    captcha_id  uuid        PRIMARY KEY,
    answer_hash bytea       NOT NULL CHECK (length(answer_hash) = 32),
    expires_at  timestamptz NOT NULL
);
CREATE INDEX captchas_by_age ON captchas (expires_at);

-- How soon somebody may try again: the moment at which all earlier tries are paid off (GCRA). The
-- key is a keyed hash, never a number or an address.
CREATE TABLE paces (
    key     bytea       PRIMARY KEY CHECK (length(key) = 32),
    paid_at timestamptz NOT NULL
);
CREATE INDEX paces_by_age ON paces (paid_at);

-- Made once by whichever centre starts first, the same for all.
CREATE TABLE secrets (
    name  text  PRIMARY KEY,
    value bytea NOT NULL CHECK (length(value) = 32)
);

-- What people are told by text message or e-mail, written with its cause, delivered at least once.
CREATE TABLE notices (
    notice_id    uuid        PRIMARY KEY,
    person_id    uuid        NOT NULL REFERENCES people,
    kind         text        NOT NULL,
    way          text        NOT NULL CHECK (way IN ('text', 'email')),
    language     text        NOT NULL,
    address      text,
    facts        text,
    enqueued_at  timestamptz NOT NULL,
    tries        integer     NOT NULL DEFAULT 0 CHECK (tries >= 0),
    due_at       timestamptz NOT NULL,
    lease        uuid,
    delivered_at timestamptz,
    given_up_at  timestamptz,
    CHECK (delivered_at IS NULL OR given_up_at IS NULL)
);
CREATE INDEX notices_due ON notices (due_at) WHERE delivered_at IS NULL AND given_up_at IS NULL;
CREATE INDEX notices_of_a_person ON notices (person_id);
