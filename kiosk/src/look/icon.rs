//! Icons: drawn by us, one ink, so that they take the colour of the text beside them.

use std::sync::LazyLock;

use iced::Color;
use iced::widget::svg;

use super::{Element, Look};

macro_rules! icons {
    ($($(#[$meta:meta])* $name:ident = $file:literal),+ $(,)?) => {
        /// A drawing under `assets/icons`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon { $($(#[$meta])* $name),+ }

        impl Icon {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            // Handles are made once: one made in a view would be drawn anew every frame.
            fn handle(self) -> svg::Handle {
                static HANDLES: LazyLock<Vec<svg::Handle>> = LazyLock::new(|| {
                    vec![$(svg::Handle::from_memory(
                        include_bytes!(concat!("../../../assets/icons/", $file, ".svg")).as_slice(),
                    )),+]
                });
                HANDLES[self as usize].clone()
            }
        }
    };
}

icons! {
    /// Back to the page before.
    Back = "back",
    /// Delete one character.
    Backspace = "backspace",
    /// A day.
    Calendar = "calendar",
    /// A health card.
    Card = "card",
    /// Picture: the card goes in.
    CardInsert = "card-insert",
    /// Picture: the card comes out.
    CardTake = "card-take",
    /// Picture: turn the card round.
    CardTurn = "card-turn",
    /// Chosen.
    Check = "check",
    /// Not chosen.
    Circle = "circle",
    /// Time.
    Clock = "clock",
    /// High contrast.
    Contrast = "contrast",
    /// Not chosen, no.
    Cross = "cross",
    /// It went well.
    Done = "done",
    /// End the visit.
    Finish = "finish",
    /// On to the next page.
    Forward = "forward",
    /// Help.
    Help = "help",
    /// Something to know.
    Information = "information",
    /// Numbers to type.
    Keypad = "keypad",
    /// Language.
    Language = "language",
    /// The centre cannot be reached.
    LineDown = "line-down",
    /// The centre can be reached.
    LineUp = "line-up",
    /// Move everything down.
    Lower = "lower",
    /// The station's mark.
    Mark = "mark",
    /// Masks.
    Mask = "mask",
    /// More time.
    MoreTime = "more-time",
    /// Next page of a list.
    Next = "next",
    /// A slip.
    Paper = "paper",
    /// Who.
    Person = "person",
    /// A mobile phone.
    Phone = "phone",
    /// Where.
    Place = "place",
    /// Previous page of a list.
    Previous = "previous",
    /// The printer.
    Printer = "printer",
    /// Look-up.
    Search = "search",
    /// Picture: take the slip.
    SlipTake = "slip-take",
    /// Vaccine.
    Syringe = "syringe",
    /// Text size.
    TextSize = "text-size",
    /// Not to be had now.
    Unavailable = "unavailable",
    /// Care.
    Warning = "warning",
}

/// An icon of a height in millimetres, in one colour.
#[must_use]
pub fn icon<'a, Message: 'a>(
    look: Look,
    icon: Icon,
    size_mm: f32,
    color: Color,
) -> Element<'a, Message> {
    svg(icon.handle())
        .width(look.mm(size_mm))
        .height(look.mm(size_mm))
        .style(move |_, _| svg::Style { color: Some(color) })
        .into()
}

/// A picture of how something is done: wider than high.
#[must_use]
pub fn picture<'a, Message: 'a>(look: Look, picture: Icon, width_mm: f32) -> Element<'a, Message> {
    let color = look.palette.ink;
    svg(picture.handle())
        .width(look.mm(width_mm))
        .height(look.mm(width_mm * 0.8))
        .style(move |_, _| svg::Style { color: Some(color) })
        .into()
}
