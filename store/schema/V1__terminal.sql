-- Times are milliseconds since 1970 UTC. Ids of a campaign are ASCII words.

-- Who this terminal is. `chain` is the hash chain's head over all epochs.
CREATE TABLE identity (
    only        INTEGER PRIMARY KEY CHECK (only = 1),
    device      INTEGER NOT NULL CHECK (device BETWEEN 1 AND 99999),
    epoch       INTEGER NOT NULL CHECK (epoch >= 1),
    store       TEXT    NOT NULL,
    area        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    name_english TEXT,
    next_seq    INTEGER NOT NULL CHECK (next_seq >= 1),
    enrolled_at INTEGER NOT NULL
) STRICT;

-- Everything a person did. Personal columns (payload, person) are emptied a day after the answer.
CREATE TABLE operations (
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    device      INTEGER NOT NULL,
    epoch       INTEGER NOT NULL,
    seq         INTEGER NOT NULL CHECK (seq >= 1),
    key         BLOB    NOT NULL CHECK (length(key) = 16),
    kind        TEXT    NOT NULL,
    round       TEXT    NOT NULL,
    person      TEXT,
    recorded_at INTEGER NOT NULL,
    payload     TEXT,
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    chain       BLOB    NOT NULL CHECK (length(chain) = 32),
    receipt     TEXT    NOT NULL,
    -- NULL until answered; `moved` where a new epoch recorded it again as another operation.
    outcome     TEXT CHECK (outcome IN ('applied', 'rejected', 'pending', 'superseded', 'moved')),
    detail      TEXT,
    answered_at INTEGER,
    moved_to    INTEGER REFERENCES operations (position),
    UNIQUE (device, epoch, seq),
    UNIQUE (device, epoch, key),
    CHECK ((outcome IS NULL) = (answered_at IS NULL)),
    CHECK (outcome IS NOT NULL OR payload IS NOT NULL)
) STRICT;
CREATE INDEX operations_of_person ON operations (person, round) WHERE person IS NOT NULL;
CREATE INDEX operations_unanswered ON operations (device, epoch, seq) WHERE outcome IS NULL;
CREATE INDEX operations_rejected ON operations (position) WHERE outcome = 'rejected';
CREATE INDEX operations_personal ON operations (answered_at) WHERE payload IS NOT NULL;

-- Local effects. Whether one stands follows from its operation's outcome.
CREATE TABLE willingness (
    operation   INTEGER PRIMARY KEY REFERENCES operations (position),
    -- All NULL for a cancellation.
    category    INTEGER,
    mobile      TEXT,
    area        TEXT,
    brands      TEXT
) STRICT;

CREATE TABLE bookings (
    operation   INTEGER PRIMARY KEY REFERENCES operations (position),
    site        TEXT NOT NULL,
    slot        TEXT NOT NULL,
    mobile      TEXT NOT NULL
) STRICT;
CREATE INDEX bookings_of_slot ON bookings (site, slot);

-- One slip an order (M14).
CREATE TABLE pickup_slips (
    order_number TEXT PRIMARY KEY,
    operation    INTEGER NOT NULL UNIQUE REFERENCES operations (position),
    number       TEXT NOT NULL
) STRICT;

-- The print journal. A slip found in `printing` at start-up is `uncertain`.
CREATE TABLE slips (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    operation   INTEGER REFERENCES operations (position),
    kind        TEXT NOT NULL CHECK (kind IN ('booking', 'willingness', 'pickup', 'test')),
    state       TEXT NOT NULL CHECK (state IN ('due', 'printing', 'printed', 'stopped', 'uncertain')),
    grade       TEXT CHECK (grade IN ('sent', 'answered', 'printed')),
    starts      INTEGER NOT NULL DEFAULT 0 CHECK (starts >= 0),
    cleared     INTEGER NOT NULL DEFAULT 0 CHECK (cleared IN (0, 1)),
    changed_at  INTEGER NOT NULL,
    CHECK ((state = 'printed') = (grade IS NOT NULL))
) STRICT;
CREATE INDEX slips_of_operation ON slips (operation) WHERE operation IS NOT NULL;

-- The roster as last imported; its version never goes back.
CREATE TABLE roster_release (
    only        INTEGER PRIMARY KEY CHECK (only = 1),
    version     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    not_after   INTEGER NOT NULL,
    people      INTEGER NOT NULL,
    imported_at INTEGER NOT NULL
) STRICT;

CREATE TABLE roster (
    number         TEXT PRIMARY KEY,
    other_number   TEXT,
    card           TEXT NOT NULL,
    previous_card  TEXT,
    insurance_only INTEGER NOT NULL CHECK (insurance_only IN (0, 1)),
    categories     INTEGER NOT NULL,
    birth_year     INTEGER NOT NULL,
    birth_second_half INTEGER NOT NULL CHECK (birth_second_half IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX roster_other_number ON roster (other_number) WHERE other_number IS NOT NULL;

-- The campaign's text, as its signature was checked when it came.
CREATE TABLE campaign (
    only        INTEGER PRIMARY KEY CHECK (only = 1),
    version     INTEGER NOT NULL,
    text        TEXT NOT NULL,
    stored_at   INTEGER NOT NULL
) STRICT;

-- Orders fetched at this store, as the centre holds them.
CREATE TABLE orders (
    number       TEXT PRIMARY KEY,
    round        TEXT NOT NULL,
    person       TEXT NOT NULL,
    other_number TEXT,
    mobile       TEXT NOT NULL,
    store        TEXT NOT NULL,
    masks        INTEGER NOT NULL,
    price_twd    INTEGER NOT NULL,
    paid         INTEGER NOT NULL CHECK (paid IN (0, 1)),
    first_day    TEXT NOT NULL,
    last_day     TEXT NOT NULL,
    slip         TEXT,
    redeemed     INTEGER NOT NULL CHECK (redeemed IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX orders_of_person ON orders (person);
CREATE INDEX orders_of_other_number ON orders (other_number) WHERE other_number IS NOT NULL;

-- Places left as the centre last said.
CREATE TABLE slot_remainders (
    site      TEXT NOT NULL,
    slot      TEXT NOT NULL,
    remaining INTEGER NOT NULL CHECK (remaining >= 0),
    heard_at  INTEGER NOT NULL,
    PRIMARY KEY (site, slot)
) STRICT, WITHOUT ROWID;
