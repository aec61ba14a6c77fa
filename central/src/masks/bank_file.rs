//! The bank's file of transfers (M9): `docs/payments.md` says what stands in it. It is read whole or
//! not at all; then each line has its own verdict.

use std::collections::BTreeMap;

use deadpool_postgres::Pool;
use domain::campaign::Campaign;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::payment::{self, Source, Told};
use super::sql::change;
use crate::{CentralError, database};

/// Payments a file holds at most.
pub const LINES_MAX: usize = 5_000;
/// Characters of a reference at most.
const REFERENCE_MAX: usize = 40;
const HEADER: &str = "reference,account,amount_twd,paid_at";

/// Where a file is wrong: nothing of it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misread {
    /// Line from 1.
    pub line: usize,
    /// The field.
    pub field: &'static str,
}

/// A file, read.
pub struct BankFile {
    hash: [u8; 32],
    payments: Vec<Told>,
    total_twd: u64,
}

impl BankFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Misread`] names the first line and field that are wrong.
    pub fn read(bytes: &[u8]) -> Result<Self, Misread> {
        let hash = Sha256::digest(bytes).into();
        let text = std::str::from_utf8(bytes).map_err(|_| Misread {
            line: 1,
            field: "encoding",
        })?;
        let lines: Vec<&str> = text.lines().collect();
        let wrong = |line, field| Misread { line, field };
        let (last, body) = lines.split_last().ok_or(wrong(1, "header"))?;
        let (header, body) = body.split_first().ok_or(wrong(1, "header"))?;
        if *header != HEADER {
            return Err(wrong(1, "header"));
        }
        if body.len() > LINES_MAX {
            return Err(wrong(LINES_MAX + 2, "lines"));
        }
        let mut payments = Vec::with_capacity(body.len());
        let mut total_twd = 0;
        for (line, row) in (2..).zip(body) {
            let told = read_line(row, hash, line).map_err(|field| wrong(line, field))?;
            total_twd += u64::from(told.amount_twd);
            payments.push(told);
        }
        let stated = last.strip_prefix("total,").and_then(|rest| {
            let (count, sum) = rest.split_once(',')?;
            Some((count.parse().ok()?, sum.parse().ok()?))
        });
        if stated != Some((body.len(), total_twd)) {
            return Err(wrong(lines.len(), "total"));
        }
        Ok(Self {
            hash,
            payments,
            total_twd,
        })
    }
}

fn read_line(row: &str, hash: [u8; 32], line: usize) -> Result<Told, &'static str> {
    let mut fields = row.split(',');
    let mut next = |name| fields.next().ok_or(name);
    let (reference, account) = (next("reference")?, next("account")?);
    let (amount, paid_at) = (next("amount_twd")?, next("paid_at")?);
    if fields.next().is_some() {
        return Err("fields");
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !(1..=REFERENCE_MAX).contains(&reference.len()) || !reference.bytes().all(plain) {
        return Err("reference");
    }
    if !(1..=20).contains(&account.len()) || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("account");
    }
    Ok(Told {
        source: Source::Bank,
        reference: reference.to_owned(),
        account: account.to_owned(),
        amount_twd: amount.parse().map_err(|_| "amount_twd")?,
        paid_at: paid_at.parse().map_err(|_| "paid_at")?,
        file: Some((hash, u32::try_from(line).unwrap_or(u32::MAX))),
    })
}

/// What became of a file.
#[derive(Debug)]
pub struct FileResult {
    /// SHA-256 of the file.
    pub hash: [u8; 32],
    /// Whether the very same file came before.
    pub received_before: bool,
    /// Payments in it.
    pub lines: usize,
    /// Verdicts and how many lines had them.
    pub verdicts: BTreeMap<String, usize>,
    /// Lines that paid for nothing: line and verdict.
    pub refused: Vec<(u32, String)>,
}

/// Takes every line in. After a failure the same file can be sent again: lines that were taken keep
/// their verdicts.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn take(
    pool: &Pool,
    campaign: Option<&Campaign>,
    file: &BankFile,
    now: Timestamp,
) -> Result<FileResult, CentralError> {
    let new = {
        let client = database::connection(pool).await?;
        change(
            &client,
            "noting a bank's file",
            "INSERT INTO payment_files (file_hash, received_at, lines, total_twd) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (file_hash) DO NOTHING",
            &[
                &file.hash.as_slice(),
                &now,
                &i32::try_from(file.payments.len()).unwrap_or(i32::MAX),
                &i64::try_from(file.total_twd).unwrap_or(i64::MAX),
            ],
        )
        .await?
    };
    let mut result = FileResult {
        hash: file.hash,
        received_before: new == 0,
        lines: file.payments.len(),
        verdicts: BTreeMap::new(),
        refused: Vec::new(),
    };
    for told in &file.payments {
        let verdict = payment::take(pool, campaign, told, now).await?;
        *result.verdicts.entry(verdict.code.clone()).or_default() += 1;
        if let Some((_, line)) = told.file.filter(|_| !verdict.is_accepted()) {
            result.refused.push((line, verdict.code));
        }
    }
    Ok(result)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const GOOD: &str = "reference,account,amount_twd,paid_at\n\
        B1,98120000000013,22,2026-03-29T12:00:00+08:00\n\
        B2,98120000000020,21,2026-03-29T12:00:00+08:00\n\
        total,2,43\n";

    /// Protects M9: a file that was cut off or changed on its way is refused whole, with line and
    /// field; a good one is read to the last line.
    #[test]
    fn m9_a_bank_file_is_read_whole_or_not_at_all() {
        let file = BankFile::read(GOOD.as_bytes()).unwrap();
        assert_eq!((file.payments.len(), file.total_twd), (2, 43));
        assert_eq!(file.payments[1].file.unwrap().1, 3);
        for (from, to, line, field) in [
            ("reference,a", "ref,a", 1, "header"),
            ("B1,", "B 1,", 2, "reference"),
            ("B1,", ",", 2, "reference"),
            ("98120000000013", "", 2, "account"),
            (",22,", ",22.0,", 2, "amount_twd"),
            (",22,", ",-22,", 2, "amount_twd"),
            ("2026-03-29T12:00:00+08:00\nB2", "29.3.\nB2", 2, "paid_at"),
            ("+08:00\nB2", "+08:00,x\nB2", 2, "fields"),
            ("total,2,43", "total,2,44", 4, "total"),
            ("total,2,43", "total,3,43", 4, "total"),
            ("total,2,43\n", "", 3, "total"),
        ] {
            let changed = GOOD.replacen(from, to, 1);
            let misread = BankFile::read(changed.as_bytes()).err();
            assert_eq!(misread, Some(Misread { line, field }), "{changed}");
        }
        for wrong in [&b""[..], b"\xff", b"\n\n"] {
            assert!(BankFile::read(wrong).is_err());
        }
    }
}
