//! A display of an X server, as a user has it: a pointer to act with and a picture to look at.

use std::path::Path;

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, ImageFormat, MOTION_NOTIFY_EVENT, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// The first button of a pointer.
const LEFT: u8 = 1;

/// Bytes of a pixel in the pictures that the X server gives: blue, green, red and one that says nothing.
const PIXEL: usize = 4;

/// A place on a display.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Point {
    pub(super) x: i16,
    pub(super) y: i16,
}

/// A part of a display.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Area {
    pub(super) x: i16,
    pub(super) y: i16,
    pub(super) width: u16,
    pub(super) height: u16,
}

/// A connection to a display.
pub(super) struct Screen {
    connection: RustConnection,
    root: Window,
    whole: Area,
}

impl Screen {
    /// Connects to the display of a name.
    pub(super) fn open(display: &str) -> Result<Self, String> {
        let (connection, number) = RustConnection::connect(Some(display)).map_err(|error| error.to_string())?;
        let screen = connection.setup().roots.get(number).ok_or("the display has no screen")?;
        let whole = Area { x: 0, y: 0, width: screen.width_in_pixels, height: screen.height_in_pixels };
        let root = screen.root;
        Ok(Screen { connection, root, whole })
    }

    /// Moves the pointer.
    pub(super) fn point_at(&self, point: Point) -> Result<(), String> {
        self.fake(MOTION_NOTIFY_EVENT, 0, point)?;
        self.wait()
    }

    /// Moves the pointer and clicks.
    pub(super) fn click(&self, point: Point) -> Result<(), String> {
        self.fake(MOTION_NOTIFY_EVENT, 0, point)?;
        self.fake(BUTTON_PRESS_EVENT, LEFT, point)?;
        self.fake(BUTTON_RELEASE_EVENT, LEFT, point)?;
        self.wait()
    }

    fn fake(&self, event: u8, detail: u8, Point { x, y }: Point) -> Result<(), String> {
        let sent = self.connection.xtest_fake_input(event, detail, x11rb::CURRENT_TIME, self.root, x, y, 0);
        sent.map(|_| ()).map_err(|error| error.to_string())
    }

    /// Waits until the X server has done what it was told.
    fn wait(&self) -> Result<(), String> {
        let cookie = self.connection.get_input_focus().map_err(|error| error.to_string())?;
        cookie.reply().map(|_| ()).map_err(|error| error.to_string())
    }

    /// Keeps a picture of a part of the display, or of all of it.
    pub(super) fn picture(&self, area: Option<Area>, file: &Path) -> Result<(), String> {
        let out = std::fs::File::create(file).map_err(|error| error.to_string())?;
        self.draw(area, std::io::BufWriter::new(out))
    }

    /// Draws a part of the display, or all of it, as PNG.
    pub(super) fn draw(&self, area: Option<Area>, out: impl std::io::Write) -> Result<(), String> {
        let Area { x, y, width, height } = area.map_or(self.whole, |area| area.within(self.whole));
        let cookie = self.connection.get_image(ImageFormat::Z_PIXMAP, self.root, x, y, width, height, !0);
        let image = cookie.map_err(|error| error.to_string())?.reply().map_err(|error| error.to_string())?;
        if image.data.len() != usize::from(width) * usize::from(height) * PIXEL {
            return Err("the display has pixels of an unknown kind".to_owned());
        }
        let colours: Vec<u8> =
            image.data.chunks_exact(PIXEL).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]).collect();
        let mut encoder = png::Encoder::new(out, width.into(), height.into());
        encoder.set_color(png::ColorType::Rgb);
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&colours));
        written.map_err(|error| error.to_string())
    }
}

impl Area {
    /// Its middle.
    pub(super) fn middle(self) -> Point {
        Point { x: self.x + (self.width / 2) as i16, y: self.y + (self.height / 2) as i16 }
    }

    /// The area with something of what is around it.
    pub(super) fn with_margin(self, margin: u16) -> Area {
        let Area { x, y, width, height } = self;
        let (left, top) = (x - margin as i16, y - margin as i16);
        Area { x: left, y: top, width: width + 2 * margin, height: height + 2 * margin }
    }

    /// The part of it that lies in another.
    fn within(self, whole: Area) -> Area {
        let x = self.x.clamp(whole.x, whole.x + whole.width as i16 - 1);
        let y = self.y.clamp(whole.y, whole.y + whole.height as i16 - 1);
        let right = (i32::from(self.x) + i32::from(self.width)).min(i32::from(whole.width));
        let bottom = (i32::from(self.y) + i32::from(self.height)).min(i32::from(whole.height));
        let (width, height) = (right - i32::from(x), bottom - i32::from(y));
        Area { x, y, width: width.max(1) as u16, height: height.max(1) as u16 }
    }
}
