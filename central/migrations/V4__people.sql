-- People without a terminal: accounts, codes, sessions, bound apps, captchas, and the notices due.

-- What a person shows beside the card when registering (R1); written as the register gives it.
CREATE TABLE papers (
    person_id        uuid PRIMARY KEY REFERENCES people,
    household_number text,
    address          text,
    permit_number    text,
    CHECK ((household_number IS NULL) <> (permit_number IS NULL)),
    CHECK ((household_number IS NULL) = (address IS NULL))
);

CREATE TABLE accounts (
    person_id     uuid        PRIMARY KEY REFERENCES people,
    mobile        text        NOT NULL,
    email         text,
    password      text,
    registered_at timestamptz NOT NULL,
    registered_by text        NOT NULL
);

-- Registrations and new passwords waiting for the link in an e-mail.
CREATE TABLE link_codes (
    token_hash bytea       PRIMARY KEY CHECK (length(token_hash) = 32),
    person_id  uuid        NOT NULL REFERENCES people,
    purpose    text        NOT NULL CHECK (purpose IN ('registration', 'password')),
    mobile     text,
    email      text,
    password   text,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX link_codes_by_age ON link_codes (expires_at);

-- Numeric codes, the newest of each purpose a person (R2, R5).
CREATE TABLE number_codes (
    person_id  uuid        NOT NULL REFERENCES people,
    purpose    text        NOT NULL CHECK (purpose IN ('device', 'one-time')),
    code_hash  bytea       NOT NULL CHECK (length(code_hash) = 32),
    tries_left integer     NOT NULL CHECK (tries_left >= 0),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    PRIMARY KEY (person_id, purpose)
);
CREATE INDEX number_codes_by_hash ON number_codes (purpose, code_hash);

-- Apps bound to a person (R2). `signed_at` rises with each sign-in, so that none is replayed.
CREATE TABLE app_devices (
    app_device_id uuid        PRIMARY KEY,
    person_id     uuid        NOT NULL REFERENCES people,
    public_key    bytea       NOT NULL CHECK (length(public_key) = 32),
    bound_at      timestamptz NOT NULL,
    signed_at     timestamptz NOT NULL
);
CREATE INDEX app_devices_of_a_person ON app_devices (person_id);

-- Only the hash of a session's token is kept.
CREATE TABLE sessions (
    token_hash bytea       PRIMARY KEY CHECK (length(token_hash) = 32),
    person_id  uuid        NOT NULL REFERENCES people,
    channel    text        NOT NULL CHECK (channel IN ('web', 'app')),
    way        text        NOT NULL,
    started_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz
);
CREATE INDEX sessions_by_age ON sessions (expires_at);

CREATE TABLE captchas (
    captcha_id  uuid        PRIMARY KEY,
    answer_hash bytea       NOT NULL CHECK (length(answer_hash) = 32),
    expires_at  timestamptz NOT NULL
);
CREATE INDEX captchas_by_age ON captchas (expires_at);

-- What people are to be told, written with its cause and sent at least once. `notice_id` is the
-- gateway's idempotency id. The arguments are emptied once it is sent.
CREATE TABLE notices (
    notice_id     uuid        PRIMARY KEY,
    kind          text        NOT NULL,
    way           text        NOT NULL CHECK (way IN ('text', 'email')),
    recipient     text        NOT NULL,
    language      text        NOT NULL,
    arguments     text        NOT NULL,
    created_at    timestamptz NOT NULL,
    due_at        timestamptz NOT NULL,
    attempts      integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    claimed_until timestamptz NOT NULL,
    sent_at       timestamptz
);
CREATE INDEX notices_due ON notices (due_at) WHERE sent_at IS NULL;
