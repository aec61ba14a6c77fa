//! The same statements one by one, sent by pgbench to the same database.

use std::io::Write as _;
use std::process::Command;

use super::cluster::Cluster;
use super::world::{AREA, BRAND, ROUND, SERIES};
use crate::error::LoadError;

const SECONDS: u32 = 6;

/// A script that pgbench repeats; `n` is another person each time.
pub(crate) struct Script {
    text: String,
    clients: u32,
    first_person: u32,
    people: u32,
}

impl Script {
    /// A booking: what the centre reads and writes for one, the slot's row last.
    pub(crate) fn booking(site: &str, slot: &str, clients: u32, first: u32, people: u32) -> Self {
        let text = format!(
            "BEGIN;\n\
             SELECT person.card, person.categories, person.birth, entry.category, entry.brands \
             FROM bench_people AS known JOIN people AS person ON person.person_id = known.person_id \
             JOIN willingness AS entry ON entry.person_id = known.person_id \
             AND entry.round_id = '{ROUND}' WHERE known.n = (:n)::integer;\n\
             INSERT INTO booking_numbers (number, site_id) \
             VALUES (lpad((:n)::integer::text, 9, '0'), {site}) ON CONFLICT (number) DO NOTHING;\n\
             INSERT INTO bookings (series, dose, person_id, site_id, round_id, slot_id, number, \
             mobile, booked_at) SELECT '{SERIES}', 1, person_id, {site}, '{ROUND}', '{slot}', \
             lpad((:n)::integer::text, 9, '0'), '0912345678', now() FROM bench_people WHERE n = (:n)::integer \
             ON CONFLICT (series, dose, person_id) DO NOTHING;\n\
             UPDATE willingness SET booked = true WHERE round_id = '{ROUND}' AND person_id = \
             (SELECT person_id FROM bench_people WHERE n = (:n)::integer) AND NOT cancelled;\n\
             {OPERATION}\
             UPDATE slots SET remaining = remaining - 1, booked = booked + 1 \
             WHERE site_id = {site} AND round_id = '{ROUND}' AND slot_id = '{slot}' \
             AND remaining >= 1;\n\
             COMMIT;\n"
        );
        Self {
            text,
            clients,
            first_person: first,
            people,
        }
    }

    /// An outbox event: a willingness entry and the operation's own row.
    pub(crate) fn event(clients: u32, first: u32, people: u32) -> Self {
        let text = format!(
            "BEGIN;\n\
             SELECT person.card, person.categories, person.birth FROM bench_people AS known \
             JOIN people AS person ON person.person_id = known.person_id WHERE known.n = (:n)::integer;\n\
             INSERT INTO willingness AS entry (round_id, person_id, receipt, category, mobile, \
             area, brands, recorded_at) SELECT '{ROUND}', person_id, 'PGBENCH', 6, '0911111111', \
             '{AREA}', ARRAY['{BRAND}'], '2026-04-01T00:00:00Z'::timestamptz FROM bench_people WHERE n = (:n)::integer \
             ON CONFLICT (round_id, person_id) DO UPDATE SET receipt = excluded.receipt, \
             category = excluded.category, mobile = excluded.mobile, area = excluded.area, \
             brands = excluded.brands, recorded_at = excluded.recorded_at, cancelled = false \
             WHERE entry.recorded_at <= excluded.recorded_at;\n\
             {OPERATION}\
             COMMIT;\n"
        );
        Self {
            text,
            clients,
            first_person: first,
            people,
        }
    }

    /// Runs it and gives transactions a second.
    pub(crate) fn run(&self, cluster: &Cluster) -> Result<f64, LoadError> {
        let written = |source| LoadError::File {
            action: "written",
            source,
        };
        let mut file = tempfile::NamedTempFile::new().map_err(written)?;
        let each = self.people / self.clients;
        write!(
            file,
            "\\set i :i + 1\n\\set n {} + :client_id * {each} + (:i % {each})\n{}",
            self.first_person, self.text
        )
        .map_err(written)?;
        let output = Command::new("/usr/lib/postgresql/15/bin/pgbench")
            .args(["--no-vacuum", "--protocol=prepared", "--define=i=0"])
            // Each script has operations of its own.
            .arg(format!(
                "--define=epoch={}",
                self.first_person + self.people + self.clients
            ))
            .args(["--jobs=1", &format!("--client={}", self.clients)])
            .args([&format!("--time={SECONDS}"), "--username=central"])
            .arg(format!("--host={}", cluster.folder))
            .arg("--file")
            .arg(file.path())
            .arg("central")
            .stderr(std::process::Stdio::inherit())
            .output()
            .map_err(|source| LoadError::Program {
                program: "pgbench",
                source: Some(source),
            })?;
        let text = String::from_utf8_lossy(&output.stdout);
        let tps = text
            .lines()
            .find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        tps.filter(|_| output.status.success())
            .ok_or(LoadError::Program {
                program: "pgbench",
                source: None,
            })
    }
}

/// The operation's own row, under a device no terminal has.
const OPERATION: &str = "INSERT INTO operations (device_id, epoch, seq, hash, key, kind, payload, \
     recorded_at, received_at, outcome) VALUES (100000 + (:client_id)::integer, (:epoch)::integer, (:i)::bigint, \
     sha256((:n)::integer::text::bytea), gen_random_uuid(), 'book-slot', repeat('x', 420), now(), now(), \
     'applied');\n";
