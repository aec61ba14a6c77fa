//! Why cards can or cannot be read here: `pcscd`, permission, readers, answers to reset, timings.
//! Nothing personal.

mod card;
mod finding;
mod machine;
mod usb;

use std::time::Duration;

use crate::insertion::{Insertion, ReaderView};
use crate::watcher::Watcher;
use crate::{Config, Error};

pub use card::{CardReport, CardState, Repeated, Spread};
pub use finding::Finding;
pub use machine::{Machine, Places};
pub use usb::UsbReader;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Whether `pcscd` can be used.
    pub service: ServiceState,
    /// The machine round it.
    pub machine: Machine,
    /// The readers (of the configured name).
    pub readers: Vec<ReaderReport>,
    /// What is wrong, or may be; the first cause first.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether a card put in now could be read: `pcscd` runs, and a reader is attached.
    #[must_use]
    pub fn is_fit(&self) -> bool {
        self.service == ServiceState::Running && !self.readers.is_empty()
    }
}

/// Whether `pcscd` can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceState {
    /// It answers.
    Running,
    /// Nothing answers at its socket.
    NotRunning,
    /// It refuses this user (`SecurityViolation`): polkit, on Debian 13 and later.
    NotPermitted,
    /// Its socket is there, and its rights refuse this user.
    SocketClosed,
    /// Its socket takes connections, and nothing that this program's client library understands
    /// comes back.
    NotAnswering,
    /// It answers with another error.
    Failing(pcsc::Error),
}

/// One reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderReport {
    /// Its name as `pcscd` gives it.
    pub name: String,
    /// Whether a card is in it.
    pub is_occupied: bool,
    /// What was learnt of that card; `None` also when `pcscd` or the card went meanwhile.
    pub card: Option<CardReport>,
}

/// Looks at everything once. Blocks the calling thread while the cards are read: for one that does
/// not answer, or that another program holds, as long as the worker would wait.
#[must_use]
pub fn examine(config: &Config) -> Report {
    examine_at(config, &Places::default())
}

/// The same where things lie elsewhere.
#[must_use]
pub fn examine_at(config: &Config, places: &Places) -> Report {
    let machine = Machine::look(places);
    let looked = Watcher::connect().and_then(|mut watcher| watcher.look(None, Duration::ZERO));
    let (service, views) = match looked {
        Ok(views) => (ServiceState::Running, views),
        Err(error) => (state_of(&error), Vec::new()),
    };
    let service = match service {
        ServiceState::NotRunning => machine::why_no_service(&places.socket),
        other => other,
    };
    let reader_count = views.len();
    let wanted = |view: &ReaderView| {
        let filter = config.reader.as_deref();
        filter.is_none_or(|filter| view.name.to_string_lossy().contains(filter))
    };
    let mut report = Report {
        service,
        machine,
        readers: views
            .into_iter()
            .filter(wanted)
            .map(|view| examine_reader(config, &view))
            .collect(),
        findings: Vec::new(),
    };
    report.findings = finding::findings(&report, reader_count);
    report
}

fn state_of(error: &Error) -> ServiceState {
    match error {
        Error::Connect(cause) | Error::ListReaders(cause) | Error::Wait(cause) => match cause {
            pcsc::Error::NoService | pcsc::Error::ServiceStopped => ServiceState::NotRunning,
            pcsc::Error::SecurityViolation => ServiceState::NotPermitted,
            other => ServiceState::Failing(*other),
        },
        _ => ServiceState::NotRunning,
    }
}

