//! The line between kiosk and centre: a TCP relay that can be cut, slowed, silenced, or made to lie.

use std::net::SocketAddr;
use std::thread::JoinHandle;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::Error;

/// Most bytes moved at once; also the piece between two pauses of a slow line.
const PIECE: usize = 1024;
/// Connections carried at once; more wait in the kernel's queue.
const MOST_CONNECTIONS: usize = 64;

/// What the line does with connections. A change ends those under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineState {
    /// Carries everything.
    Open,
    /// Refuses connections, as with the cable out at this end.
    Cut,
    /// Takes connections and bytes and never answers, as with the cable out far away.
    Silent,
    /// Carries everything, with this pause before each kilobyte.
    Slow {
        /// Pause in milliseconds.
        pause_ms: u64,
    },
    /// Carries requests to the centre and drops every reply: the deed is done, nobody hears of it.
    LosesReplies,
    /// Somebody else answers in the centre's place.
    Lies(Lie),
}

/// Answers of a lying centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lie {
    /// Bytes that are no HTTP.
    Gibberish,
    /// `200 OK` with JSON of another shape.
    WrongShape,
    /// `500 Internal Server Error`.
    ServerError,
    /// `200 OK` with the sign-in page of a captive portal.
    SignInPage,
}

impl Lie {
    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Gibberish => b"\x16\x03\x01 this is no centre\r\n\r\n",
            Self::WrongShape => {
                b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 18\r\n\
                  connection: close\r\n\r\n{\"surprise\": true}"
            }
            Self::ServerError => {
                b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            }
            Self::SignInPage => {
                b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 35\r\n\
                  connection: close\r\n\r\n<html><body>sign in, please</body>\r\n"
            }
        }
    }
}

/// A running relay.
#[derive(Debug)]
pub struct Line {
    address: SocketAddr,
    state: Option<watch::Sender<LineState>>,
    thread: Option<JoinHandle<()>>,
}

impl Line {
    /// Opens a line to the centre at `centre`, on a loopback port of its own.
    ///
    /// # Errors
    /// [`Error::Talk`] when no port can be had.
    pub fn start(centre: SocketAddr) -> Result<Self, Error> {
        let failed = |source| Error::Talk {
            part: "the line",
            source,
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(failed)?;
        let listener = runtime
            .block_on(TcpListener::bind(("127.0.0.1", 0)))
            .map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let (state, watched) = watch::channel(LineState::Open);
        let thread = std::thread::Builder::new()
            .name("line".to_owned())
            .spawn(move || runtime.block_on(keep(listener, address, centre, watched)))
            .map_err(failed)?;
        Ok(Self {
            address,
            state: Some(state),
            thread: Some(thread),
        })
    }

    /// Where the kiosk shall connect.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What the line does now.
    #[must_use]
    pub fn state(&self) -> LineState {
        self.state
            .as_ref()
            .map_or(LineState::Cut, |state| *state.borrow())
    }

    /// Changes what the line does; connections under way end.
    pub fn set(&self, state: LineState) {
        if let Some(sender) = &self.state {
            sender.send_replace(state);
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // Without a sender the relay ends.
        self.state = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Takes connections until nobody holds the line any more.
async fn keep(
    listener: TcpListener,
    address: SocketAddr,
    centre: SocketAddr,
    mut state: watch::Receiver<LineState>,
) {
    let mut listener = Some(listener);
    let mut carried = tokio::task::JoinSet::new();
    loop {
        let now = *state.borrow_and_update();
        if now == LineState::Cut {
            listener = None;
        } else if listener.is_none() {
            listener = TcpListener::bind(address).await.ok();
            if listener.is_none() {
                tracing::warn!("the line's port is taken; trying again");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        }
        let free = carried.len() < MOST_CONNECTIONS;
        tokio::select! {
            changed = state.changed() => if changed.is_err() { break },
            kiosk = accept(listener.as_ref()), if free => if let Some(kiosk) = kiosk {
                carried.spawn(carry(kiosk, centre, state.clone()));
            },
            Some(_) = carried.join_next() => {},
        }
    }
}

async fn accept(listener: Option<&TcpListener>) -> Option<TcpStream> {
    match listener {
        Some(listener) => listener.accept().await.ok().map(|(stream, _)| stream),
        None => std::future::pending().await,
    }
}

/// Serves one connection until either end closes it or the line changes.
async fn carry(kiosk: TcpStream, centre: SocketAddr, mut state: watch::Receiver<LineState>) {
    let now = *state.borrow_and_update();
    let service = async {
        match now {
            LineState::Open => relay(kiosk, centre, Duration::ZERO, true).await,
            LineState::Slow { pause_ms } => {
                relay(kiosk, centre, Duration::from_millis(pause_ms), true).await
            }
            LineState::LosesReplies => relay(kiosk, centre, Duration::ZERO, false).await,
            LineState::Lies(lie) => answer(kiosk, lie).await,
            LineState::Silent => {
                let _held = kiosk;
                std::future::pending().await
            }
            LineState::Cut => Ok(()),
        }
    };
    tokio::select! {
        // A broken connection is the line's ordinary business.
        _ = service => {},
        _ = state.changed() => {},
    }
}

async fn relay(
    kiosk: TcpStream,
    centre: SocketAddr,
    pause: Duration,
    replies: bool,
) -> std::io::Result<()> {
    let centre = TcpStream::connect(centre).await?;
    let (from_kiosk, to_kiosk) = kiosk.into_split();
    let (from_centre, to_centre) = centre.into_split();
    let there = pump(from_kiosk, to_centre, pause);
    if replies {
        let back = pump(from_centre, to_kiosk, pause);
        tokio::try_join!(there, back)?;
    } else {
        tokio::select! {
            gone = there => gone?,
            lost = first_byte(from_centre) => lost?,
        }
    }
    Ok(())
}

async fn pump(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    pause: Duration,
) -> std::io::Result<()> {
    let mut piece = [0; PIECE];
    loop {
        let length = from.read(&mut piece).await?;
        if length == 0 {
            return to.shutdown().await;
        }
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        to.write_all(&piece[..length]).await?;
    }
}

/// Back when the centre began to answer.
async fn first_byte(mut from: impl AsyncReadExt + Unpin) -> std::io::Result<()> {
    from.read(&mut [0; 1]).await.map(|_| ())
}

/// Reads one request and answers with a lie.
async fn answer(mut kiosk: TcpStream, lie: Lie) -> std::io::Result<()> {
    let mut heard = Vec::new();
    let mut piece = [0; PIECE];
    while !heard.windows(4).any(|window| window == b"\r\n\r\n") && heard.len() < 64 * PIECE {
        let length = kiosk.read(&mut piece).await?;
        if length == 0 {
            return Ok(());
        }
        heard.extend_from_slice(&piece[..length]);
    }
    kiosk.write_all(lie.bytes()).await?;
    kiosk.shutdown().await
}
