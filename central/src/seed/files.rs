//! Files about the notable people, readable by their owner only: cards to play in a demo.

use std::path::Path;

use domain::card_reading::Sex;
use serde::Serialize;

use super::notable::Notable;
use super::papers::{self, SamplePapers};
use crate::{CentralError, keys};

/// A terminal and the code that enrols it.
#[derive(Debug, Clone, Serialize)]
pub struct Terminal {
    /// For example `T00001`.
    pub device: String,
    /// The store it stands in.
    pub store: String,
    /// The one-time code.
    pub code: String,
}

/// What a card says, as `virtual-card --profile` reads it.
#[derive(Serialize)]
struct CardProfile<'a> {
    card_number: &'a str,
    person_number: &'a str,
    name: &'a str,
    birth: String,
    sex: &'static str,
    issued: String,
}

#[derive(Serialize)]
struct PersonLine<'a> {
    tag: &'static str,
    #[serde(flatten)]
    card: CardProfile<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_number: Option<&'a str>,
    mobile: &'a str,
    papers: SamplePapers,
    #[serde(skip_serializing_if = "Option::is_none")]
    pickup_number: Option<&'a str>,
}

#[derive(Serialize)]
struct PeopleFile<'a> {
    people: Vec<PersonLine<'a>>,
    terminals: &'a [Terminal],
}

/// One JSON document with everyone and the terminals' codes.
pub(super) fn write_people(
    path: &Path,
    notable: &[Notable],
    terminals: &[Terminal],
) -> Result<(), CentralError> {
    let people = notable.iter().map(line).collect();
    let text = serde_json::to_vec_pretty(&PeopleFile { people, terminals })
        .map_err(|source| CentralError::Json { source })?;
    keys::replace_private(path, &text)
}

/// One `TAG.toml` a person, in a folder that is made if it is not there.
pub(super) fn write_cards(folder: &Path, notable: &[Notable]) -> Result<(), CentralError> {
    std::fs::create_dir_all(folder).map_err(|source| CentralError::File {
        path: folder.to_owned(),
        action: "written",
        source,
    })?;
    for one in notable {
        let text = toml::to_string(&card(one)).map_err(|_| CentralError::Population)?;
        let path = folder.join(format!("{}.toml", one.tag));
        keys::replace_private(&path, text.as_bytes())?;
    }
    Ok(())
}

fn line(one: &Notable) -> PersonLine<'_> {
    let person = &one.person;
    PersonLine {
        tag: one.tag,
        card: card(one),
        other_number: person.other_number.as_ref().map(|number| number.reveal()),
        mobile: person.mobile.reveal(),
        papers: papers::of(person),
        pickup_number: one.pickup_number.as_deref(),
    }
}

fn card(one: &Notable) -> CardProfile<'_> {
    let person = &one.person;
    let previous = person.previous_card.as_ref().filter(|_| one.old_card);
    CardProfile {
        card_number: previous.unwrap_or(&person.card).reveal(),
        person_number: person.number.reveal(),
        name: person.name.reveal(),
        birth: person.birth.to_string(),
        sex: match person.sex {
            Sex::Female => "F",
            Sex::Male => "M",
        },
        issued: person.issued.to_string(),
    }
}
