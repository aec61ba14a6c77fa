//! Lays a screen out without a window and tells what stands where.

use std::any::Any;

use iced::advanced::widget::{Id, Operation};
use iced::{Rectangle, Renderer, Size, Theme};
use iced_test::runtime::UserInterface;
use iced_test::runtime::user_interface::Cache;
use kiosk::face::Face;
use kiosk::look::target::Touchable;
use kiosk::look::text::FONT;
use kiosk::message::Message;
use kiosk::screen;

/// What stands on a screen, in pixels.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) targets: Vec<(Touchable, Rectangle)>,
    pub(crate) texts: Vec<(String, Rectangle)>,
}

impl Operation for Seen {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn text(&mut self, _id: Option<&Id>, bounds: Rectangle, text: &str) {
        self.texts.push((text.to_owned(), bounds));
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        if let Some(touchable) = state.downcast_ref::<Touchable>() {
            self.targets.push((touchable.clone(), bounds));
        }
    }
}

/// A renderer without a window, in the terminal's font.
pub(crate) fn renderer() -> Renderer {
    Renderer::new(FONT, 16.into())
}

/// Lays the screen out and looks at it.
pub(crate) fn look_at(face: Face<'_>, renderer: &mut Renderer) -> Seen {
    let size = Size::new(face.look.panel.width_px(), face.look.panel.height_px());
    let mut interface: UserInterface<'_, Message, Theme, Renderer> =
        UserInterface::build(screen::view(face), size, Cache::new(), renderer);
    let mut seen = Seen::default();
    interface.operate(renderer, &mut seen);
    seen
}
