//! A group: one transaction over what many terminals and people asked.

use std::collections::{HashMap, HashSet};

use deadpool_postgres::Transaction;
use domain::operation::Outcome;
use jiff::Timestamp;
use uuid::Uuid;
use wire::operation::{BatchReply, EncodedOperation, ResultMessage};

use super::mark::{self, Advance};
use super::person::{PersonAct, PersonReply, receipt};
use super::wave::{self, Asked};
use super::{BatchOutcome, Engine, Received, judged, record};
use crate::campaign::Published;
use crate::devices::Terminal;
use crate::{CentralError, database, devices};

const DURING: &str = "applying a group of operations";

/// What is asked for at once, and answered at once.
pub(super) enum Job {
    /// Contiguous operations of one terminal.
    Batch {
        terminal: Terminal,
        received: Vec<Received>,
    },
    /// One operation of a signed-in person.
    Person {
        act: PersonAct,
        encoded: EncodedOperation,
    },
}

/// The answer to a job.
pub(super) enum Answer {
    Batch(BatchOutcome),
    Person(PersonReply),
}

/// What a group made of a job.
enum Made {
    Answered(Answer),
    /// Not as a group expects it: a repetition, a gap, a second request of the same terminal.
    Apart,
    KeyReused,
}

/// Applies jobs in one transaction, and by itself each that does not fit into it. Where the
/// group fails, each is tried by itself, so that one bad job hurts nobody else.
pub(super) async fn together(engine: &Engine, jobs: &[Job]) -> Vec<Result<Answer, CentralError>> {
    let mut answers = Vec::with_capacity(jobs.len());
    if jobs.len() > 1 {
        let wanted: Vec<&Job> = jobs.iter().collect();
        let made = database::with_retry(|| once(engine, &wanted)).await;
        match made {
            Ok(made) => {
                for (made, job) in made.into_iter().zip(jobs) {
                    answers.push(match made {
                        Made::Answered(answer) => Ok(answer),
                        Made::KeyReused => Err(CentralError::KeyReused),
                        Made::Apart => alone(engine, job).await,
                    });
                }
                return answers;
            }
            Err(error) if error.is_unavailable() => {
                tracing::warn!(%error, "the database is away for a whole group");
            }
            Err(error) => {
                let sql_state = error.sql_state().unwrap_or("-");
                tracing::warn!(%error, sql_state, "a group failed; each is tried by itself");
            }
        }
    }
    for job in jobs {
        answers.push(alone(engine, job).await);
    }
    answers
}

/// Applies one job in a transaction of its own.
pub(super) async fn alone(engine: &Engine, job: &Job) -> Result<Answer, CentralError> {
    let jobs = [job];
    let mut made = database::with_retry(|| once(engine, &jobs)).await?;
    match (made.pop(), job) {
        (Some(Made::Answered(answer)), _) => Ok(answer),
        (Some(Made::Apart), Job::Batch { terminal, received }) => {
            database::with_retry(|| apart(engine, terminal, received))
                .await
                .map(Answer::Batch)
        }
        (Some(Made::KeyReused), _) => Err(CentralError::KeyReused),
        (Some(Made::Apart) | None, _) => Err(CentralError::Raced),
    }
}

