//! The connection to the virtual reader: frames of a two-byte length and a payload.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// A reader of another machine that takes longer is not there.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// A reader that takes nothing for so long is lost.
const WRITE_TIMEOUT: Duration = Duration::from_secs(5);
/// The longest payload a frame can have.
const PAYLOAD_MAX: usize = u16::MAX as usize;

/// A payload as it goes over the line; what does not fit the length is cut off.
pub(crate) fn frame(payload: &[u8]) -> Vec<u8> {
    let payload = &payload[..payload.len().min(PAYLOAD_MAX)];
    let length = u16::try_from(payload.len()).unwrap_or(u16::MAX);
    [&length.to_be_bytes(), payload].concat()
}

/// The virtual reader, connected.
pub(crate) struct Link {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Link {
    /// Connects to vpcd: for the reader a card is in from here on.
    pub(crate) fn connect(addresses: &[std::net::SocketAddr]) -> Result<Self, std::io::Error> {
        let mut result = Err(ErrorKind::AddrNotAvailable.into());
        for address in addresses {
            result = TcpStream::connect_timeout(address, CONNECT_TIMEOUT);
            if result.is_ok() {
                break;
            }
        }
        let stream = result?;
        // An answer leaves at once, whole.
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
        acknowledge_at_once(&stream);
        Ok(Self {
            stream,
            received: Vec::new(),
        })
    }

    /// For waiting.
    pub(crate) fn stream(&self) -> &TcpStream {
        &self.stream
    }

    /// Reads what has come, waiting for something; false when the reader closed.
    pub(crate) fn receive(&mut self) -> bool {
        let mut buffer = [0; 4096];
        match self.stream.read(&mut buffer) {
            Ok(0) => false,
            Ok(length) => {
                acknowledge_at_once(&self.stream);
                self.received.extend_from_slice(&buffer[..length]);
                true
            }
            Err(error) => matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::WouldBlock),
        }
    }

    /// The next whole frame's payload.
    pub(crate) fn next_frame(&mut self) -> Option<Vec<u8>> {
        take_frame(&mut self.received)
    }

    /// Sends in one write; a closed connection is noticed by the next receive.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes);
    }

    /// Takes the card out: what was sent before still arrives.
    pub(crate) fn close(self) {
        // Fails only when it is closed already.
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

/// vpcd sends a frame's length and payload in two writes and leaves Nagle's algorithm on: its second
/// goes out only when the first is acknowledged, which Linux puts off by 40 ms. It forgets this setting,
/// so it is renewed after each read.
fn acknowledge_at_once(stream: &TcpStream) {
    // Where it cannot be had the card is only slower.
    let _ = rustix::net::sockopt::set_tcp_quickack(stream, true);
}

fn take_frame(received: &mut Vec<u8>) -> Option<Vec<u8>> {
    let (length, rest) = received.split_first_chunk::<2>()?;
    let length = usize::from(u16::from_be_bytes(*length));
    let payload = rest.get(..length)?.to_vec();
    received.drain(..2 + length);
    Some(payload)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the framing: frames come in whatever pieces the line makes of them.
    #[test]
    fn frames_are_put_together_from_pieces() {
        let mut received = Vec::new();
        let mut frames = Vec::new();
        let sent = [frame(b"\x04"), frame(b""), frame(&[7; 300])].concat();
        for byte in sent {
            received.push(byte);
            frames.extend(take_frame(&mut received));
        }
        assert_eq!(frames, [vec![4], vec![], vec![7; 300]]);
        assert_eq!(frame(&[0; 70_000]).len(), 2 + 65_535);
    }
}
