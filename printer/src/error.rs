//! Everything that can go wrong while printing, one variant an operation. No variant ever holds
//! what stands on a slip.

use std::io;
use std::path::PathBuf;

use crate::job::Cause;

/// What is wrong with a line of a profile.
#[derive(Debug, thiserror::Error)]
pub enum ProfileMistake {
    /// A key or type that does not belong there.
    #[error(transparent)]
    Shape(#[from] ShapeMistake),
    /// A value no printer has.
    #[error("{key} is {allowed}")]
    Value {
        /// The key.
        key: &'static str,
        /// What it may be.
        allowed: &'static str,
    },
}

/// The parser's error without the excerpt it draws: the line is named already.
#[derive(Debug)]
pub struct ShapeMistake(Box<toml::de::Error>);

impl From<toml::de::Error> for ShapeMistake {
    fn from(source: toml::de::Error) -> Self {
        Self(Box::new(source))
    }
}

impl std::fmt::Display for ShapeMistake {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0.message())
    }
}

impl std::error::Error for ShapeMistake {}

/// An operation of this crate that failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A printer's address that names no printer.
    #[error("{url}: not a printer's address: {expected}")]
    Address {
        /// The address as given.
        url: String,
        /// What would have been right.
        expected: &'static str,
    },
    /// No built-in profile has this name.
    #[error(
        "no printer profile is named {name}; known: epson-tm-80, epson-tm-t88-180, custom-kpm-vkp, generic-80, generic-58, or the path of a .toml file"
    )]
    UnknownProfile {
        /// The name as given.
        name: String,
    },
    /// A profile's file cannot be read.
    #[error("cannot read the printer profile {}", path.display())]
    ReadProfile {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A profile says something no printer has.
    #[error("printer profile {} line {line}", profile.display())]
    Profile {
        /// The file, or the built-in profile's name.
        profile: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        #[source]
        source: ProfileMistake,
    },
    /// No USB device has these numbers.
    #[error("no USB device {vendor:04x}:{product:04x} is plugged in")]
    UsbAbsent {
        /// USB's number of the maker.
        vendor: u16,
        /// The maker's number of the model.
        product: u16,
    },
    /// The USB device is no printer.
    #[error("the USB device {vendor:04x}:{product:04x} has no printer interface")]
    UsbNoPrinter {
        /// USB's number of the maker.
        vendor: u16,
        /// The maker's number of the model.
        product: u16,
    },
    /// A USB printer cannot be opened.
    #[error("cannot open the USB printer {vendor:04x}:{product:04x}")]
    OpenUsb {
        /// USB's number of the maker.
        vendor: u16,
        /// The maker's number of the model.
        product: u16,
        /// Why: often the permission, which a udev rule gives.
        #[source]
        source: io::Error,
    },
    /// The serial port cannot be opened or set.
    #[error("cannot open the serial port {}", path.display())]
    OpenSerial {
        /// The device.
        path: PathBuf,
        /// Why.
        #[source]
        source: serialport::Error,
    },
    /// A device or file cannot be opened.
    #[error("cannot open {} for printing", path.display())]
    OpenFile {
        /// The device or file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Nobody answers at the network address.
    #[error("cannot connect to the printer at {address}")]
    Connect {
        /// `host:port`.
        address: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The connection broke, or the printer takes no more bytes within the deadline.
    #[error("cannot write to the printer")]
    Write {
        /// Why; `TimedOut` when the deadline passed.
        #[source]
        source: io::Error,
    },
    /// A font file is missing or unreadable.
    #[error("cannot read the font {}: install the package fonts-noto-cjk", path.display())]
    ReadFont {
        /// The file looked for.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A code on the page cannot be set: too long, or with characters its kind does not have.
    // No source: the libraries quote the data, and the data are somebody's pickup number.
    #[error("the page holds a {kind} that cannot be printed")]
    Code {
        /// Which kind of code.
        kind: &'static str,
    },
    /// A code is wider than the paper, or than a scanner takes in.
    #[error("the page holds a {kind} that is too wide")]
    CodeTooWide {
        /// Which kind of code.
        kind: &'static str,
    },
    /// A code was composed and could not be read again.
    #[error("the page holds a {kind} that a scanner would not read")]
    CodeUnreadable {
        /// Which kind of code.
        kind: &'static str,
    },
    /// A character that no installed font has. One character of a masked name tells nobody who.
    #[error("no font has the character {character} (U+{:04X}) of the field {field}", u32::from(*character))]
    NoGlyph {
        /// The character.
        character: char,
        /// The field it stands in: a key of `assets/text` or a kind of datum.
        field: &'static str,
    },
    /// Crate `escpos` refused an instruction.
    // No source: its messages quote the data.
    #[error("the page cannot be put into printer commands")]
    Emit,
    /// A picture or a file of printer commands cannot be written.
    #[error("cannot write {}", path.display())]
    WritePreview {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The preview's file name ends neither in `.png` nor in `.escpos` nor in `.txt`.
    #[error("{}: a preview's name ends in .png, .escpos or .txt", path.display())]
    PreviewKind {
        /// The file as given.
        path: PathBuf,
    },
    /// The print journal cannot be opened.
    #[error("cannot open the print journal {}", path.display())]
    OpenJournal {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The print journal cannot be written: nothing is printed without it.
    #[error("cannot write the print journal {}", path.display())]
    WriteJournal {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The worker's thread cannot be started.
    #[error("cannot start the printer's thread")]
    StartWorker {
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The worker has more commands waiting than it takes.
    #[error("the printer has too many slips waiting")]
    Busy,
    /// The worker is gone.
    #[error("the printer's thread has ended")]
    WorkerGone,
    /// A slip printed from the command line did not come out.
    #[error("the slip was not printed: {cause}")]
    NotPrinted {
        /// What stopped it.
        cause: Cause,
        /// Whether the printer is known to hold nothing of it: printing again is safe.
        cleared: bool,
    },
    /// A slip printed from the command line was neither printed nor refused in time.
    #[error("the printer did not finish within {seconds} s")]
    NotInTime {
        /// The limit.
        seconds: u64,
    },
}
