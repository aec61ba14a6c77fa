//! A page as plain text for logs and for people who compare: what it says, without anything that
//! tells about a person.

use crate::page::{Block, Page, Words};

/// What stands where something personal was.
const HIDDEN: &str = "…";

/// The page's lines.
#[must_use]
pub fn text(page: &Page) -> String {
    let mut lines = String::new();
    for block in &page.blocks {
        match block {
            Block::Text { words, .. } | Block::Number { words } => push(&mut lines, shown(words)),
            Block::Banner { words } => push(&mut lines, &format!("[{}]", shown(words))),
            Block::Pair {
                label,
                chinese,
                value,
            } => {
                let chinese = chinese.as_ref().map(shown);
                let chinese = chinese.map(|name| format!(" ({name})"));
                let value = shown(value).replace('\n', " / ");
                let line = format!("{}{}: {value}", shown(label), chinese.unwrap_or_default());
                push(&mut lines, &line);
            }
            Block::Boxed { words } => {
                for words in words {
                    push(&mut lines, &format!("| {}", shown(words)));
                }
            }
            Block::Rule => push(&mut lines, "----------------"),
            Block::Gap { .. } => {}
            Block::Bars {
                symbol, caption, ..
            } => {
                let name = crate::codes::name(*symbol);
                push(&mut lines, &format!("{} <{name}>", shown(caption)));
            }
            Block::Qr { .. } => push(&mut lines, "<QR code>"),
        }
    }
    lines
}

fn shown(words: &Words) -> &str {
    if words.personal { HIDDEN } else { &words.text }
}

fn push(lines: &mut String, line: &str) {
    lines.push_str(line.trim_end());
    lines.push('\n');
}
