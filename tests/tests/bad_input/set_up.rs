//! A kiosk as a technician leaves it, with or without a centre.

use std::path::{Path, PathBuf};

use stage::centre::Centre;
use stage::display::Size;
use stage::kiosk::{Kiosk, Settings};
use stage::postgres::Postgres;
use stage::{Error, clock};

use super::told;

/// A kiosk's settings for a centre at this address.
pub(crate) fn settings(centre_url: String, centre_public_key: String) -> Settings {
    Settings {
        centre_url,
        centre_public_key,
        printer_url: "serial:///nonexistent".to_owned(),
        reader: "none".to_owned(),
        panel: Size::PORTRAIT,
        clock_offset_s: clock::offset_to_sample_s(),
    }
}

/// A release key of nobody's; gives its public half.
pub(crate) fn strange_key(folder: &Path) -> String {
    let file = folder.join("strange.key");
    let output = told::run("central", &["keys", "--private", file.to_str().unwrap()]);
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A kiosk in `folder` whose centre would be at `centre_url`; gives its configuration file.
pub(crate) fn kiosk_alone(folder: &Path, centre_url: &str) -> PathBuf {
    let settings = settings(centre_url.to_owned(), strange_key(folder));
    let kiosk = Kiosk::configure(&folder.join("kiosk"), &settings, folder).unwrap();
    kiosk.config().to_owned()
}

/// An enrolled kiosk and its centre; no window, no reader, no printer.
pub(crate) struct Enrolled {
    pub(crate) kiosk: Kiosk,
    pub(crate) centre: Centre,
    pub(crate) postgres: Postgres,
}

/// Call inside the stage's namespace.
pub(crate) fn enrolled(folder: &Path) -> Result<Enrolled, Error> {
    let postgres = Postgres::start(&folder.join("postgres"), folder)?;
    let offset_s = clock::offset_to_sample_s();
    let centre = Centre::start(folder, &postgres.url(), offset_s, folder)?;
    let url = format!("http://{}", centre.address());
    let settings = settings(url, centre.public_key().to_owned());
    let kiosk = Kiosk::configure(&folder.join("kiosk"), &settings, folder)?;
    kiosk.enrol(centre.seeded().code("T00001")?)?;
    Ok(Enrolled {
        kiosk,
        centre,
        postgres,
    })
}

impl Enrolled {
    /// Nothing of any seeded person is in what was said.
    #[track_caller]
    pub(crate) fn nobody_is_named(&self, said: &str) {
        for person in &self.centre.seeded().people {
            let pickup = person.pickup_number.as_deref().unwrap_or("no order");
            for data in [&person.name, &person.person_number, &person.mobile, pickup] {
                assert!(!said.contains(data), "somebody's data in a message");
            }
        }
    }
}
