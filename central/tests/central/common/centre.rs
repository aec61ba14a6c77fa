//! A seeded centre, running as its own process.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

use domain::campaign::{BirthHalfYear, CategoryCode};
use domain::roster::CategorySet;
use jiff::{SignedDuration, Timestamp};
use reqwest::Response;
use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;
use wire::roster::RosterLine;

use super::cluster;

const CENTRAL: &str = env!("CARGO_BIN_EXE_central");
const SAMPLE: &str = include_str!("../../../../assets/campaigns/sample.toml");
/// The sample's own moment.
const SAMPLE_NOW: &str = "2026-04-03T10:00:00+08:00";

/// A person of the seeded population, with a card.
#[derive(Debug, Clone, Deserialize)]
pub struct Person {
    #[serde(default)]
    pub tag: String,
    pub card_number: String,
    pub person_number: String,
    pub name: String,
    pub other_number: Option<String>,
    pub mobile: String,
    pub pickup_number: Option<String>,
    #[serde(default)]
    pub papers: Value,
}

#[derive(Debug, Deserialize)]
struct PeopleFile {
    people: Vec<Person>,
    terminals: Vec<EnrolmentCode>,
}

#[derive(Debug, Deserialize)]
struct EnrolmentCode {
    code: String,
}

/// The centre's process, its files and what must never be in its log.
pub struct Centre {
    process: Child,
    folder: TempDir,
    file: PeopleFile,
    secrets: Mutex<Vec<String>>,
    pub address: String,
    pub operator: String,
    pub database: String,
    pub release_key: String,
    pub http: reqwest::Client,
    pub offset: SignedDuration,
}

impl Centre {
    /// Seeds an empty database with the sample campaign and serves it at the sample's moment.
    pub fn start() -> Self {
        Self::start_with(SAMPLE, SAMPLE_NOW)
    }

    /// The sample campaign with some of its text replaced.
    pub fn start_changed(changes: &[(&str, &str)]) -> Self {
        Self::start_changed_at(changes, SAMPLE_NOW)
    }

    /// The sample campaign with some of its text replaced, at another moment.
    pub fn start_changed_at(changes: &[(&str, &str)], moment: &str) -> Self {
        let text = changes.iter().fold(SAMPLE.to_owned(), |text, (from, to)| {
            assert!(text.contains(from));
            text.replacen(from, to, 1)
        });
        Self::start_with(&text, moment)
    }

    fn start_with(campaign: &str, moment: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let database = cluster::new_database();
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("campaign.toml"), campaign).unwrap();
        std::fs::write(path("token"), "operator-token-of-the-tests\n").unwrap();
        std::fs::write(path("card-key"), "card-operator-key-of-the-tests\n").unwrap();
        let offset = offset_to(moment);
        let offset_s = offset.as_secs().to_string();

