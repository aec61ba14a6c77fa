//! Malformed campaign files at the centre: refused as a whole, with line and field.

use stage::postgres::Postgres;
use stage::{Error, namespace, program};

use super::{set_up, told};

const GOOD: &str = include_str!("../../../assets/campaigns/sample.toml");

/// What is broken, what it becomes, and what the sentence names.
const BROKEN: [(&str, &str, &str); 5] = [
    ("version = 1", "version = \"one\"", "version"),
    ("version = 1", "version = ", "TOML"),
    ("capacity = 40 }", "capacity = -40 }", "].slots["),
    ("capacity = 40 }", "capacity = 40, colour = 1 }", ".colour"),
    ("end = 12:00:00", "end = 10:59:00", ".end"),
];

/// Protects the fleet: neither the first nor a later campaign is taken in part.
#[test]
fn a_malformed_file_is_refused_whole() -> Result<(), Error> {
    namespace::test("campaign::a_malformed_file_is_refused_whole", || {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path();
        let postgres = Postgres::start(&folder.join("postgres"), folder)?;
        set_up::strange_key(folder);
        let database = postgres.url();
        let key = folder.join("strange.key");
        let (database, key) = (database.as_str(), key.to_str().unwrap());
        let central = |command: &str, campaign: &str| {
            let common = ["--database", database, "--release-key", key, "--campaign"];
            let mut arguments = vec![command];
            arguments.extend(common);
            arguments.push(campaign);
            if command == "seed" {
                arguments.extend(["--people", "10"]);
            }
            told::run("central", &arguments)
        };
        let held = || {
            postgres.ask("SELECT count(*), max(version), (SELECT count(*) FROM people), (SELECT count(*) FROM slots) FROM campaigns")
        };
        let each_is_refused = |command: &str| {
            for (from, to, named) in BROKEN {
                let text = GOOD.replacen(from, to, 1);
                assert_ne!(text, GOOD, "{from} is there to be broken");
                let line = format!("line {}", told::line_of(&text, to));
                let file = folder.join("broken.toml");
                std::fs::write(&file, &text).unwrap();
                let output = central(command, file.to_str().unwrap());
                told::refused(&output, 1, &["broken.toml", &line, named]);
            }
        };
        each_is_refused("seed");
        assert_eq!(held()?, "0||0|0", "nothing of them was taken");

        let sample = program::workspace().join("assets/campaigns/sample.toml");
        let output = central("seed", sample.to_str().unwrap());
        assert!(output.status.success(), "the good one is taken");
        let before = held()?;
        each_is_refused("publish-campaign");
        let output = central("publish-campaign", "/nonexistent/campaign.toml");
        told::refused(&output, 1, &["/nonexistent/campaign.toml", "read"]);
        assert_eq!(held()?, before, "the campaign published before stands");
        Ok(())
    })
}
