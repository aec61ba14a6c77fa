//! `kiosk slip`: how slips look and whether they print, with invented data or a file's.

mod data;
mod fields;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use printer::slip::{Kind, compose, sample};
use printer::{Address, Grade, Page, Profile};
use wording::{Language, Wording};

pub use self::fields::FieldMistake;

use super::Verdict;
use crate::error::KioskError;

/// A printer that has not finished after this long is not well.
const PRINT_LIMIT: Duration = Duration::from_secs(60);

#[derive(Debug, Subcommand)]
pub(super) enum SlipCommand {
    /// Write a slip to FILE.png (what a person holds), FILE.escpos (what the printer gets) or FILE.txt
    /// (what it says, without anything personal)
    Preview {
        #[command(flatten)]
        slip: SlipArguments,
        /// The file, ending in .png, .escpos or .txt
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Print a slip and wait for the printer's proof
    Print {
        #[command(flatten)]
        slip: SlipArguments,
        /// serial:///dev/ttyS0?baud=115200, tcp://host:9100, usb://vid:pid or file:///path
        #[arg(long, value_name = "URL")]
        printer: String,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct SlipArguments {
    /// What the slip is about
    #[arg(value_parser = kinds())]
    kind: Kind,
    /// Its language
    #[arg(long, value_parser = languages(), default_value = "zh-TW")]
    language: Language,
    /// The printer's profile: a built-in name or a .toml file
    #[arg(long, value_name = "NAME|FILE", default_value = printer::profile::DEFAULT)]
    profile: String,
    /// What stands on it, as JSON; without, invented data
    #[arg(long, value_name = "FILE.json")]
    data: Option<PathBuf>,
    /// Mark it as this reprint
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    reprint: u32,
}

fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name))
        .map(|name| Kind::from_name(&name).unwrap_or(Kind::Test))
}

fn languages() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.map(Language::tag))
        .map(|tag| Language::from_tag(&tag).unwrap_or_default())
}

pub(super) fn run(command: SlipCommand) -> Result<Verdict, KioskError> {
    match command {
        SlipCommand::Preview { slip, out } => {
            let profile = profile(&slip)?;
            printer::preview::write(&page(&slip, &profile)?, &profile, &out)?;
        }
        SlipCommand::Print { slip, printer } => {
            let address: Address = printer.parse()?;
            let profile = profile(&slip)?;
            let page = page(&slip, &profile)?;
            let config = printer::Config { address, profile };
            let grade = printer::once::print(config, page, PRINT_LIMIT)?;
            eprintln!("{}", grade_text(grade));
        }
    }
    Ok(Verdict::Well)
}

fn profile(arguments: &SlipArguments) -> Result<Profile, KioskError> {
    Ok(Profile::find(&arguments.profile, Path::new("."))?)
}

fn page(arguments: &SlipArguments, profile: &Profile) -> Result<Page, KioskError> {
    let slip = match &arguments.data {
        Some(path) => data::read(arguments.kind, path, arguments.reprint)?,
        None => sample(arguments.kind, arguments.reprint).ok_or(KioskError::SampleSlip)?,
    };
    let language = arguments.language;
    Ok(compose(&slip, &Wording::load(language)?, profile.width()))
}

const fn grade_text(grade: Grade) -> &'static str {
    match grade {
        Grade::Sent => "sent: the printer took all bytes",
        Grade::Answered => "answered: the printer answered after the last byte",
        Grade::Printed => "printed: the printer says that it is on paper",
    }
}
