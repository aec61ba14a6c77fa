//! What listens in this network namespace, asked without connecting.

use crate::Error;

/// Tables of the kernel; a connection to the virtual reader would already be a card, so no port is
/// probed by connecting.
const TABLES: [&str; 2] = ["/proc/self/net/tcp", "/proc/self/net/tcp6"];
/// State LISTEN in those tables.
const LISTEN: &str = "0A";

/// Whether some program listens at a TCP port.
///
/// # Errors
/// [`Error::File`] when the kernel's table cannot be read.
pub fn listens_at(port: u16) -> Result<bool, Error> {
    let ending = format!(":{port:04X}");
    for table in TABLES {
        let text = match std::fs::read_to_string(table) {
            Ok(text) => text,
            // No IPv6 in this kernel.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(source) => return Err(Error::file("read", table)(source)),
        };
        let listens = text.lines().skip(1).any(|line| {
            let mut fields = line.split_whitespace().skip(1);
            let local = fields.next().unwrap_or_default();
            local.ends_with(&ending) && fields.nth(1) == Some(LISTEN)
        });
        if listens {
            return Ok(true);
        }
    }
    Ok(false)
}
