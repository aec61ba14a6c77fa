//! What can be wrong with a campaign file.

/// A campaign file that is refused. Each is one sentence with line and field.
#[derive(Debug, thiserror::Error)]
pub enum CampaignFileError {
    /// Longer than [`super::FILE_BYTES_MAX`].
    #[error("the campaign file {file_name} is too long to be one")]
    TooLong {
        /// The file.
        file_name: String,
    },
    /// No TOML.
    #[error("the campaign file {file_name} is no longer TOML at line {line}")]
    Syntax {
        /// The file.
        file_name: String,
        /// Line, from 1.
        line: usize,
        /// What the parser says.
        #[source]
        source: SyntaxMistake,
    },
    /// A field is wrong.
    #[error("the campaign file {file_name} is wrong in line {line}: {field} {problem}")]
    Field {
        /// The file.
        file_name: String,
        /// Line, from 1.
        line: usize,
        /// The field with its path, for example `vaccine[0].sites[3].slots[0].end`.
        field: String,
        /// What is wrong with it.
        problem: FieldProblem,
    },
}

/// What the TOML parser says, in one line; its own text quotes the file over several.
#[derive(Debug)]
pub struct SyntaxMistake(pub(super) toml::de::Error);

impl std::fmt::Display for SyntaxMistake {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0.message())
    }
}

impl std::error::Error for SyntaxMistake {}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FieldProblem {
    /// Not there.
    #[error("is missing")]
    Missing,
    /// Not a field of this table.
    #[error("is not a field that belongs there")]
    Unknown,
    /// Another type of value.
    #[error("must be {expected}")]
    Type {
        /// For example `a text`.
        expected: &'static str,
    },
    /// A number out of its range.
    #[error("must be a whole number from {low} to {high}")]
    Range {
        /// The least allowed.
        low: u32,
        /// The most allowed.
        high: u32,
    },
    /// Not an id.
    #[error("must be 1 to 32 ASCII letters, digits, hyphens or underscores")]
    Id,
    /// An empty text or list.
    #[error("must not be empty")]
    Empty,
    /// The same id twice in a list.
    #[error("is used a second time in its list")]
    Duplicate,
    /// Refers to something the file does not list.
    #[error("names a {what} that the file does not list")]
    Reference {
        /// For example `brand`.
        what: &'static str,
    },
    /// An end that is not after its start.
    #[error("must be later than its start")]
    EndNotLater,
    /// Earlier than something that must come first.
    #[error("must not lie before {first}")]
    Reversed {
        /// What it is measured by.
        first: &'static str,
    },
    /// Later than something that must come after it.
    #[error("must not lie after {last}")]
    TooLate {
        /// What it is measured by.
        last: &'static str,
    },
    /// Not one of the words known there.
    #[error("must be one of {words}")]
    Word {
        /// The words.
        words: &'static str,
    },
    /// A channel at which this cannot be done (C1–C3).
    #[error("names a channel where this cannot be done")]
    ChannelMay,
    /// A list that must have something for every entry of another.
    #[error("has nothing for an entry of {list}")]
    Incomplete {
        /// The other list.
        list: &'static str,
    },
    /// Days that another round's sale has already.
    #[error("overlaps the days of the same sale in another round")]
    Overlap,
}
