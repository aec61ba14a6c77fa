//! Somebody's hand and eye at an X display: real pointer and key events by XTEST, screenshots.

use std::path::Path;

use x11rb::connection::{Connection, RequestConnection};
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, ImageFormat, KEY_PRESS_EVENT,
    KEY_RELEASE_EVENT, MOTION_NOTIFY_EVENT,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::display::Size;
use crate::{Error, picture};

/// Left pointer button, which X's core pointer also uses for a touch.
const LEFT_BUTTON: u8 = 1;

/// A connection to a display.
#[derive(Debug)]
pub struct Screen {
    connection: RustConnection,
    screen: x11rb::protocol::xproto::Screen,
}

impl Screen {
    /// Connects to a display by its name (`:1`); `None` for the user's own.
    ///
    /// # Errors
    /// [`Error::DisplayConnect`], [`Error::DisplaySend`] without XTEST.
    pub fn connect(name: Option<&str>) -> Result<Self, Error> {
        let (connection, index) =
            RustConnection::connect(name).map_err(|source| Error::DisplayConnect {
                name: name.unwrap_or("of the user").to_owned(),
                source,
            })?;
        connection.extension_information(x11rb::protocol::xtest::X11_EXTENSION_NAME)?;
        let screen = connection
            .setup()
            .roots
            .get(index)
            .cloned()
            .ok_or(Error::DisplayDepth)?;
        Ok(Self { connection, screen })
    }

    /// Its size.
    #[must_use]
    pub fn size(&self) -> Size {
        Size {
            width_px: self.screen.width_in_pixels,
            height_px: self.screen.height_in_pixels,
        }
    }

    /// Moves the pointer, presses.
    ///
    /// # Errors
    /// [`Error::DisplaySend`], [`Error::DisplayReply`].
    pub fn press(&self, x_px: i16, y_px: i16) -> Result<(), Error> {
        self.move_to(x_px, y_px)?;
        self.fake(BUTTON_PRESS_EVENT, LEFT_BUTTON, 0, 0)
    }

    /// Moves the pointer, pressed or not.
    ///
    /// # Errors
    /// As [`Screen::press`].
    pub fn move_to(&self, x_px: i16, y_px: i16) -> Result<(), Error> {
        self.fake(MOTION_NOTIFY_EVENT, 0, x_px, y_px)
    }

    /// Releases where the pointer is.
    ///
    /// # Errors
    /// As [`Screen::press`].
    pub fn release(&self) -> Result<(), Error> {
        self.fake(BUTTON_RELEASE_EVENT, LEFT_BUTTON, 0, 0)
    }

    /// Presses and releases at one place.
    ///
    /// # Errors
    /// As [`Screen::press`].
    pub fn touch(&self, x_px: i16, y_px: i16) -> Result<(), Error> {
        self.press(x_px, y_px)?;
        self.release()
    }

    /// Presses and releases the key that gives this key symbol without modifiers
    /// (`0xff1b` Escape, `0x61` a …).
    ///
    /// # Errors
    /// As [`Screen::press`]; [`Error::NotThere`] when no key gives the symbol.
    pub fn key(&self, symbol: u32) -> Result<(), Error> {
        let setup = self.connection.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let mapping = self
            .connection
            .get_keyboard_mapping(first, last - first + 1)?
            .reply()?;
        let code = mapping
            .keysyms
            .chunks(usize::from(mapping.keysyms_per_keycode.max(1)))
            .zip(first..=last)
            .find_map(|(symbols, code)| (symbols.first() == Some(&symbol)).then_some(code))
            .ok_or(Error::NotThere("no key gives this symbol"))?;
        self.fake(KEY_PRESS_EVENT, code, 0, 0)?;
        self.fake(KEY_RELEASE_EVENT, code, 0, 0)
    }

    /// Writes what the display shows now as PNG.
    ///
    /// # Errors
    /// Those of the display; [`Error::Picture`], [`Error::File`] for the file.
    pub fn screenshot(&self, path: &Path) -> Result<(), Error> {
        let (width, height) = (self.screen.width_in_pixels, self.screen.height_in_pixels);
        let image = self
            .connection
            .get_image(
                ImageFormat::Z_PIXMAP,
                self.screen.root,
                0,
                0,
                width,
                height,
                u32::MAX,
            )?
            .reply()?;
        let pixels: Vec<u8> = image
            .data
            .chunks_exact(4)
            .flat_map(|pixel| [pixel[2], pixel[1], pixel[0]])
            .collect();
        if pixels.len() != usize::from(width) * usize::from(height) * 3 {
            return Err(Error::DisplayDepth);
        }
        picture::write_rgb(path, u32::from(width), u32::from(height), &pixels)
    }

    fn fake(&self, kind: u8, detail: u8, x_px: i16, y_px: i16) -> Result<(), Error> {
        self.connection
            .xtest_fake_input(kind, detail, 0, self.screen.root, x_px, y_px, 0)?
            .check()?;
        Ok(())
    }
}
