//! Black dots on white paper: one bit a dot, 1 is black, rows of whole bytes.

/// A picture of `width` dots (a multiple of 8) and as many rows as were added.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitmap {
    width_bytes: usize,
    dots: Vec<u8>,
}

impl Bitmap {
    /// A white picture. The width is rounded up to whole bytes.
    #[must_use]
    pub fn white(width_dots: usize, rows: usize) -> Self {
        let width_bytes = width_dots.div_ceil(8);
        Self {
            width_bytes,
            dots: vec![0; width_bytes * rows],
        }
    }

    /// Width in dots.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width_bytes * 8
    }

    /// Height in rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.dots.len().checked_div(self.width_bytes).unwrap_or(0)
    }

    /// Whether the dot is black; outside the picture everything is white.
    #[must_use]
    pub fn is_black(&self, x: usize, y: usize) -> bool {
        x < self.width()
            && y < self.rows()
            && self.dots[y * self.width_bytes + x / 8] & (0x80 >> (x % 8)) != 0
    }

    /// Makes a dot black. Dots outside are ignored: a glyph's overhang never wraps to the other side.
    pub fn blacken(&mut self, x: i32, y: i32) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
            return;
        };
        if x < self.width() && y < self.rows() {
            self.dots[y * self.width_bytes + x / 8] |= 0x80 >> (x % 8);
        }
    }

    /// Blackens a rectangle, cut to the picture.
    pub fn fill(&mut self, left: usize, top: usize, width: usize, rows: usize) {
        for y in top..(top + rows).min(self.rows()) {
            for x in left..(left + width).min(self.width()) {
                self.dots[y * self.width_bytes + x / 8] |= 0x80 >> (x % 8);
            }
        }
    }

    /// Swaps black and white.
    pub fn invert(&mut self) {
        for byte in &mut self.dots {
            *byte = !*byte;
        }
    }

    /// Swaps black and white in the upper rows of some columns.
    pub fn invert_columns(&mut self, left: usize, width: usize, rows: usize) {
        for y in 0..rows.min(self.rows()) {
            for x in left..(left + width).min(self.width()) {
                self.dots[y * self.width_bytes + x / 8] ^= 0x80 >> (x % 8);
            }
        }
    }

    /// Draws another picture's black dots with its corner at (`left`, `top`).
    pub fn draw(&mut self, other: &Self, left: usize, top: usize) {
        for y in 0..other.rows().min(self.rows().saturating_sub(top)) {
            for x in 0..other.width().min(self.width().saturating_sub(left)) {
                if other.is_black(x, y) {
                    self.dots[(y + top) * self.width_bytes + (x + left) / 8] |=
                        0x80 >> ((x + left) % 8);
                }
            }
        }
    }

    /// Adds a picture of at most this width below.
    pub fn append(&mut self, other: &Self) {
        if other.width_bytes == self.width_bytes {
            self.dots.extend_from_slice(&other.dots);
        } else {
            let top = self.rows();
            self.append_white(other.rows());
            self.draw(other, 0, top);
        }
    }

    /// Adds white rows below.
    pub fn append_white(&mut self, rows: usize) {
        self.dots
            .resize(self.dots.len() + rows * self.width_bytes, 0);
    }

    /// Adds one row of dots, cut or filled with white to the width.
    pub fn append_row(&mut self, row: &[u8]) {
        let start = self.dots.len();
        self.append_white(1);
        let length = row.len().min(self.width_bytes);
        self.dots[start..start + length].copy_from_slice(&row[..length]);
    }

    /// The bytes of `count` rows from row `first`, the leftmost dot in the highest bit.
    #[must_use]
    pub fn row_bytes(&self, first: usize, count: usize) -> &[u8] {
        let end = (first + count).min(self.rows());
        &self.dots[first.min(end) * self.width_bytes..end * self.width_bytes]
    }

    /// A quarter turn clockwise.
    #[must_use]
    pub fn turned(&self) -> Self {
        let mut turned = Self::white(self.rows(), self.width());
        for y in 0..self.rows() {
            for x in 0..self.width() {
                if self.is_black(x, y) {
                    turned.fill(self.rows() - 1 - y, x, 1, 1);
                }
            }
        }
        turned
    }

    /// First and last column with a black dot.
    #[must_use]
    pub fn ink_columns(&self) -> Option<(usize, usize)> {
        let black = |x: &usize| (0..self.rows()).any(|y| self.is_black(*x, y));
        let first = (0..self.width()).find(black)?;
        let last = (0..self.width()).rev().find(black)?;
        Some((first, last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the drawing primitives: dots outside are dropped, never wrapped round or a panic.
    #[test]
    fn drawing_stays_inside() {
        let mut picture = Bitmap::white(16, 2);
        picture.blacken(-1, 0);
        picture.blacken(16, 0);
        picture.blacken(0, 2);
        picture.blacken(15, 1);
        assert_eq!(picture.row_bytes(0, 2), &[0, 0, 0, 1]);
        let mut narrow = Bitmap::white(8, 1);
        narrow.draw(&picture, 4, 0);
        assert_eq!(narrow.ink_columns(), None);
        assert_eq!(picture.ink_columns(), Some((15, 15)));
    }

    /// Protects bar codes printed along narrow paper: a quarter turn keeps every dot.
    #[test]
    fn a_quarter_turn_keeps_the_dots() {
        let mut picture = Bitmap::white(16, 8);
        picture.fill(3, 0, 2, 8);
        let turned = picture.turned();
        assert_eq!((turned.width(), turned.rows()), (8, 16));
        assert!(turned.is_black(0, 3) && turned.is_black(7, 4) && !turned.is_black(0, 5));
    }
}
