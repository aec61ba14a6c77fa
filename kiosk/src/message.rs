//! What can happen in the window.

use domain::visit::{Input, Moment, Touch};
use wording::Language;

use crate::look::touch_map::TouchMap;

/// A message of the application. Screens make only the first group.
#[derive(Debug, Clone)]
pub enum Message {
    /// The customer touched something that means something to the visit.
    Touch(Touch),
    /// Another page of the list that is open, counted from 0.
    Page(usize),
    /// A language was chosen.
    Language(Language),
    /// Large text on or off.
    ToggleTextSize,
    /// High contrast on or off.
    ToggleContrast,
    /// Everything to be touched lower, or back.
    ToggleLowered,
    /// Open or close the help page over the present screen.
    ToggleHelp,

    /// Something reported by a device, the store or the line.
    Input(Box<Input>),
    /// Time went on.
    Tick(Moment),
    /// The screen's map was collected.
    Mapped(TouchMap),
    /// Nothing: the end of a task whose result nobody needs.
    Nothing,
}
