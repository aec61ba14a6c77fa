//! The thread that owns the connection: whatever waits together is committed together.

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::StoreError;

/// Requests that may wait before a caller has to.
const QUEUE_LIMIT: usize = 256;

/// Requests in one transaction at most: bounds how long the first of them waits.
const GROUP_LIMIT: usize = 64;

/// The way to the thread; clones share it.
#[derive(Clone)]
pub(crate) struct Writer {
    shared: Arc<Shared>,
}

/// When the last clone is dropped the thread is waited for: a program that ended while the file was
/// being closed would pull the cipher's library from under it.
struct Shared {
    queue: Option<mpsc::Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take()
            // A request may own the last handle; a thread cannot wait for itself.
            && thread.thread().id() != std::thread::current().id()
        {
            // A panic in the thread was told by its own message.
            let _ = thread.join();
        }
    }
}

/// A request: works inside the group's transaction, answers after its end.
trait Job: Send {
    fn work(&mut self, connection: &Connection);
    fn finish(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Request<T, F> {
    work: Option<F>,
    result: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl Writer {
    pub(crate) fn spawn(connection: Connection, path: &Path) -> Result<Self, StoreError> {
        let (queue, requests) = mpsc::channel(QUEUE_LIMIT);
        let thread = std::thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || serve(&connection, requests))
            .map_err(|source| StoreError::Unreachable {
                path: path.to_owned(),
                source: Arc::new(source),
            })?;
        Ok(Self {
            shared: Arc::new(Shared {
                queue: Some(queue),
                thread: Some(thread),
            }),
        })
    }

    /// Queues the work and waits until its transaction is on disk. A caller that stops waiting does
    /// not undo it.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let request = Request {
            work: Some(work),
            result: None,
            reply,
        };
        self.shared
            .queue
            .as_ref()
            .ok_or(StoreError::Closed)?
            .send(Box::new(request))
            .await
            .map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }
}

impl<T, F> Job for Request<T, F>
where
    T: Send,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send,
{
    fn work(&mut self, connection: &Connection) {
        self.result = self
            .work
            .take()
            .map(|work| within_savepoint(connection, work));
    }

    fn finish(self: Box<Self>, committed: Result<(), StoreError>) {
        let answer = match (self.result, committed) {
            (Some(Ok(value)), Ok(())) => Ok(value),
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error),
            (None, Ok(())) => Err(StoreError::Closed),
        };
        // Whoever asked may have stopped waiting; the work is done all the same.
        let _ = self.reply.send(answer);
    }
}

fn serve(connection: &Connection, mut requests: mpsc::Receiver<Box<dyn Job>>) {
    while let Some(first) = requests.blocking_recv() {
        let mut group = vec![first];
        let committed = commit_group(connection, &mut group, &mut requests);
        if let Err(error) = &committed {
            tracing::error!(%error, requests = group.len(), "a transaction was undone");
        }
        for job in group {
            job.finish(committed.clone());
        }
    }
}

/// One transaction over the first request and all that arrive while it works.
fn commit_group(
    connection: &Connection,
    group: &mut Vec<Box<dyn Job>>,
    requests: &mut mpsc::Receiver<Box<dyn Job>>,
) -> Result<(), StoreError> {
    let failed = StoreError::query("begin a transaction");
    connection
        .execute_batch("BEGIN IMMEDIATE")
        .map_err(failed)?;
    let mut next = 0;
    while let Some(job) = group.get_mut(next) {
        job.work(connection);
        // A full disk makes SQLite undo the whole transaction by itself, earlier requests included.
        if connection.is_autocommit() {
            return Err(StoreError::DiskFull {
                action: "keep a transaction",
            });
        }
        next += 1;
        if next < GROUP_LIMIT
            && let Ok(job) = requests.try_recv()
        {
            group.push(job);
        }
    }
    connection.execute_batch("COMMIT").map_err(|source| {
        if !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        StoreError::query("commit a transaction")(source)
    })
}

/// A request that fails undoes its own work only.
fn within_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let failed = |source| StoreError::query("keep a savepoint")(source);
    connection
        .execute_batch("SAVEPOINT request")
        .map_err(failed)?;
    match work(connection) {
        Ok(value) => {
            connection
                .execute_batch("RELEASE request")
                .map_err(failed)?;
            Ok(value)
        }
        Err(error) => {
            if !connection.is_autocommit() {
                connection
                    .execute_batch("ROLLBACK TO request; RELEASE request")
                    .map_err(failed)?;
            }
            Err(error)
        }
    }
}
