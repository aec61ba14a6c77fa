//! The printer's own letters: cells of 12×24 for ASCII and 24×24 for Big5 and for characters defined
//! by `FS 2`, set side by side on a line.

use std::collections::HashMap;

use encoding_rs::BIG5;

use crate::bitmap::Bitmap;
use crate::error::Error;
use crate::page::Align;
use crate::profile::Rom;
use crate::text::{Style, Typesetter};

/// Height of a cell, and width of a two-byte one.
const CELL: usize = 24;
/// Rows above the em square in a line as the typesetter sets it.
const ABOVE: usize = 6;
/// Columns left of it.
const BEFORE: usize = 2;
/// What is printed for a character the ROM does not hold: real printers leave blank or print rubbish.
const MISSING: char = '▯';

/// Dots of one character.
#[derive(Clone)]
struct Cell {
    width: usize,
    height: usize,
    dots: Vec<bool>,
}

/// The ROM, the characters defined, and the font behind both.
pub(super) struct Lettering {
    rom: Rom,
    user_defined: bool,
    typesetter: Option<Typesetter>,
    drawn: HashMap<(char, usize), Cell>,
    defined: HashMap<u8, Cell>,
    /// Characters asked for that this printer does not hold.
    pub(super) missing: u32,
}

/// How a character is to be printed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    pub(super) wide: usize,
    pub(super) high: usize,
    pub(super) bold: bool,
    pub(super) reverse: bool,
    pub(super) underline: bool,
}

/// The line being set.
#[derive(Default)]
pub(super) struct Line {
    cells: Vec<(usize, Cell)>,
    /// Where the next character goes.
    pub(super) at: usize,
}

impl Lettering {
    pub(super) fn new(rom: Rom, user_defined: bool) -> Self {
        Self {
            rom,
            user_defined,
            typesetter: None,
            drawn: HashMap::new(),
            defined: HashMap::new(),
            missing: 0,
        }
    }

    /// Whether two-byte characters are printed at all.
    pub(super) fn has_two_bytes(&self) -> bool {
        self.rom != Rom::None
    }

    /// Forgets the characters defined by `FS 2`.
    pub(super) fn forget(&mut self) {
        self.defined.clear();
    }

    /// Defines the character at FE`place`: 24 columns of 3 bytes.
    pub(super) fn define(&mut self, place: u8, columns: &[u8]) {
        if !self.user_defined {
            return;
        }
        let mut dots = vec![false; CELL * CELL];
        for (x, column) in columns.chunks_exact(3).enumerate() {
            for y in 0..CELL {
                dots[y * CELL + x] = column[y / 8] & (0x80 >> (y % 8)) != 0;
            }
        }
        let cell = Cell {
            width: CELL,
            height: CELL,
            dots,
        };
        self.defined.insert(place, cell);
    }

    /// Sets an ASCII character; others have no place in this code page.
    pub(super) fn single(&mut self, byte: u8, shape: Shape, line: &mut Line) {
        let character = if byte.is_ascii() {
            char::from(byte)
        } else {
            self.missing += 1;
            MISSING
        };
        let cell = self.draw(character, CELL / 2);
        line.push(cell, shape);
    }

    /// Sets a two-byte character.
    pub(super) fn double(&mut self, lead: u8, trail: u8, shape: Shape, line: &mut Line) {
        let cell = match self.defined.get(&trail).filter(|_| lead == 0xFE) {
            Some(defined) => defined.clone(),
            None => {
                let character = self.held(lead, trail);
                self.draw(character, CELL)
            }
        };
        line.push(cell, shape);
    }

    fn held(&mut self, lead: u8, trail: u8) -> char {
        let in_rom = match u16::from_be_bytes([lead, trail]) {
            0xA140..=0xA3E0 | 0xA440..=0xC67E => self.rom >= Rom::Big5LevelOne,
            0xC940..=0xF9D5 => self.rom >= Rom::Big5LevelTwo,
            0xF9D6..=0xF9FE => self.rom >= Rom::Big5Eten,
            _ => false,
        };
        let pair = [lead, trail];
        let (text, wrong) = BIG5.decode_without_bom_handling(&pair);
        match text.chars().next() {
            Some(character) if in_rom && !wrong => character,
            _ => {
                self.missing += 1;
                MISSING
            }
        }
    }

    fn draw(&mut self, character: char, width: usize) -> Cell {
        if let Some(cell) = self.drawn.get(&(character, width)) {
            return cell.clone();
        }
        let cell = self.rasterise(character, width).unwrap_or(Cell {
            width,
            height: CELL,
            dots: vec![character != ' '; width * CELL],
        });
        self.drawn.insert((character, width), cell.clone());
        cell
    }

    /// A glyph of the installed font in a cell; what is too wide is squeezed.
    fn rasterise(&mut self, character: char, width: usize) -> Result<Cell, Error> {
        let typesetter = match &mut self.typesetter {
            Some(typesetter) => typesetter,
            none => none.insert(Typesetter::load()?),
        };
        let style = Style {
            dots: 24,
            bold: false,
            align: Align::Left,
        };
        let drawn = typesetter.paragraph(&character.to_string(), style, 64);
        let ink = drawn.ink_columns().map_or(0, |(_, last)| last + 1);
        let wide = ink.saturating_sub(BEFORE).max(1);
        let mut dots = vec![false; width * CELL];
        for y in 0..CELL {
            for x in 0..wide {
                if drawn.is_black(x + BEFORE, y + ABOVE) {
                    let column = if wide > width {
                        x * width / wide
                    } else {
                        x + (width - wide) / 2
                    };
                    dots[y * width + column] = true;
                }
            }
        }
        Ok(Cell {
            width,
            height: CELL,
            dots,
        })
    }
}

impl Line {
    fn push(&mut self, cell: Cell, shape: Shape) {
        let shaped = cell.shaped(shape);
        let width = shaped.width;
        self.cells.push((self.at, shaped));
        self.at += width;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Takes the line's dots, moved as a whole to its place, and begins a new one.
    pub(super) fn take(&mut self, align: Align, margin: usize, head: usize) -> Bitmap {
        let cells = std::mem::take(&mut self.cells);
        let used = std::mem::take(&mut self.at);
        let height = cells.iter().map(|(_, cell)| cell.height).max().unwrap_or(0);
        let spare = head.saturating_sub(margin + used);
        let left = margin
            + match align {
                Align::Left => 0,
                Align::Centre => spare / 2,
                Align::Right => spare,
            };
        let mut dots = Bitmap::white(head, height);
        for (at, cell) in cells {
            for y in 0..cell.height {
                for x in 0..cell.width {
                    if cell.dots[y * cell.width + x] {
                        dots.fill(left + at + x, height - cell.height + y, 1, 1);
                    }
                }
            }
        }
        dots
    }
}

impl Cell {
    fn shaped(&self, shape: Shape) -> Self {
        let (wide, high) = (shape.wide.max(1), shape.high.max(1));
        let (width, height) = (self.width * wide, self.height * high);
        let mut dots = vec![false; width * height];
        for y in 0..height {
            for x in 0..width {
                let (column, row) = (x / wide, y / high);
                let own = self.dots[row * self.width + column];
                let left = column > 0 && self.dots[row * self.width + column - 1];
                let ink = own || (shape.bold && left) || (shape.underline && y + 2 >= height);
                dots[y * width + x] = ink != shape.reverse;
            }
        }
        Self {
            width,
            height,
            dots,
        }
    }
}
