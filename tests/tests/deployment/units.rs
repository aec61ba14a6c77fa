//! The units as systemd understands them.

use std::path::Path;
use std::process::Command;

use crate::{deployed, inside};

/// Protects the appliance from a setting that systemd would ignore in silence: a slip of the pen
/// in a unit or the drop-in leaves a terminal less confined, or its readers open.
#[test]
fn systemd_understands_every_setting() {
    inside("units::systemd_understands_every_setting", || {
        let units = Path::new("/run/kept/units");
        std::fs::create_dir_all(units.join("pcscd.socket.d")).unwrap();
        for name in [
            "kiosk.service",
            "kiosk-display.service",
            "pcscd.socket.d/kiosk.conf",
        ] {
            let text = std::fs::read_to_string(deployed(name)).unwrap();
            // The programs need not be installed where this is tested.
            let text = text
                .replace("=/usr/bin/kiosk ", "=/bin/true ")
                .replace("=/usr/lib/xorg/Xorg ", "=/bin/true ");
            std::fs::write(units.join(name), text).unwrap();
        }
        assert_eq!(verify(units), "");
        let drop_in = units.join("pcscd.socket.d/kiosk.conf");
        let wrong = std::fs::read_to_string(&drop_in).unwrap() + "SocketMoad=0660\n";
        std::fs::write(&drop_in, wrong).unwrap();
        assert!(
            verify(units).contains("SocketMoad"),
            "the check sees a slip"
        );
    });
}

/// What systemd complains about.
fn verify(units: &Path) -> String {
    let output = Command::new("systemd-analyze")
        .args(["verify", "--man=no", "--recursive-errors=no"])
        .args(["kiosk.service", "kiosk-display.service", "pcscd.socket"])
        .env(
            "SYSTEMD_UNIT_PATH",
            format!("{}:/lib/systemd/system", units.display()),
        )
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stderr).into_owned()
}