        let keys = Command::new(CENTRAL)
            .args(["keys", "--private"])
            .arg(path("release.pem"))
            .output()
            .unwrap();
        assert!(keys.status.success());
        let seeded = Command::new(CENTRAL)
            .args([
                "seed",
                "--database",
                &database,
                "--clock-offset-seconds",
                &offset_s,
            ])
            .args(["--people", "2000", "--campaign"])
            .arg(path("campaign.toml"))
            .arg("--release-key")
            .arg(path("release.pem"))
            .arg("--people-out")
            .arg(path("people.json"))
            .output()
            .unwrap();
        assert!(
            seeded.status.success(),
            "{}",
            String::from_utf8_lossy(&seeded.stderr)
        );
        let (process, address, operator) = serve(&database, folder.path(), offset);
        let text = std::fs::read(path("people.json")).unwrap();
        Self {
            address,
            operator,
            process,
            file: serde_json::from_slice(&text).unwrap(),
            folder,
            secrets: Mutex::default(),
            database,
            release_key: String::from_utf8(keys.stdout).unwrap().trim().to_owned(),
            http: reqwest::Client::new(),
            offset,
        }
    }

    /// Ends the centre in order and serves the same database at another moment.
    pub fn go_to(&mut self, moment: &str) {
        self.stop();
        self.offset = offset_to(moment);
        let (process, address, operator) = serve(&self.database, self.folder.path(), self.offset);
        (self.process, self.address, self.operator) = (process, address, operator);
    }

    /// Ends the serving process without any warning.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Serves again after [`Self::kill`], at other addresses.
    pub fn serve_again(&mut self) {
        (self.process, self.address, self.operator) =
            serve(&self.database, self.folder.path(), self.offset);
    }

    fn stop(&mut self) {
        let ended = Command::new("kill")
            .arg(self.process.id().to_string())
            .status();
        assert!(ended.unwrap().success());
        assert!(self.process.wait().unwrap().success());
    }

    /// Runs the program beside the serving one, on the same database and clock.
    pub fn central(&self, arguments: &[&str]) -> std::process::Output {
        let mut command = Command::new(CENTRAL);
        command.args(arguments).env("DATABASE_URL", &self.database);
        command
            .arg(format!("--clock-offset-seconds={}", self.offset.as_secs()))
            .output()
            .unwrap()
    }

    /// Changes what lies in the database.
    pub async fn sql(&self, statement: &str) {
        let connected = tokio_postgres::connect(&self.database, tokio_postgres::NoTls);
        let (client, connection) = connected.await.unwrap();
        let connection = tokio::spawn(connection);
        client.batch_execute(statement).await.unwrap();
        connection.abort();
    }

    /// One text out of the database.
    pub async fn text(&self, query: &str) -> String {
        let connected = tokio_postgres::connect(&self.database, tokio_postgres::NoTls);
        let (client, connection) = connected.await.unwrap();
        let connection = tokio::spawn(connection);
        let text = client.query_one(query, &[]).await.unwrap().get(0);
        connection.abort();
        text
    }

    /// A file in the centre's folder.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// The text of the published campaign.
    pub fn campaign(&self) -> String {
        std::fs::read_to_string(self.path("campaign.toml")).unwrap()
    }

    /// Takes the database away under the serving centre.
    pub fn drop_database(&self) {
        cluster::drop_database(&self.database);
    }

    /// The centre's moment.
    pub fn now(&self) -> Timestamp {
        Timestamp::now() + self.offset
    }

    /// The seeded enrolment code of terminal 1 or 2.
    pub fn code(&self, terminal: usize) -> &str {
        &self.file.terminals[terminal - 1].code
    }

    /// The notable person with this tag.
    pub fn person(&self, tag: &str) -> Person {
        let found = self.file.people.iter().find(|person| person.tag == tag);
        let person = found.unwrap_or_else(|| panic!("nobody is {tag}")).clone();
        self.keep_secret(&person);
        person
    }

    /// People of category 6 or 8, all of whom are called, from the roster's own file.
    pub fn called(&self, roster: &str, count: usize) -> Vec<Person> {
        let called: Vec<Person> = roster
            .lines()
            .map(|line| serde_json::from_str::<RosterLine>(line).unwrap())
            .filter(|line| {
                let categories = CategorySet::from_bits(line.categories);
                [6, 8]
                    .iter()
                    .any(|&code| categories.contains(CategoryCode::new(code).unwrap()))
                    && BirthHalfYear {
                        year: line.birth_year,
                        second_half: line.birth_second_half,
                    } <= BirthHalfYear {
                        year: 1960,
                        second_half: true,
                    }
            })
            .take(count)
            .map(|line| Person {
                tag: String::new(),
                card_number: line.card,
                person_number: line.number,
                name: "甄健康".to_owned(),
                other_number: line.other_number,
                mobile: "0912345678".to_owned(),
                pickup_number: None,
                papers: Value::Null,
            })
            .collect();
        assert_eq!(called.len(), count);
        called.iter().for_each(|person| self.keep_secret(person));
        called
    }

    /// Something that must never be in the log.
    pub fn keep(&self, secret: &str) {
        self.secrets.lock().unwrap().push(secret.to_owned());
    }

    fn keep_secret(&self, person: &Person) {
        let mut secrets = self.secrets.lock().unwrap();
        secrets
            .extend([&person.card_number, &person.person_number, &person.mobile].map(Clone::clone));
        secrets.push(person.name.clone());
        secrets.extend(person.other_number.clone());
        secrets.extend(person.pickup_number.clone());
    }

    /// What an operator is told.
    pub async fn operator(&self, path: &str) -> Value {
        let answer = self
            .http
            .get(format!("{}{path}", self.operator))
            .bearer_auth("operator-token-of-the-tests")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    /// What an operator has done, once.
    pub async fn operator_does(&self, path: &str, body: impl Into<reqwest::Body>) -> Response {
        self.http
            .post(format!("{}{path}", self.operator))
            .bearer_auth("operator-token-of-the-tests")
            .header("idempotency-key", uuid::Uuid::now_v7().to_string())
            .body(body)
            .send()
            .await
            .unwrap()
    }

    /// Ends the centre and checks what must hold after every test: the books agree, nothing
    /// failed inside, nothing personal was logged, SIGTERM ends it in order.
    pub async fn finish(mut self) {
        let counts = self.operator("/operator/v1/counts").await;
        assert_eq!(counts["slots_off"], 0, "{counts}");
        assert_eq!(counts["marks_off"], 0, "{counts}");
        assert_eq!(counts["leases_off"], 0, "{counts}");
        self.stop();
        let log = std::fs::read_to_string(self.log()).unwrap();
        assert!(log.contains("status=200"), "{log}");
        let failed = |line: &&str| line.contains("status=5") && !line.contains("status=503");
        assert_eq!(log.lines().find(failed), None);
        assert!(!log.contains("ERROR"), "{log}");
        for secret in self.secrets.lock().unwrap().iter() {
            assert!(
                !log.contains(secret.as_str()),
                "the log holds personal data"
            );
        }
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }
}

fn offset_to(moment: &str) -> SignedDuration {
    let moment: Timestamp = moment.parse().unwrap();
    SignedDuration::from_secs(moment.duration_since(Timestamp::now()).as_secs())
}

/// The serving process, and where terminals and operators reach it.
fn serve(database: &str, folder: &Path, offset: SignedDuration) -> (Child, String, String) {
    let log = File::options()
        .create(true)
        .append(true)
        .open(folder.join("log"));
    let mut process = Command::new(CENTRAL)
        .args(["serve", "--database", database, "--clock-offset-seconds"])
        .arg(offset.as_secs().to_string())
        .args([
            "--listen",
            "127.0.0.1:0",
            "--operator-listen",
            "127.0.0.1:0",
        ])
        .args(["--development-captcha-answer", "abcde"])
        .arg("--development-test-operator")
        .args(["--client-address-header", "x-client-address"])
        .arg("--notice-folder")
        .arg(folder.join("notices"))
        .arg("--operator-token-file")
        .arg(folder.join("token"))
        .arg("--card-operator-key-file")
        .arg(folder.join("card-key"))
        .stdout(Stdio::piped())
        .stderr(log.unwrap())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut address = |name: &str| {
        let line = lines.next().unwrap().unwrap();
        line.strip_prefix(name).unwrap().trim().to_owned()
    };
    let (terminals, operator) = (address("terminals"), address("operator"));
    (process, terminals, operator)
}

impl Drop for Centre {
    fn drop(&mut self) {
        // A test that failed did not reach `finish`.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