/// One attempt at a group.
async fn once(engine: &Engine, jobs: &[&Job]) -> Result<Vec<Made>, CentralError> {
    let now = engine.clock.now();
    let mut client = database::connection(&engine.pool).await?;
    let published = engine.campaigns.newest(&client).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(DURING))?;
    let moved = mark::advance_all(&transaction, &advances(jobs), now).await?;
    let known = record::known_of_people(&transaction, &acts(jobs)).await?;

    let mut made: Vec<Option<Made>> = Vec::with_capacity(jobs.len());
    let mut asked: Vec<Asked<'_>> = Vec::new();
    let mut seen_devices = HashSet::new();
    let mut seen_keys = HashSet::new();
    for job in jobs {
        made.push(match job {
            Job::Batch { terminal, received } => {
                let device = devices::number(terminal.key_id.device);
                if !received.is_empty() && moved.contains(&device) && seen_devices.insert(device) {
                    asked.extend(received.iter().map(|item| of_terminal(terminal, item, now)));
                    None
                } else {
                    Some(Made::Apart)
                }
            }
            Job::Person { act, encoded } => match known.get(&(act.person, act.key)) {
                Some((hash, _)) if *hash != encoded.hash => Some(Made::KeyReused),
                Some((_, reply)) => Some(Made::Answered(Answer::Person(reply.clone()))),
                None if seen_keys.insert((act.person, act.key)) => {
                    asked.push(of_person(act, now));
                    None
                }
                None => Some(Made::Apart),
            },
        });
    }
    let address = &engine.public_address;
    let outcomes = wave::run(&transaction, published.as_deref(), &asked, address, now).await?;
    let made = keep(&transaction, jobs, made, &asked, outcomes, now).await?;
    transaction
        .commit()
        .await
        .map_err(CentralError::database(DURING))?;
    Ok(made)
}

/// Keeps every operation with its answer and gives the answers to their jobs.
async fn keep(
    transaction: &Transaction<'_>,
    jobs: &[&Job],
    made: Vec<Option<Made>>,
    asked: &[Asked<'_>],
    outcomes: Vec<Outcome>,
    now: Timestamp,
) -> Result<Vec<Made>, CentralError> {
    let mut done = asked.iter().zip(outcomes);
    let mut of_terminals = Vec::new();
    let mut of_people = Vec::new();
    let mut answers = Vec::with_capacity(jobs.len());
    for (job, made) in jobs.iter().zip(made) {
        answers.push(match (made, job) {
            (Some(made), _) => made,
            (None, Job::Batch { received, .. }) => {
                let mut results = Vec::with_capacity(received.len());
                for (item, (_, outcome)) in received.iter().zip(done.by_ref()) {
                    results.push(result(item, &outcome));
                    of_terminals.push((item, outcome));
                }
                let next_seq = received.last().map_or(1, |item| item.operation.id.seq + 1);
                let reply = BatchReply { next_seq, results };
                Made::Answered(Answer::Batch(BatchOutcome::Answered(reply)))
            }
            (None, Job::Person { act, encoded }) => {
                let (asked, outcome) =
                    done.next().ok_or(CentralError::Stored { what: "answer" })?;
                let receipt = asked.receipt.clone();
                of_people.push((act, encoded, receipt.clone(), outcome.clone()));
                Made::Answered(Answer::Person(PersonReply { outcome, receipt }))
            }
        });
    }
    record::keep_all(transaction, &of_terminals, now).await?;
    record::keep_of_people(transaction, &of_people, now).await?;
    Ok(answers)
}

/// A batch that does not go on where its device stopped: what lies under the mark is answered
/// from the record, a differing hash quarantines, a gap is answered with the expected number.
async fn apart(
    engine: &Engine,
    terminal: &Terminal,
    received: &[Received],
) -> Result<BatchOutcome, CentralError> {
    let now = engine.clock.now();
    let mut client = database::connection(&engine.pool).await?;
    let published = engine.campaigns.newest(&client).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(DURING))?;
    let mark = match mark::take(&transaction, terminal.key_id, now).await? {
        mark::Taken::Current(mark) => mark,
        mark::Taken::EpochEnded => return Ok(BatchOutcome::EpochEnded),
        mark::Taken::Quarantined => return Ok(BatchOutcome::Quarantined),
    };
    let next_seq = mark.next_seq;
    let first_seq = received
        .first()
        .map_or(next_seq, |item| item.operation.id.seq);
    if first_seq > next_seq {
        let results = Vec::new();
        return Ok(BatchOutcome::Answered(BatchReply { next_seq, results }));
    }
    let is_known = |item: &Received| item.operation.id.seq < next_seq;
    let (repeated, fresh) = received.split_at(received.partition_point(is_known));
    let repeated = record::stored_results(&transaction, terminal.key_id, repeated).await?;
    let outcome = match repeated {
        record::Repeated::Differs => {
            mark::quarantine(&transaction, terminal.key_id, "operation-differs", now).await?;
            BatchOutcome::Quarantined
        }
        record::Repeated::Same(mut results) => {
            let published = published.as_deref();
            let address = &engine.public_address;
            let applied =
                apply_fresh(&transaction, published, terminal, fresh, address, now).await?;
            results.extend(applied);
            let next_seq = next_seq + u64::try_from(fresh.len()).unwrap_or(u64::MAX);
            BatchOutcome::Answered(BatchReply { next_seq, results })
        }
    };
    transaction
        .commit()
        .await
        .map_err(CentralError::database(DURING))?;
    Ok(outcome)
}

