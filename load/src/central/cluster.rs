//! A PostgreSQL 15 cluster of the run's own: its defaults, every commit synced.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::error::LoadError;

/// Serves a new cluster until standard input closes, then removes it. PostgreSQL refuses to run
/// as root, so root runs it as user `postgres`.
const SCRIPT: &str = r#"
set -eu
programs=/usr/lib/postgresql/15/bin
folder=$(mktemp -d)
as=
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as="setpriv --reuid=postgres --regid=postgres --clear-groups"
fi
cd "$folder"
$as $programs/initdb --auth=trust --encoding=UTF8 --locale=C.UTF-8 --username=central \
    --pgdata="$folder/data" >"$folder/log" 2>&1
$as $programs/postgres -D "$folder/data" -c listen_addresses= \
    -c unix_socket_directories="$folder" >>"$folder/log" 2>&1 &
server=$!
until $programs/pg_isready --quiet --host="$folder"; do
    kill -0 $server
    sleep 0.1
done
$programs/createdb --host="$folder" --username=central central
echo "$folder"
cat >/dev/null
kill -INT $server
wait $server || true
rm -rf "$folder"
"#;

/// The running cluster; it ends when this is dropped, however the program ends.
pub(crate) struct Cluster {
    /// Where its socket lies.
    pub(crate) folder: String,
    script: Child,
}

impl Cluster {
    pub(crate) fn start() -> Result<Self, LoadError> {
        let failed = |source| LoadError::Program {
            program: "PostgreSQL 15",
            source,
        };
        let mut script = Command::new("sh")
            .args(["-c", SCRIPT])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|source| failed(Some(source)))?;
        let output = script.stdout.take().ok_or_else(|| failed(None))?;
        let mut folder = String::new();
        BufReader::new(output)
            .read_line(&mut folder)
            .map_err(|source| failed(Some(source)))?;
        if folder.trim().is_empty() {
            return Err(failed(None));
        }
        Ok(Self {
            folder: folder.trim().to_owned(),
            script,
        })
    }

    /// The address of its database.
    pub(crate) fn address(&self) -> String {
        format!("postgres:///central?host={}&user=central", self.folder)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.script.stdin.take());
        // It ends by itself; waited for, so that nothing runs on after the table is printed.
        let _ = self.script.wait();
    }
}
