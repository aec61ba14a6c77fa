//! Debian 13's pcscd asks polkit; here its questions are asked of a real polkitd.

use std::path::Path;
use std::process::Command;

use crate::{KIOSK, OTHER, Part, ROOT, as_user, bind, deployed, eventually, inside, run};

const ACTIONS: &str = "/usr/share/polkit-1/actions";
const RULES: &str = "/etc/polkit-1/rules.d";
/// As pcsc-lite 2.3.3 ships it.
const POLICY: &str = include_str!("org.debian.pcsc-lite.policy");
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=/run/dbus/system_bus_socket</listen>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*"/>
    <allow receive_type="*"/>
  </policy>
</busconfig>"#;

/// Protects the terminal on Debian 13, which without the rule reads no card, and the cards from
/// every other user: a service without a session is let in when it is the terminal's, else not.
#[test]
fn polkit_lets_the_terminal_in_and_nobody_else() {
    inside(
        "polkit::polkit_lets_the_terminal_in_and_nobody_else",
        || {
            let (actions, rules) = (Path::new("/run/kept/actions"), Path::new("/run/kept/rules"));
            std::fs::create_dir(actions).unwrap();
            std::fs::create_dir(rules).unwrap();
            std::fs::write(actions.join("org.debian.pcsc-lite.policy"), POLICY).unwrap();
            std::fs::write("/run/kept/bus.conf", BUS).unwrap();
            bind(actions, ACTIONS);
            bind(rules, RULES);
            let mut bus = Command::new("dbus-daemon");
            bus.args([
                "--config-file=/run/kept/bus.conf",
                "--nofork",
                "--nopidfile",
            ]);
            let _bus = Part::start(&mut bus);
            eventually("the bus listens", || {
                Path::new("/run/dbus/system_bus_socket").exists()
            });

            // Debian's own answer, so that what follows is the rule's doing.
            let polkitd = start_polkitd();
            assert_eq!([KIOSK, OTHER, ROOT].map(is_let_in), [false, false, true]);
            drop(polkitd);
            run(Command::new("cp")
                .arg(deployed("10-kiosk-pcscd.rules"))
                .arg(RULES));
            let _polkitd = start_polkitd();
            assert_eq!([KIOSK, OTHER, ROOT].map(is_let_in), [true, false, true]);
        },
    );
}

fn start_polkitd() -> Part {
    let polkitd = Part::start(Command::new("/usr/lib/polkit-1/polkitd").arg("--no-debug"));
    eventually("polkitd answers", || {
        let action = ["--action-id", "org.debian.pcsc-lite.access_pcsc"];
        Command::new("pkaction")
            .args(action)
            .output()
            .is_ok_and(|output| output.status.success())
    });
    polkitd
}

/// Asks as pcscd does, of a process of this user that belongs to no session.
fn is_let_in(user: u32) -> bool {
    let process = Part::start(as_user(user, "sleep").arg("600"));
    let number = process.0.id();
    let status = || std::fs::read_to_string(format!("/proc/{number}/status")).unwrap();
    eventually("the process is the user's", || {
        status().contains(&format!("Uid:\t{user}\t"))
    });
    let stat = std::fs::read_to_string(format!("/proc/{number}/stat")).unwrap();
    let started = stat.split_whitespace().nth(21).unwrap();
    let answers = ["access_pcsc", "access_card"].map(|action| {
        let status = Command::new("pkcheck")
            .args(["--action-id", &format!("org.debian.pcsc-lite.{action}")])
            .args(["--process", &format!("{number},{started},{user}")])
            .status()
            .unwrap();
        match status.code() {
            Some(0) => true,
            // 1: no; 2: after a password, which a service cannot give.
            Some(1 | 2) => false,
            _ => panic!("pkcheck: {status}"),
        }
    });
    assert_eq!(answers[0], answers[1], "user {user}: both actions or none");
    answers[0]
}
