//! Walks a TOML document and knows, for every value, its path and its line.

mod lists;

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{CampaignFileError, FieldProblem, SyntaxMistake};
use super::{FILE_BYTES_MAX, shared};
use crate::campaign_file::shared::ParseId;

/// The text of a file and its name.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) file_name: &'a str,
}

/// A value, and where it stands.
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) field: String,
    pub(super) at: usize,
}

/// One table; every field must be read before [`TableReader::finish`].
pub(super) struct TableReader<'a> {
    source: Source<'a>,
    path: String,
    at: usize,
    table: &'a DeTable<'a>,
    read: BTreeSet<&'static str>,
}

impl<'a> Source<'a> {
    pub(super) fn parse(&self) -> Result<Spanned<DeTable<'a>>, CampaignFileError> {
        if self.text.len() > FILE_BYTES_MAX {
            return Err(CampaignFileError::TooLong {
                file_name: self.file_name.to_owned(),
            });
        }
        DeTable::parse(self.text).map_err(|source| CampaignFileError::Syntax {
            file_name: self.file_name.to_owned(),
            line: self.line(source.span().map_or(0, |Range { start, .. }| start)),
            source: SyntaxMistake(source),
        })
    }

    pub(super) fn root(&self, document: &'a Spanned<DeTable<'a>>) -> TableReader<'a> {
        TableReader {
            source: *self,
            path: String::new(),
            at: 0,
            table: document.get_ref(),
            read: BTreeSet::new(),
        }
    }

    fn line(&self, at: usize) -> usize {
        1 + self
            .text
            .bytes()
            .take(at)
            .filter(|&byte| byte == b'\n')
            .count()
    }

    fn error(&self, field: &str, at: usize, problem: FieldProblem) -> CampaignFileError {
        CampaignFileError::Field {
            file_name: self.file_name.to_owned(),
            line: self.line(at),
            field: field.to_owned(),
            problem,
        }
    }
}

impl<'a> TableReader<'a> {
    /// The error that this value is wrong.
    pub(super) fn fail<T>(&self, located: &Located<T>, problem: FieldProblem) -> CampaignFileError {
        self.source.error(&located.field, located.at, problem)
    }

    /// The error that a field is missing.
    pub(super) fn missing(&self, key: &str) -> CampaignFileError {
        self.source
            .error(&self.field(key), self.at, FieldProblem::Missing)
    }

    /// Refuses fields nobody read.
    pub(super) fn finish(self) -> Result<(), CampaignFileError> {
        match self
            .table
            .keys()
            .find(|key| !self.read.contains(key.get_ref().as_ref()))
        {
            Some(key) => Err(self.source.error(
                &self.field(key.get_ref()),
                key.span().start,
                FieldProblem::Unknown,
            )),
            None => Ok(()),
        }
    }

    pub(super) fn text(&mut self, key: &'static str) -> Result<Located<String>, CampaignFileError> {
        let text = self.optional_text(key)?.ok_or_else(|| self.missing(key))?;
        if text.value.trim().is_empty() {
            return Err(self.fail(&text, FieldProblem::Empty));
        }
        Ok(text)
    }

    pub(super) fn optional_text(
        &mut self,
        key: &'static str,
    ) -> Result<Option<Located<String>>, CampaignFileError> {
        let expected = FieldProblem::Type { expected: "a text" };
        self.optional(key, expected, |value| value.as_str().map(str::to_owned))
    }

    pub(super) fn id<T: ParseId>(
        &mut self,
        key: &'static str,
    ) -> Result<Located<T>, CampaignFileError> {
        let expected = FieldProblem::Id;
        self.required(key, expected, |value| T::parse_id(value.as_str()?))
    }

    pub(super) fn number(
        &mut self,
        key: &'static str,
        low: u32,
        high: u32,
    ) -> Result<u32, CampaignFileError> {
        let expected = FieldProblem::Range { low, high };
        self.required(key, expected, |value| {
            shared::number(value).filter(|number| (low..=high).contains(number))
        })
        .map(|located| located.value)
    }

    /// As [`TableReader::number`], small.
    pub(super) fn small_number(
        &mut self,
        key: &'static str,
        low: u8,
        high: u8,
    ) -> Result<u8, CampaignFileError> {
        let expected = FieldProblem::Range {
            low: u32::from(low),
            high: u32::from(high),
        };
        self.required(key, expected, |value| {
            u8::try_from(shared::number(value)?)
                .ok()
                .filter(|number| (low..=high).contains(number))
        })
        .map(|located| located.value)
    }

    pub(super) fn date(&mut self, key: &'static str) -> Result<Located<Date>, CampaignFileError> {
        let expected = FieldProblem::Type {
            expected: "a day such as 2026-04-08",
        };
        self.required(key, expected, |value| shared::date(value.as_datetime()?))
    }

    pub(super) fn time(&mut self, key: &'static str) -> Result<Located<Time>, CampaignFileError> {
        let expected = FieldProblem::Type {
            expected: "a time of day such as 13:30:00",
        };
        self.required(key, expected, |value| shared::time(value.as_datetime()?))
    }

    pub(super) fn moment(
        &mut self,
        key: &'static str,
    ) -> Result<Located<Timestamp>, CampaignFileError> {
        let expected = FieldProblem::Type {
            expected: "a moment such as 2026-04-03T10:00:00+08:00",
        };
        self.required(key, expected, |value| shared::moment(value.as_datetime()?))
    }

    pub(super) fn table(
        &mut self,
        key: &'static str,
    ) -> Result<TableReader<'a>, CampaignFileError> {
        self.optional_table(key)?.ok_or_else(|| self.missing(key))
    }

    pub(super) fn optional_table(
        &mut self,
        key: &'static str,
    ) -> Result<Option<TableReader<'a>>, CampaignFileError> {
        let Some(value) = self.take(key) else {
            return Ok(None);
        };
        self.enter(self.field(key), value).map(Some)
    }

    /// One of the words that `convert` knows.
    pub(super) fn word<T>(
        &mut self,
        key: &'static str,
        problem: FieldProblem,
        convert: impl Fn(&str) -> Option<T>,
    ) -> Result<Located<T>, CampaignFileError> {
        self.required(key, problem, |value| convert(value.as_str()?))
    }

    /// A value that `convert` understands.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        problem: FieldProblem,
        convert: impl FnOnce(&DeValue<'a>) -> Option<T>,
    ) -> Result<Located<T>, CampaignFileError> {
        self.optional(key, problem, convert)?
            .ok_or_else(|| self.missing(key))
    }

    /// A value that `convert` understands, if it is there.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        problem: FieldProblem,
        convert: impl FnOnce(&DeValue<'a>) -> Option<T>,
    ) -> Result<Option<Located<T>>, CampaignFileError> {
        let Some(value) = self.take(key) else {
            return Ok(None);
        };
        let (field, at) = (self.field(key), value.span().start);
        match convert(value.get_ref()) {
            Some(value) => Ok(Some(Located { value, field, at })),
            None => Err(self.source.error(&field, at, problem)),
        }
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.read.insert(key);
        self.table.get(key)
    }

    fn enter(
        &self,
        path: String,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Result<TableReader<'a>, CampaignFileError> {
        let at = value.span().start;
        let problem = FieldProblem::Type {
            expected: "a table",
        };
        match value.get_ref().as_table() {
            Some(table) => Ok(TableReader {
                source: self.source,
                path,
                at,
                table,
                read: BTreeSet::new(),
            }),
            None => Err(self.source.error(&path, at, problem)),
        }
    }

    fn field(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }
}
