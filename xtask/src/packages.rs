//! The Debian packages the system needs, each with its reason, and their installation.

use std::path::Path;
use std::process::Command;

use crate::error::Error;

/// For which of the commands a package is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// Building and showing windows on the user's display.
    Demo,
    /// Also a window where there is no display.
    Headless,
    /// Also the checks.
    Test,
}

struct Package {
    name: &'static str,
    from: Purpose,
    why: &'static str,
}

const fn package(name: &'static str, from: Purpose, why: &'static str) -> Package {
    Package { name, from, why }
}

/// Names as in Debian 12.
const PACKAGES: &[Package] = &[
    package("gcc", Purpose::Demo, "compiles SQLCipher and ring"),
    package(
        "libc6-dev",
        Purpose::Demo,
        "C headers for the same, and linking",
    ),
    package("pkg-config", Purpose::Demo, "finds the C libraries below"),
    package(
        "libpcsclite-dev",
        Purpose::Demo,
        "the smart card service's client library",
    ),
    package(
        "libssl-dev",
        Purpose::Demo,
        "libcrypto, with which SQLCipher encrypts",
    ),
    package("pcscd", Purpose::Demo, "the smart card service"),
    package(
        "vsmartcard-vpcd",
        Purpose::Demo,
        "a virtual card reader for it",
    ),
    package("postgresql-15", Purpose::Demo, "the centre's database"),
    package(
        "postgresql-client-15",
        Purpose::Demo,
        "asks it whether it is ready",
    ),
    package(
        "fonts-noto-cjk",
        Purpose::Demo,
        "Chinese on screen and paper",
    ),
    package("fonts-tlwg-loma-otf", Purpose::Demo, "Thai on paper"),
    package("fontconfig-config", Purpose::Demo, "says where fonts lie"),
    package(
        "libxkbcommon0",
        Purpose::Demo,
        "keyboards, opened by the window at run time",
    ),
    package("libxkbcommon-x11-0", Purpose::Demo, "the same under X"),
    package(
        "libx11-6",
        Purpose::Demo,
        "windows under X, opened at run time",
    ),
    package("libx11-xcb1", Purpose::Demo, "the same"),
    package("libxcursor1", Purpose::Demo, "the same"),
    package("libxi6", Purpose::Demo, "touch and pointer under X"),
    package("libxrandr2", Purpose::Demo, "screen sizes under X"),
    package(
        "libwayland-client0",
        Purpose::Demo,
        "windows under Wayland, opened at run time",
    ),
    package("iproute2", Purpose::Demo, "brings up the private loopback"),
    package(
        "util-linux",
        Purpose::Demo,
        "unshare and setpriv: a world of its own for each run",
    ),
    package("xvfb", Purpose::Headless, "a screen without a monitor"),
    package("opensc", Purpose::Test, "reads the same card as a stranger"),
    package("pcsc-tools", Purpose::Test, "another stranger: scriptor"),
    package("python3-pyscard", Purpose::Test, "a third one"),
    package(
        "polkitd",
        Purpose::Test,
        "who may use the readers on Debian 13, asked of the real one",
    ),
    package("dbus-daemon", Purpose::Test, "how it is asked"),
    package(
        "systemd",
        Purpose::Test,
        "checks the units, and starts pcscd by its socket",
    ),
    package(
        "libccid",
        Purpose::Test,
        "the driver whose list the doctor reads, and of a reader that is unplugged",
    ),
    package("g++", Purpose::Test, "compiles libFuzzer"),
    package(
        "python3-venv",
        Purpose::Test,
        "a place for Schemathesis, which fuzzes the centre",
    ),
    package(
        "libfaketime",
        Purpose::Test,
        "hurries pcscd, so that thousands of cards are put in in minutes",
    ),
    package(
        "zbar-tools",
        Purpose::Test,
        "reads bar codes and QR from printed slips as a stranger",
    ),
];

/// Names what is needed and installs what is missing.
///
/// # Errors
/// See [`Error`]; nothing is installed twice and nothing is removed.
pub(crate) fn install(purpose: Purpose) -> Result<(), Error> {
    println!("Debian packages needed:");
    let mut missing = Vec::new();
    for package in PACKAGES.iter().filter(|package| package.from <= purpose) {
        let here = is_installed(package.name);
        let state = if here { "installed" } else { "MISSING" };
        println!("  {:22} {:9}  {}", package.name, state, package.why);
        if !here {
            missing.push(package.name);
        }
    }
    if !missing.is_empty() {
        apt_get(&missing)?;
    }
    make_socket_folder()
}

fn is_installed(name: &str) -> bool {
    Command::new("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Status}", name])
        .output()
        .is_ok_and(|output| output.stdout == b"installed")
}

fn apt_get(missing: &[&str]) -> Result<(), Error> {
    if !Path::new("/usr/bin/apt-get").exists() {
        return Err(Error::NotDebian);
    }
    println!("installing: {}", missing.join(" "));
    for arguments in [
        &["update", "--quiet"][..],
        &["install", "--quiet", "--yes", "--no-install-recommends"],
    ] {
        let mut command = as_root("apt-get", missing)?;
        command
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive");
        if arguments.contains(&"install") {
            command.args(missing);
        }
        let status = command.status().map_err(|source| Error::Start {
            program: "apt-get".to_owned(),
            source,
        })?;
        // An update may fail for some other repository of this machine; the install tells.
        if !status.success() && arguments.contains(&"install") {
            return Err(Error::Install { status });
        }
    }
    Ok(())
}

/// The mount point of each run's private pcscd socket; the package makes it only under systemd.
fn make_socket_folder() -> Result<(), Error> {
    let folder = Path::new("/run/pcscd");
    if folder.is_dir() {
        return Ok(());
    }
    let mut command = as_root("mkdir", &[])?;
    let made = command.arg("--parents").arg(folder).status();
    match made {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Error::MakeFolder {
            path: folder.to_owned(),
            source: std::io::ErrorKind::PermissionDenied.into(),
        }),
        Err(source) => Err(Error::MakeFolder {
            path: folder.to_owned(),
            source,
        }),
    }
}

/// A command run as root: directly, or through sudo.
fn as_root(program: &str, wanted: &[&str]) -> Result<Command, Error> {
    let id = Command::new("id").arg("-u").output();
    if id.is_ok_and(|output| output.stdout.trim_ascii() == b"0") {
        return Ok(Command::new(program));
    }
    if Command::new("sudo").arg("--version").output().is_err() {
        return Err(Error::NoSudo {
            packages: wanted.join(" "),
        });
    }
    let mut command = Command::new("sudo");
    command.args(["--preserve-env=DEBIAN_FRONTEND", program]);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the list people see before anything is installed: no package named twice.
    #[test]
    fn every_package_is_named_once() {
        let mut names: Vec<_> = PACKAGES.iter().map(|package| package.name).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
