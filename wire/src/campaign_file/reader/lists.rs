//! Lists of tables and lists of words.

use toml::Spanned;
use toml::de::DeValue;

use super::super::error::{CampaignFileError, FieldProblem};
use super::{Located, TableReader};

impl<'a> TableReader<'a> {
    /// The tables of a list that must be there but may be empty.
    pub(in super::super) fn tables(
        &mut self,
        key: &'static str,
    ) -> Result<Vec<TableReader<'a>>, CampaignFileError> {
        match self.take(key) {
            Some(value) => self.enter_each(key, value),
            None => Err(self.missing(key)),
        }
    }

    /// As [`TableReader::tables`]; none where the list is not there.
    pub(in super::super) fn optional_tables(
        &mut self,
        key: &'static str,
    ) -> Result<Vec<TableReader<'a>>, CampaignFileError> {
        match self.take(key) {
            Some(value) => self.enter_each(key, value),
            None => Ok(Vec::new()),
        }
    }

    /// As [`TableReader::tables`], at least one.
    pub(in super::super) fn some_tables(
        &mut self,
        key: &'static str,
    ) -> Result<Vec<TableReader<'a>>, CampaignFileError> {
        let tables = self.tables(key)?;
        if tables.is_empty() {
            return Err(self.empty(key));
        }
        Ok(tables)
    }

    /// A list of words that `convert` knows; it must be there but may be empty.
    pub(in super::super) fn words<T>(
        &mut self,
        key: &'static str,
        problem: FieldProblem,
        convert: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<Located<T>>, CampaignFileError> {
        let value = self.take(key).ok_or_else(|| self.missing(key))?;
        let expected = FieldProblem::Type {
            expected: "a list of words",
        };
        let field = self.field(key);
        let words = value
            .get_ref()
            .as_array()
            .ok_or_else(|| self.source.error(&field, value.span().start, expected))?;
        words
            .iter()
            .enumerate()
            .map(|(index, word)| {
                let (field, at) = (format!("{field}[{index}]"), word.span().start);
                match word.get_ref().as_str().and_then(&convert) {
                    Some(value) => Ok(Located { value, field, at }),
                    None => Err(self.source.error(&field, at, problem)),
                }
            })
            .collect()
    }

    /// As [`TableReader::words`], at least one.
    pub(in super::super) fn some_words<T>(
        &mut self,
        key: &'static str,
        problem: FieldProblem,
        convert: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<Located<T>>, CampaignFileError> {
        let words = self.words(key, problem, convert)?;
        if words.is_empty() {
            return Err(self.empty(key));
        }
        Ok(words)
    }

    /// The error that something is wrong with a whole list or table.
    pub(in super::super) fn wrong(
        &self,
        key: &'static str,
        problem: FieldProblem,
    ) -> CampaignFileError {
        let at = self
            .table
            .get(key)
            .map_or(self.at, |value| value.span().start);
        self.source.error(&self.field(key), at, problem)
    }

    fn empty(&self, key: &'static str) -> CampaignFileError {
        self.wrong(key, FieldProblem::Empty)
    }

    fn enter_each(
        &self,
        key: &'static str,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Result<Vec<TableReader<'a>>, CampaignFileError> {
        let field = self.field(key);
        let problem = FieldProblem::Type {
            expected: "a list of tables",
        };
        value
            .get_ref()
            .as_array()
            .ok_or_else(|| self.source.error(&field, value.span().start, problem))?
            .iter()
            .enumerate()
            .map(|(index, entry)| self.enter(format!("{field}[{index}]"), entry))
            .collect()
    }
}