fn examine_reader(config: &Config, view: &ReaderView) -> ReaderReport {
    let examined = Insertion::of(view).map(|insertion| card::examine(config, insertion));
    let card = examined.and_then(|examined| {
        let told = |error: &Error| {
            let error = error as &dyn std::error::Error;
            tracing::warn!(error, "the card could not be examined");
        };
        examined.inspect_err(told).ok()
    });
    ReaderReport {
        name: view.name.to_string_lossy().into_owned(),
        is_occupied: view.present,
        card,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::usb::tests::Bus;
    use super::*;

    fn report(service: ServiceState, places: &Places, readers: &[&str]) -> Report {
        let reader = |name: &&str| ReaderReport {
            name: (*name).to_owned(),
            is_occupied: false,
            card: None,
        };
        let mut report = Report {
            service,
            machine: Machine::look(places),
            readers: readers.iter().map(reader).collect(),
            findings: Vec::new(),
        };
        report.findings = finding::findings(&report, readers.len());
        report
    }

    /// Protects the technician's first clue: a refusal is not called an absence.
    #[test]
    fn causes_are_told_apart() {
        for (cause, state) in [
            (pcsc::Error::NoService, ServiceState::NotRunning),
            (pcsc::Error::SecurityViolation, ServiceState::NotPermitted),
            (
                pcsc::Error::CommError,
                ServiceState::Failing(pcsc::Error::CommError),
            ),
        ] {
            assert_eq!(state_of(&Error::Connect(cause)), state);
        }
    }

    /// Protects the shop that plugged in a reader and sees none: each reason has a finding of its
    /// own, and a machine that is well has none.
    #[test]
    fn each_reason_is_found() {
        let bus = Bus::new("reasons").plug("1-1", ("0ca6", "0010"), "EZ100PU", "00");
        let bare = Places {
            socket: "/nonexistent".into(),
            program: "/nonexistent".into(),
            drivers: "/nonexistent".into(),
            usb_devices: bus.path().to_owned(),
        };
        let (vendor, product) = (0x0CA6, 0x0010);
        let wrong = report(ServiceState::NotRunning, &bare, &[]);
        let expected = [
            Finding::ServiceNotInstalled,
            Finding::LibccidMissing,
            Finding::NotCcid { vendor, product },
        ];
        assert_eq!(wrong.findings, expected);
        assert_eq!(expected[2].device().unwrap(), "0ca6:0010");
        assert!(!wrong.is_fit());

        let bus = Bus::new("drivers").plug("1-1", ("0ca6", "00a0"), "EZ100PU", "0b");
        let drivers = bus.path().join("drivers");
        let contents = drivers.join("ifd-ccid.bundle/Contents");
        std::fs::create_dir_all(&contents).unwrap();
        let plist = |product: &str| {
            let text = format!(
                "<key>CFBundleShortVersionString</key><string>1.5.2</string>\
                 <key>ifdVendorID</key><array><string>0x0CA6</string></array>\
                 <key>ifdProductID</key><array><string>0x{product}</string></array>"
            );
            std::fs::write(contents.join("Info.plist"), text).unwrap();
        };
        let equipped = Places {
            drivers: drivers.clone(),
            usb_devices: bus.path().to_owned(),
            ..bare
        };
        plist("00A0");
        let well = report(ServiceState::Running, &equipped, &["CASTLES EZCCID 00 00"]);
        assert_eq!(well.machine.libccid.as_deref(), Some("1.5.2"));
        assert_eq!((well.findings.as_slice(), well.is_fit()), (&[][..], true));
        let unseen = report(ServiceState::Running, &equipped, &[]);
        assert_eq!(unseen.findings, [Finding::NoReader, Finding::NotShown]);
        plist("00A1");
        std::fs::create_dir_all(drivers.join("serial")).unwrap();
        std::fs::write(drivers.join("serial/libifdvpcd.so.0.8"), "").unwrap();
        let unknown = report(ServiceState::Running, &equipped, &["Virtual PCD 00 00"]);
        let product = 0x00A0;
        let expected = [
            Finding::UnknownToLibccid { vendor, product },
            Finding::VirtualReader,
        ];
        assert_eq!(unknown.findings, expected);
        for finding in expected
            .iter()
            .chain(&wrong.findings)
            .chain(&unseen.findings)
        {
            assert!(!finding.name().is_empty() && finding.advice().len() > 20);
        }
    }
}
