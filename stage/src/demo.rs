//! The world with its two windows, for people: kiosk and workbench, until either is closed.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::control::Server;
use crate::display::Size;
use crate::part::Part;
use crate::screen::Screen;
use crate::world::{Plan, World};
use crate::{Error, program, wait};

/// Longest demo, in practice for ever.
const NO_LIMIT: Duration = Duration::from_secs(365 * 24 * 3600);

/// Share of the user's screen the kiosk's window may fill, in percent.
const SCREEN_SHARE_PERCENT: u16 = 85;

/// Opens both windows and serves the workbench until one of them is closed.
///
/// # Errors
/// Those of the parts; [`Error::ToldToEnd`] on Ctrl-C.
pub fn show(folder: &Path) -> Result<(), Error> {
    let plan = Plan {
        folder: folder.to_owned(),
        panel: panel_on_screen(),
        headless: false,
    };
    let mut world = World::start(&plan)?;
    let server = Server::listen(&world.parts_folder().join("stage.control"))?;
    let mut command = Command::new(program::find("workbench")?);
    command
        .arg("--control")
        .arg(server.path())
        .arg(format!("--left={}", plan.panel.width_px))
        .env("LANG", "zh_TW.UTF-8");
    let mut workbench = Part::start("workbench", command, world.log_folder())?;
    wait::until("a window is closed", NO_LIMIT, || {
        server.serve(|request| world.answer(request))?;
        let closed = workbench.exit_status().is_some() || world.kiosk.was_closed();
        Ok(closed.then_some(()))
    })
}

/// The upright panel, made smaller to fit the user's screen; everything on it is measured in
/// millimetres of the panel and shrinks with it.
fn panel_on_screen() -> Size {
    let full = Size::PORTRAIT;
    // Without X (Wayland only) nothing is known; half size fits nearly everywhere.
    let height_px = Screen::connect(None).map_or(full.height_px / 2, |screen| {
        let room = u32::from(screen.size().height_px) * u32::from(SCREEN_SHARE_PERCENT) / 100;
        u16::try_from(room)
            .unwrap_or(full.height_px)
            .min(full.height_px)
    });
    let width_px = u32::from(height_px) * u32::from(full.width_px) / u32::from(full.height_px);
    Size {
        width_px: u16::try_from(width_px).unwrap_or(full.width_px),
        height_px,
    }
}
