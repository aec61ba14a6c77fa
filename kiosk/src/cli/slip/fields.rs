//! The fields of a JSON object, taken one by one; a mistake names the field and never its value,
//! which may be somebody's.

use std::str::FromStr;

use domain::campaign::LocalText;
use domain::slip::PersonLines;
use serde_json::{Map, Value};

/// A field that is missing, unknown, or not what it must be.
#[derive(Debug, thiserror::Error)]
#[error("{field}: {expected}")]
pub struct FieldMistake {
    /// From the outside in, with dots.
    pub field: String,
    /// What would have been right.
    pub expected: &'static str,
}

/// The fields of one object that were not taken yet.
pub(super) struct Fields {
    path: String,
    map: Map<String, Value>,
}

type Taken<T> = Result<T, FieldMistake>;

impl Fields {
    /// The object of a whole file.
    pub(super) fn of(value: Value) -> Taken<Self> {
        Self::at(String::new(), value)
    }

    fn at(path: String, value: Value) -> Taken<Self> {
        match value {
            Value::Object(map) => Ok(Self { path, map }),
            _ => Err(mistake(path, "an object")),
        }
    }

    fn name(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    fn take(&mut self, key: &str) -> Option<Value> {
        self.map.remove(key).filter(|value| !value.is_null())
    }

    fn needed(&mut self, key: &str) -> Taken<Value> {
        let found = self.take(key);
        found.ok_or_else(|| mistake(self.name(key), "is missing"))
    }

    pub(super) fn text(&mut self, key: &str) -> Taken<String> {
        match self.needed(key)? {
            Value::String(text) => Ok(text),
            _ => Err(mistake(self.name(key), "must be a text")),
        }
    }

    pub(super) fn optional_text(&mut self, key: &str) -> Taken<Option<String>> {
        if self.map.get(key).is_none_or(Value::is_null) {
            self.map.remove(key);
            return Ok(None);
        }
        self.text(key).map(Some)
    }

    /// A day, a time, or a moment as `2026-04-03T10:05:00`.
    pub(super) fn when<T: FromStr>(&mut self, key: &str) -> Taken<T> {
        let text = self.text(key)?;
        text.parse()
            .map_err(|_| mistake(self.name(key), "must be a day, a time or a moment"))
    }

    /// A text of a certain form.
    pub(super) fn formed<T>(
        &mut self,
        key: &str,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Taken<T> {
        let text = self.text(key)?;
        read(&text).ok_or_else(|| mistake(self.name(key), expected))
    }

    pub(super) fn count(&mut self, key: &str) -> Taken<u32> {
        let value = self.needed(key)?;
        let count = value.as_u64().and_then(|count| u32::try_from(count).ok());
        count.ok_or_else(|| mistake(self.name(key), "must be a whole number"))
    }

    pub(super) fn truth(&mut self, key: &str) -> Taken<bool> {
        let value = self.optional_truth(key)?;
        value.ok_or_else(|| mistake(self.name(key), "must be true or false"))
    }

    pub(super) fn optional_truth(&mut self, key: &str) -> Taken<Option<bool>> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::Bool(truth)) => Ok(Some(truth)),
            Some(_) => Err(mistake(self.name(key), "must be true or false")),
        }
    }

    /// An object within, wholly read.
    pub(super) fn object<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Self) -> Taken<T>,
    ) -> Taken<T> {
        let value = self.needed(key)?;
        whole(self.name(key), value, read)
    }

    pub(super) fn optional_object<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Self) -> Taken<T>,
    ) -> Taken<Option<T>> {
        match self.take(key) {
            Some(value) => whole(self.name(key), value, read).map(Some),
            None => Ok(None),
        }
    }

    /// A list of objects.
    pub(super) fn list<T>(
        &mut self,
        key: &str,
        mut read: impl FnMut(&mut Self) -> Taken<T>,
    ) -> Taken<Vec<T>> {
        let Value::Array(values) = self.needed(key)? else {
            return Err(mistake(self.name(key), "must be a list"));
        };
        let numbered = values.into_iter().enumerate();
        numbered
            .map(|(index, value)| whole(format!("{}.{index}", self.name(key)), value, &mut read))
            .collect()
    }

    /// `{"chinese": …, "english": …}`, the second if there is one.
    pub(super) fn local(&mut self, key: &str) -> Taken<LocalText> {
        self.object(key, Self::local_text)
    }

    pub(super) fn local_text(&mut self) -> Taken<LocalText> {
        Ok(LocalText {
            chinese: self.text("chinese")?,
            english: self.optional_text("english")?,
        })
    }

    /// A person as a slip shows them, masked.
    pub(super) fn person(&mut self) -> Taken<PersonLines> {
        self.object("person", |fields| {
            Ok(PersonLines {
                number: fields.text("number")?,
                name: fields.optional_text("name")?,
                mobile: fields.optional_text("mobile")?,
            })
        })
    }

    /// Refuses what was not taken: a field written wrong is not passed over.
    pub(super) fn end(self) -> Taken<()> {
        match self.map.keys().next() {
            Some(key) => Err(mistake(self.name(key), "is not a field of this slip")),
            None => Ok(()),
        }
    }
}

fn whole<T>(path: String, value: Value, read: impl FnOnce(&mut Fields) -> Taken<T>) -> Taken<T> {
    let mut fields = Fields::at(path, value)?;
    let read = read(&mut fields)?;
    fields.end()?;
    Ok(read)
}

const fn mistake(field: String, expected: &'static str) -> FieldMistake {
    FieldMistake { field, expected }
}
