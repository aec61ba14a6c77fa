//! The parts that are not ours start, work and end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use stage::display::{Display, Size};
use stage::namespace;
use stage::pcscd::{FIRST_SLOT_PORT, Pcscd};
use stage::postgres::Postgres;
use stage::screen::Screen;

/// Processes that live in the same process namespace as this one.
fn neighbours() -> Vec<u32> {
    let mine = std::fs::read_link("/proc/self/ns/pid").unwrap();
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter(|id| {
            std::fs::read_link(format!("/proc/{id}/ns/pid")).is_ok_and(|theirs| theirs == mine)
        })
        .collect()
}

/// Protects the promise that nothing started is left behind when the guards drop in order.
#[test]
fn parts_start_and_leave_nothing() -> Result<(), stage::Error> {
    namespace::test("parts_start_and_leave_nothing", || {
        let folder = tempfile::tempdir().unwrap();
        let pcscd = Pcscd::start(folder.path())?;
        let postgres = Postgres::start(&folder.path().join("database"), folder.path())?;
        let display = Display::start(
            Size {
                width_px: 300,
                height_px: 200,
            },
            folder.path(),
        )?;
        assert!(neighbours().len() > 3);
        assert!(Path::new("/run/pcscd/pcscd.comm").exists());
        drop((pcscd, postgres, display));
        assert_eq!(neighbours().len(), 1, "only this test is left");
        Ok(())
    })
}

/// Protects faults of the card service: it can go and come back on the same socket.
#[test]
fn pcscd_can_be_stopped_and_started() -> Result<(), stage::Error> {
    namespace::test("pcscd_can_be_stopped_and_started", || {
        let folder = tempfile::tempdir().unwrap();
        let mut pcscd = Pcscd::start(folder.path())?;
        pcscd.stop();
        assert!(!stage::network::listens_at(FIRST_SLOT_PORT)?);
        pcscd.restart()?;
        assert!(stage::network::listens_at(FIRST_SLOT_PORT)?);
        Ok(())
    })
}

/// Protects the centre's ground: a cluster that takes statements over the private loopback.
#[test]
fn postgres_takes_statements() -> Result<(), stage::Error> {
    namespace::test("postgres_takes_statements", || {
        let folder = tempfile::tempdir().unwrap();
        let postgres = Postgres::start(&folder.path().join("database"), folder.path())?;
        assert!(postgres.ask("show server_version_num")?.starts_with("15"));
        assert!(postgres.ask("no sense").is_err());
        Ok(())
    })
}

/// Protects screenshots: the picture has the display's size and real pixels.
#[test]
fn display_gives_a_picture() -> Result<(), stage::Error> {
    namespace::test("display_gives_a_picture", || {
        let folder = tempfile::tempdir().unwrap();
        let size = Size {
            width_px: 320,
            height_px: 240,
        };
        let display = Display::start(size, folder.path())?;
        let file = folder.path().join("screen.png");
        let screen = Screen::connect(Some(display.name()))?;
        screen.touch(10, 10)?;
        screen.screenshot(&file)?;
        let reader =
            png::Decoder::new(std::io::BufReader::new(std::fs::File::open(&file).unwrap()))
                .read_info()
                .unwrap();
        assert_eq!((reader.info().width, reader.info().height), (320, 240));
        Ok(())
    })
}