/// The operations above the mark of a device whose row is held.
async fn apply_fresh(
    transaction: &Transaction<'_>,
    published: Option<&Published>,
    terminal: &Terminal,
    fresh: &[Received],
    public_address: &str,
    now: Timestamp,
) -> Result<Vec<ResultMessage>, CentralError> {
    let Some(first) = fresh.first() else {
        return Ok(Vec::new());
    };
    let advance = Advance {
        key_id: terminal.key_id,
        first_seq: first.operation.id.seq,
        count: u64::try_from(fresh.len()).unwrap_or(u64::MAX),
    };
    mark::advance_all(transaction, &[advance], now).await?;
    let asked: Vec<_> = fresh
        .iter()
        .map(|item| of_terminal(terminal, item, now))
        .collect();
    let outcomes = wave::run(transaction, published, &asked, public_address, now).await?;
    let done: Vec<_> = fresh.iter().zip(outcomes).collect();
    record::keep_all(transaction, &done, now).await?;
    Ok(done
        .iter()
        .map(|(item, outcome)| result(item, outcome))
        .collect())
}

fn result(item: &Received, outcome: &Outcome) -> ResultMessage {
    ResultMessage {
        seq: item.operation.id.seq,
        hash: record::hexadecimal(&item.hash),
        outcome: outcome.into(),
    }
}

/// The batches that may go on where their device stopped, one a device.
fn advances(jobs: &[&Job]) -> Vec<Advance> {
    let mut of_devices = HashMap::new();
    for job in jobs {
        if let Job::Batch { terminal, received } = job
            && let Some(first) = received.first()
        {
            of_devices.entry(terminal.key_id.device).or_insert(Advance {
                key_id: terminal.key_id,
                first_seq: first.operation.id.seq,
                count: u64::try_from(received.len()).unwrap_or(u64::MAX),
            });
        }
    }
    of_devices.into_values().collect()
}

fn acts(jobs: &[&Job]) -> Vec<(Uuid, Uuid)> {
    jobs.iter()
        .filter_map(|job| match job {
            Job::Person { act, .. } => Some((act.person, act.key)),
            Job::Batch { .. } => None,
        })
        .collect()
}

fn of_terminal<'a>(terminal: &'a Terminal, item: &'a Received, now: Timestamp) -> Asked<'a> {
    Asked {
        body: &item.operation.body,
        channel: terminal.channel,
        store: Some(&terminal.store),
        key_id: Some(terminal.key_id),
        receipt: item.operation.id.receipt(),
        judged_at: judged::moment(item.operation.recorded_at, terminal.enrolled_at, now),
    }
}

fn of_person(act: &PersonAct, now: Timestamp) -> Asked<'_> {
    Asked {
        body: &act.body,
        channel: act.channel,
        store: None,
        key_id: None,
        receipt: receipt(act.person, act.key),
        judged_at: now,
    }
}
