//! An employer registers its people (R7): `docs/registration-file.md` says what stands in the file.
//!
//! Each line has its own verdict. A person who is registered already stays as they are, so that the
//! same file again changes nothing.

use deadpool_postgres::Transaction;
use domain::{CardNumber, EmailAddress, MobileNumber, PersonNumber};
use jiff::Timestamp;

use super::links::{self, Purpose};
use super::{RegisteredBy, register_new};
use crate::http::Centre;
use crate::{CentralError, database, people};

/// People a file holds at most.
pub const LINES_MAX: usize = 500;
const HEADER: [&str; 4] = ["person", "card", "mobile", "email"];

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Registered; an e-mail brings the link that sets the password.
    Registered,
    /// An account stood; nothing was changed.
    RegisteredBefore,
    /// No person holds this card under this number (I3).
    NotVerified,
    /// This field is none.
    Malformed(&'static str),
}

/// A file that is none: nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misread {
    /// Not `person,card,mobile,email`.
    Header,
    /// More than [`LINES_MAX`].
    TooLong,
    /// A line, from 1, with another number of fields or that is no text.
    Line(usize),
}

/// One person of a file.
struct Line {
    person: PersonNumber,
    card: CardNumber,
    mobile: MobileNumber,
    email: EmailAddress,
}

/// A file, read: each line as a person or the field that is wrong.
pub struct Batch {
    lines: Vec<Result<Line, &'static str>>,
}

impl Batch {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Misread`] where it has not the form of one.
    pub fn read(bytes: &[u8]) -> Result<Self, Misread> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(bytes);
        let header = reader.headers().map_err(|_| Misread::Header)?;
        // Spreadsheets put a mark before the first letter of their files.
        let named = header
            .iter()
            .map(|name| name.trim_start_matches('\u{feff}'));
        if !named.eq(HEADER) {
            return Err(Misread::Header);
        }
        let mut lines = Vec::new();
        for (line, record) in (2..).zip(reader.records()) {
            if lines.len() == LINES_MAX {
                return Err(Misread::TooLong);
            }
            let record = record.map_err(|_| Misread::Line(line))?;
            lines.push(read_line(&record));
        }
        Ok(Self { lines })
    }
}

fn read_line(record: &csv::StringRecord) -> Result<Line, &'static str> {
    let field = |index| record.get(index).unwrap_or_default();
    Ok(Line {
        person: PersonNumber::parse(field(0)).map_err(|_| "person")?,
        card: CardNumber::parse(field(1)).map_err(|_| "card")?,
        mobile: MobileNumber::parse(field(2)).map_err(|_| "mobile")?,
        email: EmailAddress::parse(field(3)).map_err(|_| "email")?,
    })
}

/// Registers everybody the file names, in one transaction; gives the verdicts in the order of lines.
///
/// # Errors
/// Those of the database; nothing was done then.
pub async fn register(
    centre: &Centre,
    batch: &Batch,
    now: Timestamp,
) -> Result<Vec<Verdict>, CentralError> {
    database::with_retry(|| register_once(centre, batch, now)).await
}

async fn register_once(
    centre: &Centre,
    batch: &Batch,
    now: Timestamp,
) -> Result<Vec<Verdict>, CentralError> {
    let during = "registering an employer's people";
    let mut client = database::connection(&centre.pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let address = centre.services.public_address.as_str();
    let mut verdicts = Vec::with_capacity(batch.lines.len());
    for line in &batch.lines {
        verdicts.push(match line {
            Ok(line) => one(&transaction, line, address, now).await?,
            Err(field) => Verdict::Malformed(field),
        });
    }
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(verdicts)
}

async fn one(
    transaction: &Transaction<'_>,
    line: &Line,
    public_address: &str,
    now: Timestamp,
) -> Result<Verdict, CentralError> {
    let person = people::find(transaction, &line.person).await?;
    let Some(person) = person.filter(|person| person.holds(&line.person, &line.card)) else {
        return Ok(Verdict::NotVerified);
    };
    let given = (&line.mobile, &line.email);
    let made = register_new(transaction, person.id, given, RegisteredBy::Employer, now);
    if !made.await? {
        return Ok(Verdict::RegisteredBefore);
    }
    let purpose = Purpose::Password;
    links::send(
        transaction,
        person.id,
        &purpose,
        &line.email,
        public_address,
        now,
    )
    .await?;
    Ok(Verdict::Registered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Option<&'static str>>, Misread> {
        Batch::read(text.as_bytes()).map(|batch| {
            let wrong = |line: &Result<Line, &'static str>| line.as_ref().err().copied();
            batch.lines.iter().map(wrong).collect()
        })
    }

    /// Protects R7: a file as spreadsheets write it is read; one wrong line does not stop the others,
    /// and another file is refused whole.
    #[test]
    fn r7_files_are_read_line_by_line() {
        const HEAD: &str = "person,card,mobile,email\n";
        let good = "A123456789,000012345678,0912345678,a@b.tw\n";
        assert_eq!(read(&format!("{HEAD}{good}")), Ok(vec![None]));
        let spreadsheet = "\u{feff}person,card,mobile,email\r\n\"A123456789\", 000012345678 \
             ,0912345678,a@b.tw\r\n";
        assert_eq!(read(spreadsheet), Ok(vec![None]));
        let mixed = format!(
            "{HEAD}A123456788,000012345678,0912345678,a@b.tw\n{good}\
             A123456789,1,0912345678,a@b.tw\nA123456789,000012345678,02,a@b.tw\n\
             A123456789,000012345678,0912345678,none\n"
        );
        let wrong = [
            Some("person"),
            None,
            Some("card"),
            Some("mobile"),
            Some("email"),
        ];
        assert_eq!(read(&mixed), Ok(wrong.to_vec()));
        assert_eq!(read(""), Err(Misread::Header));
        assert_eq!(read("card,person,mobile,email\n"), Err(Misread::Header));
        assert_eq!(read(&format!("{HEAD}a,b\n")), Err(Misread::Line(2)));
        let long = format!("{HEAD}{}", good.repeat(LINES_MAX + 1));
        assert_eq!(read(&long), Err(Misread::TooLong));
    }
}
