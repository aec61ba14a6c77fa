//! Rosters that come on a stick and are not what the centre signed.

use std::path::Path;

use stage::kiosk::Kiosk;
use stage::{Error, namespace};

use super::{set_up, told};

/// Protects identity checks (I3): only a whole release signed by the pinned key is ever taken, and
/// a refused one leaves the roster that is here.
#[test]
fn only_what_was_signed_is_taken() -> Result<(), Error> {
    namespace::test("roster::only_what_was_signed_is_taken", || {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path();
        let world = set_up::enrolled(folder)?;
        let newest = "FROM roster_releases ORDER BY version DESC LIMIT 1";
        let manifest = world.postgres.ask(&format!("SELECT envelope {newest}"))?;
        let roster = world
            .postgres
            .ask(&format!("SELECT encode(file, 'hex') {newest}"))?;
        let roster = bytes(&roster);
        let campaign = world.postgres.ask("SELECT envelope FROM campaigns")?;

        let import = |kiosk: &Kiosk, manifest: &[u8], roster: &[u8]| {
            let (one, other) = (folder.join("manifest.json"), folder.join("roster.jsonl"));
            std::fs::write(&one, manifest).unwrap();
            std::fs::write(&other, roster).unwrap();
            take(kiosk, &one, &other)
        };
        let good = import(&world.kiosk, manifest.as_bytes(), &roster)?;
        assert!(good.status.success(), "the good one is taken");
        let before = world.kiosk.asks(&["roster", "status", "--json"])?;

        let mut changed = roster.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        let shorter = &roster[..roster.len() - 1];
        let signature = forged(&manifest, "signature");
        let payload = forged(&manifest, "payload");
        let whole = manifest.as_bytes();
        let cases: [(&str, &[u8], &[u8], &str); 9] = [
            ("no JSON", b"{", &roster, "roster manifest"),
            (
                "another shape",
                b"{\"version\": 9}",
                &roster,
                "roster manifest",
            ),
            ("no bytes", b"", &roster, "roster manifest"),
            ("a signature changed", signature.as_bytes(), &roster, "sign"),
            ("a payload changed", payload.as_bytes(), &roster, "sign"),
            ("for another purpose", campaign.as_bytes(), &roster, "sign"),
            (
                "a file changed",
                whole,
                &changed,
                "not the one that was signed",
            ),
            ("a file cut", whole, shorter, "not the one that was signed"),
            ("an empty file", whole, b"", "not the one that was signed"),
        ];
        for (case, manifest, roster, words) in cases {
            let output = import(&world.kiosk, manifest, roster)?;
            assert!(!output.status.success(), "{case} was taken");
            let said = told::refused(&output, 1, &[words]);
            world.nobody_is_named(&said);
        }
        let absent = folder.join("absent");
        let output = take(&world.kiosk, &absent, &absent)?;
        told::refused(&output, 1, &["cannot read", absent.to_str().unwrap()]);

        // A terminal that trusts another release key.
        let url = format!("http://{}", world.centre.address());
        let strange = set_up::settings(url, set_up::strange_key(folder));
        let strange = Kiosk::configure(&folder.join("kiosk"), &strange, folder)?;
        let output = import(&strange, whole, &roster)?;
        told::refused(&output, 1, &["sign"]);

        let after = world.kiosk.asks(&["roster", "status", "--json"])?;
        assert_eq!(after, before, "the roster that was here stands");
        Ok(())
    })
}

fn take(kiosk: &Kiosk, manifest: &Path, roster: &Path) -> Result<std::process::Output, Error> {
    let (manifest, roster) = (manifest.to_str().unwrap(), roster.to_str().unwrap());
    kiosk.runs_command(&[
        "roster",
        "import",
        "--manifest",
        manifest,
        "--roster",
        roster,
    ])
}

/// The envelope with one letter of a field changed: still base64, still JSON.
fn forged(envelope: &str, field: &str) -> String {
    let mut envelope: serde_json::Value = serde_json::from_str(envelope).unwrap();
    let text = envelope[field].as_str().unwrap();
    let letter = if text.starts_with('A') { "B" } else { "A" };
    envelope[field] = format!("{letter}{}", &text[1..]).into();
    envelope.to_string()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digit = |byte: &u8| u8::try_from(char::from(*byte).to_digit(16).unwrap()).unwrap();
    let digits: Vec<u8> = hex.as_bytes().iter().map(digit).collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}
