//! One PostgreSQL cluster for the whole test program, thrown away at its end however it ends.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Makes the cluster, serves it until standard input closes, removes it. PostgreSQL refuses to
/// run as root, so root runs it as user `postgres`.
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
$as $programs/initdb --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync --username=central \
    --pgdata="$folder/data" >"$folder/log" 2>&1
$as $programs/postgres -D "$folder/data" -c listen_addresses= -c unix_socket_directories="$folder" \
    -c fsync=off -c max_connections=300 -c shared_buffers=64MB -c jit=off >>"$folder/log" 2>&1 &
server=$!
until $programs/pg_isready --quiet --host="$folder"; do
    kill -0 $server
    sleep 0.1
done
echo "$folder"
cat >/dev/null
kill -INT $server
wait $server || true
rm -rf "$folder"
"#;

struct Cluster {
    folder: String,
    /// Holds the script's standard input: the kernel closes it when this process ends.
    _script: Child,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a new, empty database.
pub fn new_database() -> String {
    let cluster = CLUSTER.get_or_init(start);
    let name = format!("test{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let made = Command::new("/usr/lib/postgresql/15/bin/createdb")
        .args(["--host", &cluster.folder, "--username=central", &name])
        .status()
        .unwrap();
    assert!(made.success());
    format!("postgres:///{name}?host={}&user=central", cluster.folder)
}

/// Ends all connections to a database and removes it.
pub fn drop_database(address: &str) {
    let cluster = CLUSTER.get_or_init(start);
    let name = address
        .trim_start_matches("postgres:///")
        .split('?')
        .next()
        .unwrap();
    let dropped = Command::new("/usr/lib/postgresql/15/bin/dropdb")
        .args([
            "--force",
            "--host",
            &cluster.folder,
            "--username=central",
            name,
        ])
        .status()
        .unwrap();
    assert!(dropped.success());
}

fn start() -> Cluster {
    let mut script = Command::new("sh")
        .arg("-c")
        .arg(SCRIPT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut folder = String::new();
    BufReader::new(script.stdout.take().unwrap())
        .read_line(&mut folder)
        .unwrap();
    script.stdin.as_mut().unwrap().flush().unwrap();
    let folder = folder.trim().to_owned();
    assert!(!folder.is_empty(), "PostgreSQL 15 did not start");
    Cluster {
        folder,
        _script: script,
    }
}
