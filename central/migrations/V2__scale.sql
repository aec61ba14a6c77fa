-- Every channel: the role of a terminal, operations of people without one, leases.

ALTER TABLE devices ADD COLUMN role text NOT NULL DEFAULT 'store'
    CHECK (role IN ('store', 'pharmacy', 'health-centre'));

-- Every operation of a signed-in person, once, with the answer they were given.
CREATE TABLE person_operations (
    person_id uuid        NOT NULL REFERENCES people,
    key       uuid        NOT NULL,
    channel   text        NOT NULL,
    kind      text        NOT NULL,
    hash      bytea       NOT NULL CHECK (length(hash) = 32),
    payload   text        NOT NULL,
    outcome   text        NOT NULL CHECK (outcome IN ('applied', 'rejected', 'pending', 'superseded')),
    reason    text,
    number    text,
    receipt   text        NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (person_id, key)
);

-- Places of a slot that a terminal may promise without the line. The id is made by the terminal.
CREATE TABLE leases (
    site_id    text        NOT NULL,
    lease_id   uuid        NOT NULL,
    round_id   text        NOT NULL,
    slot_id    text        NOT NULL,
    device_id  integer     NOT NULL REFERENCES devices,
    epoch      integer     NOT NULL CHECK (epoch >= 1),
    units      integer     NOT NULL CHECK (units > 0),
    sold       integer     NOT NULL DEFAULT 0 CHECK (sold >= 0),
    granted_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz,
    ended_as   text        CHECK (ended_as IN ('sealed', 'lost', 'cut-off')),
    PRIMARY KEY (site_id, lease_id),
    CHECK (sold <= units),
    CHECK ((ended_at IS NULL) = (ended_as IS NULL))
);
CREATE INDEX leases_of_a_device ON leases (device_id, epoch);

ALTER TABLE bookings ADD COLUMN channel text NOT NULL DEFAULT 'store';
ALTER TABLE bookings ADD COLUMN lease_id uuid;
