//! The terminal's configuration: one TOML file. A wrong key, type or value is refused with its line.

use std::path::{Path, PathBuf};

use ed25519_dalek::VerifyingKey;
use printer::{Address, Profile};
use serde::Deserialize;
use toml::Spanned;
use wording::Language;

use crate::error::{ConfigMistake, KioskError, ValueMistake};
use crate::look::millimetre::Panel;

/// Where the configuration is unless the command line says otherwise.
pub const DEFAULT_PATH: &str = "/etc/kiosk/kiosk.toml";

/// The configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// What the terminal is used for.
    pub role: Role,
    /// The language every visit begins in.
    pub language: Language,
    /// The panel.
    pub panel: Panel,
    /// Whether the window fills the screen.
    pub fullscreen: bool,
    /// The terminal's database.
    pub database: PathBuf,
    /// The file with the database's key, 64 hexadecimal digits.
    pub database_key: PathBuf,
    /// The device's own ed25519 key, PKCS#8 in PEM.
    pub device_key: PathBuf,
    /// Where the centre is.
    pub centre_url: String,
    /// The key that signs rosters and campaigns.
    pub centre_key: VerifyingKey,
    /// A PEM file whose certificates alone are trusted for the centre; `None` trusts the system's.
    pub centre_certificates: Option<PathBuf>,
    /// Where the printer is.
    pub printer: Address,
    /// What it can and how it behaves.
    pub printer_profile: Profile,
    /// The card reader.
    pub card: CardSettings,
    /// Settings no terminal in service has.
    pub development: Development,
}

/// Which card readers are used, and how other cards are named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CardSettings {
    /// Only readers whose name contains this.
    pub reader: Option<String>,
    /// Where cards are in several readers, the one whose name contains this is the counter's.
    pub preferred: Option<String>,
    /// A newer list of cards than the one this program was built with (`cards.toml`).
    pub catalogue: Option<PathBuf>,
}

/// What a terminal is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Customers at a convenience store.
    Store,
    /// A store's kiosk that is shown and tried, never in service.
    Demo,
}

/// Settings for developing, testing and showing the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Development {
    /// Where to publish what is visible and touchable.
    pub touch_map: Option<PathBuf>,
    /// Added to the system's clock, in seconds.
    #[serde(default)]
    pub clock_offset_seconds: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    role: Role,
    #[serde(default)]
    language: LanguageTag,
    panel: Spanned<PanelTable>,
    store: StoreTable,
    centre: CentreTable,
    printer: PrinterTable,
    #[serde(default)]
    card: CardSettings,
    development: Option<Spanned<Development>>,
}

#[derive(Default, Deserialize)]
enum LanguageTag {
    #[default]
    #[serde(rename = "zh-TW")]
    TraditionalChinese,
    #[serde(rename = "en")]
    English,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PanelTable {
    width_px: u16,
    height_px: u16,
    width_mm: u16,
    height_mm: u16,
    #[serde(default)]
    fullscreen: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoreTable {
    database: PathBuf,
    key_file: PathBuf,
    device_key_file: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CentreTable {
    url: String,
    public_key: Spanned<String>,
    root_certificates: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrinterTable {
    url: Spanned<String>,
    profile: Option<Spanned<String>>,
}

impl Config {
    /// Reads and checks a configuration file. Relative paths in it start at its folder; a key file
    /// without a `/` is a credential of systemd's.
    ///
    /// # Errors
    /// [`KioskError::ReadConfig`], [`KioskError::ConfigShape`], [`KioskError::ConfigValue`] or
    /// [`KioskError::NoCredentials`].
    pub fn load(path: &Path) -> Result<Self, KioskError> {
        let text = std::fs::read_to_string(path).map_err(|source| KioskError::ReadConfig {
            path: path.to_owned(),
            source,
        })?;
        #[expect(
            clippy::disallowed_methods,
            reason = "systemd hands credentials over this way"
        )]
        let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
        Self::parse(&text, path, credentials.as_deref(), cfg!(debug_assertions))
    }

    /// Checks a configuration's text. `path` is for errors and relative paths.
    fn parse(
        text: &str,
        path: &Path,
        credentials: Option<&Path>,
        debug_build: bool,
    ) -> Result<Self, KioskError> {
        let file: File = toml::from_str(text).map_err(|source| KioskError::ConfigShape {
            path: path.to_owned(),
            line: line_of(text, source.span().map_or(0, |span| span.start)),
            source: ConfigMistake(source),
        })?;
        let wrong = |key, at: usize, source: ValueMistake| KioskError::ConfigValue {
            path: path.to_owned(),
            line: line_of(text, at),
            key,
            source,
        };
        if let Some(table) = &file.development
            && !debug_build
            && file.role != Role::Demo
        {
            let at = table.span().start;
            return Err(wrong("development", at, ValueMistake::Development));
        }
        let panel_at = file.panel.span().start;
        let panel = file.panel.into_inner();
        let url = &file.printer.url;
        let key = &file.centre.public_key;
        let folder = path.parent().unwrap_or(Path::new("."));
        Ok(Self {
            role: file.role,
            language: match file.language {
                LanguageTag::TraditionalChinese => Language::TraditionalChinese,
                LanguageTag::English => Language::English,
            },
            panel: upright(&panel).map_err(|error| wrong("panel", panel_at, error))?,
            fullscreen: panel.fullscreen,
            database: folder.join(file.store.database),
            database_key: key_path("store.key_file", file.store.key_file, folder, credentials)?,
            device_key: key_path(
                "store.device_key_file",
                file.store.device_key_file,
                folder,
                credentials,
            )?,
            centre_url: file.centre.url,
            centre_key: wire::keys::public_key_from_text(key.as_ref(), "centre.public_key")
                .map_err(|error| wrong("centre.public_key", key.span().start, error.into()))?,
            centre_certificates: file
                .centre
                .root_certificates
                .map(|certificates| folder.join(certificates)),
            printer: url.as_ref().parse().map_err(|error: printer::Error| {
                wrong("printer.url", url.span().start, error.into())
            })?,
            printer_profile: match &file.printer.profile {
                None => Profile::default(),
                Some(name) => Profile::find(name.as_ref(), folder)
                    .map_err(|error| wrong("printer.profile", name.span().start, error.into()))?,
            },
            card: CardSettings {
                catalogue: file.card.catalogue.map(|path| folder.join(path)),
                ..file.card
            },
            development: file
                .development
                .map(Spanned::into_inner)
                .unwrap_or_default(),
        })
    }
}

fn upright(table: &PanelTable) -> Result<Panel, ValueMistake> {
    let panel = Panel::new(
        (table.width_px, table.height_px),
        (table.width_mm, table.height_mm),
    )?;
    if panel.is_upright() {
        Ok(panel)
    } else {
        Err(ValueMistake::LyingPanel)
    }
}

fn key_path(
    key: &'static str,
    file: PathBuf,
    folder: &Path,
    credentials: Option<&Path>,
) -> Result<PathBuf, KioskError> {
    let bare = file.components().count() == 1 && !file.as_os_str().to_string_lossy().contains('/');
    match (bare, credentials) {
        (false, _) => Ok(folder.join(file)),
        (true, Some(credentials)) => Ok(credentials.join(file)),
        (true, None) => Err(KioskError::NoCredentials { key, name: file }),
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().iter().take(offset);
    before.filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests;
