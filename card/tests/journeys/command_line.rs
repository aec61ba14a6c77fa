//! What the command line uses: one reading, and the doctor.

use std::time::Duration;

use card::{Config, Error, doctor};

use crate::stage::{self, Card, Service, inside};

/// Protects the command line: one reading, and the doctor's report, with nothing, no card, each card.
#[test]
fn one_reading_and_the_doctor() {
    inside("command_line::one_reading_and_the_doctor", || {
        let config = Config {
            reader: Some("00 00".to_owned()),
            ..Config::default()
        };
        let nothing = Duration::ZERO;
        assert!(matches!(
            card::read(config.clone(), nothing),
            Err(Error::ServiceDown)
        ));
        assert_eq!(
            doctor::examine(&config).service,
            doctor::ServiceState::NotRunning
        );
        let _service = Service::start();
        let missing = Config {
            reader: Some("absent".to_owned()),
            ..Config::default()
        };
        assert!(matches!(
            card::read(missing, nothing),
            Err(Error::ReaderMissing)
        ));
        assert!(matches!(
            card::read(config.clone(), nothing),
            Err(Error::NoCard { .. })
        ));
        let empty = doctor::examine(&config);
        assert!(empty.is_fit() && empty.readers.len() == 1 && empty.readers[0].card.is_none());

        let card = Card::profile("national");
        let reading = card::read(config.clone(), stage::PATIENCE).unwrap();
        assert_eq!(reading.person_number.reveal(), "A123456789");
        let report = doctor::examine(&config);
        let found = report.readers[0].card.as_ref().unwrap();
        assert_eq!(found.state, doctor::CardState::Readable);
        assert!(found.atr.starts_with("3BFF18"));
        let shown = format!("{report:?}");
        assert!(!shown.contains("A123456789") && !shown.contains("000012345678"));
        card.pull();

        let card = Card::profile("bank");
        card.inserted();
        assert!(matches!(
            card::read(config, stage::PATIENCE),
            Err(Error::WrongCard(card)) if card.name() == "bank card"
        ));
        card.pull();
    });
}
