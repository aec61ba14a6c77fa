//! Whether the centre's answer to a batch can be true.

use domain::operation::Outcome;
use wire::operation::{BatchItem, BatchReply, BatchRequest};
use wire::signature::KeyId;

use crate::SyncError;

/// An operation to send: the same bytes on every try.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Its sequence number in the current epoch.
    pub seq: u64,
    /// SHA-256 of the payload's bytes.
    pub hash: [u8; 32],
    /// Its bytes: JSON as recorded.
    pub payload: String,
}

/// What the centre made of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Judged {
    /// A result for every operation sent, in order.
    Answered(Vec<(u64, Outcome)>),
    /// The centre knows fewer than this terminal thinks: send again from here.
    Gap {
        /// The sequence number it expects.
        next_seq: u64,
    },
}

const WHAT: &str = "results of operations";

/// The batch over these operations; their bytes go in untouched.
pub(crate) fn batch(device: KeyId, operations: &[Outgoing]) -> Result<BatchRequest, SyncError> {
    let operations: Result<Vec<_>, _> = operations
        .iter()
        .map(|operation| {
            serde_json::value::RawValue::from_string(operation.payload.clone())
                .map(|bytes| BatchItem {
                    seq: operation.seq,
                    hash: hexadecimal(&operation.hash),
                    operation: bytes,
                })
                .map_err(|source| SyncError::Request {
                    what: WHAT,
                    source: wire::WireError::Json {
                        message: "operation",
                        source,
                    },
                })
        })
        .collect();
    Ok(BatchRequest {
        device: device.device.get(),
        epoch: device.epoch,
        operations: operations?,
    })
}

/// Judges the answer to these operations.
///
/// # Errors
/// [`SyncError::OtherResults`], [`SyncError::OtherHash`] or [`SyncError::Message`]: then none of it
/// is used.
pub(crate) fn judge(sent: &[Outgoing], reply: BatchReply) -> Result<Judged, SyncError> {
    let (first, last) = match (sent.first(), sent.last()) {
        (Some(first), Some(last)) => (first.seq, last.seq),
        _ => return Err(SyncError::OtherResults),
    };
    if reply.results.is_empty() && (1..first).contains(&reply.next_seq) {
        return Ok(Judged::Gap {
            next_seq: reply.next_seq,
        });
    }
    if reply.results.len() != sent.len() || reply.next_seq <= last {
        return Err(SyncError::OtherResults);
    }
    let results: Result<Vec<_>, _> = sent
        .iter()
        .zip(reply.results)
        .map(|(operation, result)| {
            if result.seq != operation.seq {
                return Err(SyncError::OtherResults);
            }
            if !result
                .hash
                .eq_ignore_ascii_case(&hexadecimal(&operation.hash))
            {
                return Err(SyncError::OtherHash { seq: operation.seq });
            }
            let outcome = Outcome::try_from(result.outcome)
                .map_err(|source| SyncError::Message { what: WHAT, source })?;
            Ok((operation.seq, outcome))
        })
        .collect();
    results.map(Judged::Answered)
}

pub(crate) fn hexadecimal(bytes: &[u8; 32]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use wire::operation::{OutcomeMessage, ResultMessage};

    fn sent(seqs: std::ops::RangeInclusive<u64>) -> Vec<Outgoing> {
        seqs.map(|seq| Outgoing {
            seq,
            hash: [u8::try_from(seq).unwrap(); 32],
            payload: "{}".to_owned(),
        })
        .collect()
    }

    fn truthful(sent: &[Outgoing]) -> BatchReply {
        BatchReply {
            next_seq: sent.last().unwrap().seq + 1,
            results: sent
                .iter()
                .map(|operation| ResultMessage {
                    seq: operation.seq,
                    hash: hexadecimal(&operation.hash),
                    outcome: OutcomeMessage::Pending,
                })
                .collect(),
        }
    }

    /// Protects "exactly once": a truthful answer is taken, also one to a batch the centre had before.
    #[test]
    fn truthful_answers_are_taken() {
        let batch = sent(4..=6);
        let reply = truthful(&batch);
        let all: Vec<_> = (4..=6).map(|seq| (seq, Outcome::Pending)).collect();
        assert_eq!(
            judge(&batch, reply.clone()).unwrap(),
            Judged::Answered(all.clone())
        );
        let ahead = BatchReply {
            next_seq: 90,
            ..reply
        };
        assert_eq!(judge(&batch, ahead).unwrap(), Judged::Answered(all));
        let gap = BatchReply {
            next_seq: 2,
            results: vec![],
        };
        assert_eq!(judge(&batch, gap).unwrap(), Judged::Gap { next_seq: 2 });
    }

    /// Protects the outbox against a lying centre: whatever does not fit what was sent is refused.
    #[test]
    fn lies_are_refused() {
        let batch = sent(4..=6);
        let lie = |change: fn(&mut BatchReply)| {
            let mut reply = truthful(&batch);
            change(&mut reply);
            judge(&batch, reply)
        };
        assert!(matches!(
            lie(|reply| reply.results[1].hash = "00".repeat(32)),
            Err(SyncError::OtherHash { seq: 5 })
        ));
        for change in [
            (|reply| reply.results[0].seq = 9) as fn(&mut BatchReply),
            |reply| reply.results.swap(0, 1),
            |reply| reply.next_seq = 6,
            |reply| reply.next_seq = 0,
            |reply| drop(reply.results.pop()),
            |reply| {
                reply.results.clear();
                reply.next_seq = 4;
            },
            |reply| {
                reply.results.clear();
                reply.next_seq = 0;
            },
            |reply| reply.results.clear(),
        ] {
            assert!(matches!(lie(change), Err(SyncError::OtherResults)));
        }
        assert!(matches!(
            lie(|reply| {
                reply.results[2].outcome = OutcomeMessage::Rejected {
                    reason: "because".to_owned(),
                };
            }),
            Err(SyncError::Message { .. })
        ));
    }
}
