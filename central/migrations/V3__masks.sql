-- Masks: rounds and their lottery, pre-orders, payments, and one record of purchases over all channels.

-- A round's secret is made before anyone can know the orders; its hash is told at once (M8).
CREATE TABLE mask_rounds (
    round_id     text        PRIMARY KEY,
    secret       bytea       NOT NULL CHECK (length(secret) = 32),
    commitment   bytea       NOT NULL CHECK (length(commitment) = 32),
    committed_at timestamptz NOT NULL,
    closed_at    timestamptz,
    public_value text,
    supply       bigint      CHECK (supply >= 0),
    drawn_at     timestamptz,
    orders       bigint      CHECK (orders >= 0),
    winners      bigint      CHECK (winners >= 0 AND winners <= orders AND winners <= supply),
    settled_at   timestamptz,
    CHECK ((closed_at IS NULL) = (public_value IS NULL) AND (closed_at IS NULL) = (supply IS NULL)),
    CHECK ((drawn_at IS NULL) = (orders IS NULL) AND (drawn_at IS NULL) = (winners IS NULL)),
    CHECK (drawn_at IS NULL OR closed_at IS NOT NULL),
    CHECK (settled_at IS NULL OR drawn_at IS NOT NULL)
);

-- Every order goes through one of its round's gates; closing shuts them all, so that no order is
-- still on its way when the lottery is drawn. Many gates, so that orders do not wait for each other.
CREATE TABLE mask_round_gates (
    round_id text     NOT NULL REFERENCES mask_rounds,
    gate     smallint NOT NULL CHECK (gate >= 0),
    open     boolean  NOT NULL,
    orders   bigint   NOT NULL DEFAULT 0 CHECK (orders >= 0),
    PRIMARY KEY (round_id, gate)
);

-- One order a card and round; the last one stands (M1, M6).
CREATE TABLE preorders (
    round_id      text        NOT NULL REFERENCES mask_rounds,
    person_id     uuid        NOT NULL REFERENCES people,
    order_id      uuid        NOT NULL,
    state         text        NOT NULL CHECK (state IN ('ordered', 'lost', 'won', 'paid', 'void')),
    channel       text        NOT NULL,
    store_id      text        NOT NULL REFERENCES stores,
    mobile        text        NOT NULL,
    email         text,
    masks         integer     NOT NULL CHECK (masks > 0),
    price_twd     integer     NOT NULL CHECK (price_twd >= 0),
    account       text        NOT NULL CHECK (length(account) = 14),
    receipt       text        NOT NULL,
    ordered_at    timestamptz NOT NULL,
    draw_position integer     CHECK (draw_position >= 1),
    paid_at       timestamptz,
    paid_way      text,
    number        text,
    PRIMARY KEY (round_id, person_id),
    CHECK ((state = 'ordered') = (draw_position IS NULL)),
    CHECK ((state = 'paid') = (paid_at IS NOT NULL)),
    CHECK ((paid_at IS NULL) = (paid_way IS NULL)),
    CHECK ((state IN ('paid', 'void')) = (number IS NOT NULL))
);
CREATE INDEX preorders_by_draw ON preorders (round_id, draw_position);
CREATE INDEX preorders_by_state ON preorders (round_id, state, person_id);
CREATE INDEX preorders_by_order ON preorders (round_id, order_id);

-- An account is one order's alone (M9).
CREATE TABLE payment_accounts (
    account   text PRIMARY KEY CHECK (length(account) = 14),
    round_id  text NOT NULL,
    person_id uuid NOT NULL
);

-- What the stores hand out; made when an order is paid, or void (M9).
ALTER TABLE mask_orders ADD COLUMN order_id uuid;
ALTER TABLE mask_orders ADD COLUMN texted_at timestamptz;
ALTER TABLE mask_orders ADD COLUMN redeemed_at timestamptz;
ALTER TABLE mask_orders ADD CHECK (NOT redeemed OR (slip IS NOT NULL AND redeemed_at IS NOT NULL));
ALTER TABLE mask_orders ADD CHECK (paid OR slip IS NULL);
CREATE INDEX mask_orders_to_text ON mask_orders (round_id, number) WHERE texted_at IS NULL AND paid;

-- A store that closed, and who took its orders over (M11).
CREATE TABLE store_moves (
    store_id text        NOT NULL REFERENCES stores,
    round_id text        NOT NULL,
    moved_to text        NOT NULL REFERENCES stores,
    moved_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, round_id),
    CHECK (store_id <> moved_to)
);

-- Every payment we were told of, with what became of it: nothing that arrived is lost (M9).
CREATE TABLE payments (
    source      text        NOT NULL CHECK (source IN ('bank', 'card')),
    reference   text        NOT NULL,
    fingerprint bytea       NOT NULL CHECK (length(fingerprint) = 32),
    account     text        NOT NULL,
    amount_twd  bigint      NOT NULL CHECK (amount_twd >= 0),
    paid_at     timestamptz NOT NULL,
    told_at     timestamptz NOT NULL,
    file_hash   bytea       CHECK (length(file_hash) = 32),
    line        integer     CHECK (line >= 1),
    verdict     text        NOT NULL,
    round_id    text,
    order_id    uuid,
    PRIMARY KEY (source, reference, fingerprint),
    CHECK ((verdict = 'accepted') <= (order_id IS NOT NULL))
);
CREATE INDEX payments_by_verdict ON payments (verdict, source, reference);

CREATE TABLE payment_files (
    file_hash   bytea       PRIMARY KEY CHECK (length(file_hash) = 32),
    received_at timestamptz NOT NULL,
    lines       integer     NOT NULL CHECK (lines >= 0),
    total_twd   bigint      NOT NULL CHECK (total_twd >= 0)
);

-- The one record of purchases (M3). Whoever adds a sale raises the version it was judged by.
CREATE TABLE purchase_records (
    person_id uuid   PRIMARY KEY REFERENCES people,
    version   bigint NOT NULL CHECK (version >= 1)
);
CREATE TABLE purchases (
    person_id    uuid        NOT NULL REFERENCES people,
    purchase_id  uuid        NOT NULL,
    kind         text        NOT NULL CHECK (kind IN ('pre-order', 'counter', 'traveller')),
    counts_from  date        NOT NULL,
    days_between integer     NOT NULL CHECK (days_between >= 0),
    round_id     text        NOT NULL,
    channel      text        NOT NULL,
    store_id     text,
    goods        text        NOT NULL CHECK (goods IN ('adult', 'child')),
    masks        integer     NOT NULL CHECK (masks > 0),
    price_twd    integer     NOT NULL CHECK (price_twd >= 0),
    recorded_at  timestamptz NOT NULL,
    PRIMARY KEY (person_id, purchase_id)
);

-- Travellers without a person number: one sale a passport and round (M18).
CREATE TABLE passport_sales (
    round_id text        NOT NULL,
    passport text        NOT NULL,
    sold_at  timestamptz NOT NULL,
    PRIMARY KEY (round_id, passport)
);
