//! The least a slip could be: its characters in Big5 (one byte for ASCII, two for others) and the data
//! of its codes, without a single command.

use printer::{Block, Page, Words};

/// Bytes of the page's characters and codes.
pub(crate) fn bytes(page: &Page) -> usize {
    page.blocks.iter().map(block).sum()
}

fn block(block: &Block) -> usize {
    match block {
        Block::Text { words, .. } | Block::Number { words } | Block::Banner { words } => of(words),
        Block::Boxed { words } => words.iter().map(of).sum(),
        Block::Pair {
            label,
            chinese,
            value,
        } => of(label) + chinese.as_ref().map_or(0, of) + of(value),
        // The data stand below the bars too.
        Block::Bars { data, caption, .. } => of(caption) + 2 * data.len(),
        Block::Qr { data } => data.len(),
        Block::Rule | Block::Gap { .. } => 0,
    }
}

fn of(words: &Words) -> usize {
    let characters = words.text.chars();
    characters
        .map(|character| if character.is_ascii() { 1 } else { 2 })
        .sum()
}
