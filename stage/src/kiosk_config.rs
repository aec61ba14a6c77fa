//! The configuration a technician would write for this kiosk.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::Error;
use crate::kiosk::Settings;

/// Size of the kiosk's panel: 27 inches upright.
const PANEL_WIDTH_MM: u32 = 336;
const PANEL_HEIGHT_MM: u32 = 597;

/// The file, key by key (`kiosk/src/config.rs` says what they mean).
#[derive(Debug, Serialize)]
pub(crate) struct KioskConfig {
    role: &'static str,
    panel: Panel,
    store: Store,
    centre: Centre,
    printer: Printer,
    card: Card,
    development: Development,
}

#[derive(Debug, Serialize)]
struct Panel {
    width_mm: u32,
    height_mm: u32,
    width_px: u16,
    height_px: u16,
}

#[derive(Debug, Serialize)]
struct Store {
    database: PathBuf,
    key_file: PathBuf,
    device_key_file: PathBuf,
}

#[derive(Debug, Serialize)]
struct Centre {
    url: String,
    public_key: String,
}

#[derive(Debug, Serialize)]
struct Printer {
    url: String,
}

#[derive(Debug, Serialize)]
struct Card {
    reader: String,
}

#[derive(Debug, Serialize)]
struct Development {
    touch_map: PathBuf,
    clock_offset_seconds: i64,
}

impl KioskConfig {
    pub(crate) fn new(folder: &Path, touch_map: &Path, settings: &Settings) -> Self {
        Self {
            role: "store",
            panel: Panel {
                width_mm: PANEL_WIDTH_MM,
                height_mm: PANEL_HEIGHT_MM,
                width_px: settings.panel.width_px,
                height_px: settings.panel.height_px,
            },
            store: Store {
                database: folder.join("kiosk.db"),
                key_file: folder.join("database.key"),
                device_key_file: folder.join("device.key"),
            },
            centre: Centre {
                url: settings.centre_url.clone(),
                public_key: settings.centre_public_key.clone(),
            },
            printer: Printer {
                url: settings.printer_url.clone(),
            },
            card: Card {
                reader: settings.reader.clone(),
            },
            development: Development {
                touch_map: touch_map.to_owned(),
                clock_offset_seconds: settings.clock_offset_s,
            },
        }
    }

    pub(crate) fn write(&self, path: &Path) -> Result<(), Error> {
        let text = toml::to_string(self).map_err(Error::KioskConfig)?;
        std::fs::write(path, text).map_err(Error::file("write", path))
    }
}
