//! The parts all slips are made of: headings, the big number, person, help lines, foot.

use domain::campaign::LocalText;
use domain::slip::{PersonLines, Slip};
use jiff::civil::DateTime;
use wording::{Language, Wording};

use super::words;
use crate::page::{Align, Block, Page, PaperWidth, Size};

/// A page being composed.
pub(super) struct Composer<'a> {
    page: Page,
    pub(super) own: &'a Wording,
    chinese: &'a Wording,
}

impl<'a> Composer<'a> {
    pub(super) fn new(width: PaperWidth, own: &'a Wording, chinese: &'a Wording) -> Self {
        let mut page = Page::new(width);
        page.blocks.push(Block::Gap { rows: 16 });
        Self { page, own, chinese }
    }

    pub(super) fn into_page(self) -> Page {
        self.page
    }

    pub(super) fn text(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.own.text(key, arguments)
    }

    pub(super) fn push(&mut self, block: Block) {
        self.page.blocks.push(block);
    }

    pub(super) fn gap(&mut self, rows: usize) {
        self.push(Block::Gap { rows });
    }

    pub(super) fn rule(&mut self) {
        self.push(Block::Rule);
    }

    pub(super) fn line(&mut self, text: String, size: Size, align: Align, bold: bool) {
        self.push(Block::Text {
            text,
            size,
            align,
            bold,
        });
    }

    /// The mark of a reprint (M14), before anything else.
    pub(super) fn reprint(&mut self, count: u32) {
        let text = self.text("slip-reprint", &[("count", &count.to_string())]);
        self.push(Block::Banner { text });
        self.gap(10);
    }

    /// What kind of slip it is, and its message. On a foreign customer's slip the clerk's Chinese
    /// stands first.
    pub(super) fn heading(&mut self, kind_key: &str, title_key: &str, warning: bool) {
        let foreign = self.own.language() != Language::TraditionalChinese;
        let kind = self.chinese.text(kind_key, &[]);
        let title = self.chinese.text(title_key, &[]);
        if !kind.contains(&title) {
            self.line(kind, Size::Body, Align::Centre, false);
        }
        self.title(title, Size::Title, warning);
        if foreign {
            let title = self.text(title_key, &[]);
            self.title(title, Size::Heading, false);
        }
        self.gap(10);
    }

    fn title(&mut self, text: String, size: Size, warning: bool) {
        if warning {
            self.gap(4);
            self.push(Block::Banner { text });
        } else {
            self.line(text, size, Align::Centre, true);
        }
    }

    /// The number the slip is about.
    pub(super) fn number(&mut self, label_key: &str, number: String) {
        let label = self.text(label_key, &[]);
        self.line(label, Size::Body, Align::Centre, false);
        self.push(Block::Number { text: number });
    }

    pub(super) fn pair(&mut self, label_key: &str, value: String) {
        let label = self.text(label_key, &[]);
        self.push(Block::Pair { label, value });
    }

    pub(super) fn boxed(&mut self, text: String) {
        self.push(Block::Boxed { text });
        self.gap(10);
    }

    /// A small heading with a paragraph under it.
    pub(super) fn part(&mut self, title_key: &str, text: String) {
        let title = self.text(title_key, &[]);
        self.line(title, Size::Body, Align::Left, true);
        self.line(text, Size::Body, Align::Left, false);
    }

    /// Whose slip it is, masked (I8).
    pub(super) fn person(&mut self, person: &PersonLines) {
        self.pair("slip-person-number", person.number.clone());
        if let Some(name) = person.name.clone().filter(|name| !name.is_empty()) {
            self.pair("slip-name", name);
        }
        if let Some(mobile) = person.mobile.clone() {
            self.pair("slip-mobile", mobile);
        }
    }

    pub(super) fn completed(&mut self, moment: DateTime) {
        let moment = words::moment(self.own, moment);
        self.pair("slip-completed", moment);
    }

    /// A campaign's text: in the customer's language, and in Chinese beside it for whoever helps.
    pub(super) fn local(&self, text: &LocalText) -> String {
        match (&text.english, self.own.language()) {
            (Some(english), Language::English) => format!("{english}\n{}", text.chinese),
            _ => text.chinese.clone(),
        }
    }

    /// As [`Composer::local`], on one line.
    pub(super) fn local_short(&self, text: &LocalText) -> String {
        match self.own.language() {
            Language::English => text.english_or_chinese().to_owned(),
            Language::TraditionalChinese => text.chinese.clone(),
        }
    }

    /// The help lines, the fraud warning (I11), and where and when it was printed.
    pub(super) fn foot(&mut self, slip: &Slip) {
        self.rule();
        let title = self.text("slip-help-title", &[]);
        self.line(title, Size::Body, Align::Left, true);
        for key in [
            "slip-help-vaccine",
            "slip-help-nhi",
            "slip-help-nhi-local",
            "slip-help-nhi-mobile",
            "slip-help-fraud",
        ] {
            let text = self.text(key, &[]);
            self.line(text, Size::Small, Align::Left, false);
        }
        self.gap(8);
        let warning = self.text("slip-fraud", &[]);
        self.line(warning, Size::Small, Align::Left, true);
        self.rule();
        let place = self.local_short(&slip.place);
        let printed = self.text(
            "slip-printed",
            &[("place", &place), ("terminal", &slip.terminal)],
        );
        self.line(printed, Size::Small, Align::Left, false);
        let moment = words::moment(self.own, slip.printed_at);
        let printed_at = self.text("slip-printed-at", &[("moment", &moment)]);
        self.line(printed_at, Size::Small, Align::Left, false);
        self.gap(16);
    }
}

/// Digits in groups, so that they can be read out.
pub(super) fn grouped(number: &str, group: usize) -> String {
    let characters: Vec<char> = number.chars().collect();
    characters
        .chunks(group)
        .map(|part| part.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}
