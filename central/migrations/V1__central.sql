-- The centre's tables. One text that also runs on databases that speak PostgreSQL's protocol:
-- the site first in every key that carries one, a person's claim in a table of its own, guarded
-- updates with checks, ids made by the program, no sequences, triggers or functions.

CREATE TABLE people (
    person_id      uuid    PRIMARY KEY,
    number         text    NOT NULL UNIQUE,
    other_number   text    UNIQUE,
    card           text    NOT NULL UNIQUE,
    previous_card  text,
    insurance_only boolean NOT NULL,
    categories     bigint  NOT NULL CHECK (categories BETWEEN 0 AND 4294967295),
    birth          date    NOT NULL,
    name           text    NOT NULL
);

-- Both residence numbers lead to one person (I4).
CREATE TABLE person_numbers (
    number    text PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people
);

CREATE TABLE campaigns (
    publication  bigint      PRIMARY KEY,
    campaign_id  text        NOT NULL,
    version      bigint      NOT NULL,
    envelope     text        NOT NULL,
    published_at timestamptz NOT NULL,
    UNIQUE (campaign_id, version)
);

CREATE TABLE stores (
    store_id     text PRIMARY KEY,
    area         text NOT NULL,
    name         text NOT NULL,
    name_english text
);

CREATE TABLE devices (
    device_id         integer PRIMARY KEY CHECK (device_id BETWEEN 1 AND 99999),
    store_id          text    NOT NULL REFERENCES stores,
    epoch             integer NOT NULL DEFAULT 0 CHECK (epoch >= 0),
    next_seq          bigint  NOT NULL DEFAULT 1 CHECK (next_seq >= 1),
    last_batch_at     timestamptz,
    quarantined_at    timestamptz,
    quarantine_reason text
);

-- Keys of ended epochs stay, so that an old disk is told so instead of being taken for a stranger.
CREATE TABLE device_keys (
    device_id   integer     NOT NULL REFERENCES devices,
    epoch       integer     NOT NULL CHECK (epoch >= 1),
    public_key  bytea       NOT NULL,
    enrolled_at timestamptz NOT NULL,
    PRIMARY KEY (device_id, epoch)
);

CREATE TABLE enrolment_codes (
    code_hash  bytea       PRIMARY KEY,
    device_id  integer     NOT NULL REFERENCES devices,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    used_key   bytea,
    epoch      integer
);

CREATE TABLE slots (
    site_id    text    NOT NULL,
    round_id   text    NOT NULL,
    slot_id    text    NOT NULL,
    capacity   integer NOT NULL CHECK (capacity >= 0),
    remaining  integer NOT NULL CHECK (remaining >= 0),
    booked     integer NOT NULL DEFAULT 0 CHECK (booked >= 0),
    leased     integer NOT NULL DEFAULT 0 CHECK (leased >= 0),
    PRIMARY KEY (site_id, round_id, slot_id),
    CHECK (booked + leased + remaining = capacity)
);

-- The latest willingness entry of a person in a round; its history is in `operations`.
CREATE TABLE willingness (
    round_id    text        NOT NULL,
    person_id   uuid        NOT NULL REFERENCES people,
    receipt     text        NOT NULL,
    category    smallint    NOT NULL,
    mobile      text        NOT NULL,
    area        text        NOT NULL,
    brands      text[]      NOT NULL,
    recorded_at timestamptz NOT NULL,
    cancelled   boolean     NOT NULL DEFAULT false,
    booked      boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (round_id, person_id),
    CHECK (NOT (cancelled AND booked))
);

-- One open booking a person a dose (V9): the claim is the booking.
CREATE TABLE bookings (
    campaign_id text        NOT NULL,
    dose        smallint    NOT NULL,
    person_id   uuid        NOT NULL REFERENCES people,
    site_id     text        NOT NULL,
    round_id    text        NOT NULL,
    slot_id     text        NOT NULL,
    number      text        NOT NULL CHECK (length(number) = 9),
    mobile      text        NOT NULL,
    booked_at   timestamptz NOT NULL,
    PRIMARY KEY (campaign_id, dose, person_id)
);

CREATE TABLE booking_numbers (
    number  text PRIMARY KEY CHECK (length(number) = 9),
    site_id text NOT NULL
);

CREATE TABLE mask_orders (
    round_id       text    NOT NULL,
    number         text    NOT NULL,
    store_id       text    NOT NULL REFERENCES stores,
    person_id      uuid    NOT NULL REFERENCES people,
    mobile         text    NOT NULL,
    masks          integer NOT NULL CHECK (masks > 0),
    price_twd      integer NOT NULL CHECK (price_twd >= 0),
    paid           boolean NOT NULL,
    first_day      date    NOT NULL,
    last_day       date    NOT NULL,
    slip           text    UNIQUE,
    slip_issued_at timestamptz,
    redeemed       boolean NOT NULL DEFAULT false,
    PRIMARY KEY (round_id, number),
    CHECK (first_day <= last_day)
);
CREATE INDEX mask_orders_of_a_store ON mask_orders (store_id, round_id);

-- Every operation a terminal recorded, once, with the answer it was given.
CREATE TABLE operations (
    device_id   integer     NOT NULL,
    epoch       integer     NOT NULL,
    seq         bigint      NOT NULL CHECK (seq >= 1),
    hash        bytea       NOT NULL CHECK (length(hash) = 32),
    key         uuid        NOT NULL,
    kind        text        NOT NULL,
    payload     text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    outcome     text        NOT NULL CHECK (outcome IN ('applied', 'rejected', 'pending', 'superseded')),
    reason      text,
    number      text,
    PRIMARY KEY (device_id, epoch, seq)
);

CREATE TABLE roster_releases (
    version     bigint      PRIMARY KEY CHECK (version >= 1),
    created_at  timestamptz NOT NULL,
    file        bytea       NOT NULL,
    envelope    text        NOT NULL
);
