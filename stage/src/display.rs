//! A screen without a monitor: Xvfb, real pointer and key events by XTEST, and screenshots.

use std::path::{Path, PathBuf};
use std::process::Command;

use x11rb::connection::{Connection, RequestConnection};
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, ImageFormat, KEY_PRESS_EVENT,
    KEY_RELEASE_EVENT, MOTION_NOTIFY_EVENT, Screen,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::part::Part;
use crate::wait::PATIENCE;
use crate::{Error, picture};

/// Display numbers tried; far from those of people's own sessions. Several stages share /tmp.
const FIRST_NUMBER: u32 = 2000;
const NUMBERS: u32 = 50_000;

/// Left pointer button, which X's core pointer also uses for a touch.
const LEFT_BUTTON: u8 = 1;

/// Size of a display in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Pixels from left to right.
    pub width_px: u16,
    /// Pixels from top to bottom.
    pub height_px: u16,
}

impl Size {
    /// The kiosk's portrait panel.
    pub const PORTRAIT: Self = Self {
        width_px: 1080,
        height_px: 1920,
    };
}

/// A running Xvfb and a connection to it.
#[derive(Debug)]
pub struct Display {
    // Dropped before the server it leads to.
    connection: RustConnection,
    screen: Screen,
    name: String,
    _server: Part,
    _files: LeftoverFiles,
}

impl Display {
    /// Starts Xvfb on a display number of its own.
    ///
    /// # Errors
    /// Those of starting, waiting and connecting.
    pub fn start(size: Size, log_folder: &Path) -> Result<Self, Error> {
        let files = LeftoverFiles::for_free_number()?;
        let name = format!(":{}", files.number);
        let mut command = Command::new("Xvfb");
        command
            .arg(&name)
            .args([
                "-screen",
                "0",
                &format!("{}x{}x24", size.width_px, size.height_px),
            ])
            .args(["-nolisten", "tcp", "-noreset", "-nocursor"]);
        let mut server = Part::start("xvfb", command, log_folder)?;
        server.ready_when("Xvfb makes its socket", PATIENCE, || {
            Ok(std::os::unix::net::UnixStream::connect(&files.socket).is_ok())
        })?;
        let (connection, index) =
            RustConnection::connect(Some(&name)).map_err(|source| Error::DisplayConnect {
                name: name.clone(),
                source,
            })?;
        connection.extension_information(x11rb::protocol::xtest::X11_EXTENSION_NAME)?;
        let screen = connection
            .setup()
            .roots
            .get(index)
            .cloned()
            .ok_or(Error::DisplayDepth)?;
        Ok(Self {
            connection,
            screen,
            name,
            _files: files,
            _server: server,
        })
    }

    /// Value of `DISPLAY` for programs that shall show here.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
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
    /// As [`Display::press`].
    pub fn move_to(&self, x_px: i16, y_px: i16) -> Result<(), Error> {
        self.fake(MOTION_NOTIFY_EVENT, 0, x_px, y_px)
    }

    /// Releases where the pointer is.
    ///
    /// # Errors
    /// As [`Display::press`].
    pub fn release(&self) -> Result<(), Error> {
        self.fake(BUTTON_RELEASE_EVENT, LEFT_BUTTON, 0, 0)
    }

    /// Presses and releases at one place.
    ///
    /// # Errors
    /// As [`Display::press`].
    pub fn touch(&self, x_px: i16, y_px: i16) -> Result<(), Error> {
        self.press(x_px, y_px)?;
        self.release()
    }

    /// Presses and releases the key that gives this key symbol without modifiers
    /// (`0xff1b` Escape, `0x61` a …).
    ///
    /// # Errors
    /// As [`Display::press`]; [`Error::NotThere`] when no key gives the symbol.
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

/// A display number and the files X makes for it outside our namespaces; a killed Xvfb leaves them.
#[derive(Debug)]
struct LeftoverFiles {
    number: u32,
    socket: PathBuf,
    lock: PathBuf,
}

impl LeftoverFiles {
    /// A number nobody uses. Xvfb's own search does not do: in a process namespace it takes the
    /// locks of other people's displays for stale ones.
    fn for_free_number() -> Result<Self, Error> {
        let start = first_try();
        let number = (0..NUMBERS)
            .map(|step| FIRST_NUMBER + (start + step) % NUMBERS)
            .find(|number| !socket(*number).exists() && !lock(*number).exists())
            .ok_or(Error::NotThere("no free display number"))?;
        Ok(Self {
            number,
            socket: socket(number),
            lock: lock(number),
        })
    }
}

impl Drop for LeftoverFiles {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.socket);
        let _ = std::fs::remove_file(&self.lock);
    }
}

fn socket(number: u32) -> PathBuf {
    PathBuf::from(format!("/tmp/.X11-unix/X{number}"))
}

fn lock(number: u32) -> PathBuf {
    PathBuf::from(format!("/tmp/.X{number}-lock"))
}

/// Where the search for a display number begins: another place each run.
#[expect(clippy::disallowed_methods, reason = "only spreads display numbers")]
fn first_try() -> u32 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |passed| passed.subsec_micros() % NUMBERS)
}
