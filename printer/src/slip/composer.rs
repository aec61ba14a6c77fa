//! The parts all slips are made of: headings, the big number, person, help lines, foot. On a slip in
//! another language everything stands in Chinese too, for the clerk and for whoever helps: titles in
//! Chinese first, everything else after the reader's own words.

use domain::campaign::LocalText;
use domain::slip::{PersonLines, Slip};
use jiff::civil::{Date, DateTime, Time};
use wording::{Language, Wording};

use super::words;
use crate::page::{Align, Block, Page, PaperWidth, Size, Words};

/// A page being composed.
pub(super) struct Composer<'a> {
    page: Page,
    own: &'a Wording,
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

    /// Whether the slip is in another language and in Chinese.
    fn is_foreign(&self) -> bool {
        self.own.language() != Language::TraditionalChinese
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

    fn line(&mut self, words: Words, size: Size, align: Align, bold: bool) {
        self.push(Block::Text {
            words,
            size,
            align,
            bold,
        });
    }

    /// A text in the reader's language, then in Chinese.
    fn both(&self, key: &'static str, arguments: &[(&str, &str)]) -> Vec<Words> {
        let own = Words::new(key, self.own.text(key, arguments));
        if self.is_foreign() {
            let chinese = Words::new(key, self.chinese.text(key, arguments));
            vec![own, chinese]
        } else {
            vec![own]
        }
    }

    /// The mark of a reprint (M14), before anything else.
    pub(super) fn reprint(&mut self, count: u32) {
        let (key, count) = ("slip-reprint", count.to_string());
        let words = Words::new(key, self.chinese.text(key, &[("count", &count)]));
        self.push(Block::Banner { words });
        if self.is_foreign() {
            let words = Words::new(key, self.own.text(key, &[("count", &count)]));
            self.line(words, Size::Body, Align::Centre, true);
        }
        self.gap(4);
    }

    /// What kind of slip it is, and its message.
    pub(super) fn heading(&mut self, kind_key: &'static str, title_key: &'static str) {
        let kind = self.chinese.text(kind_key, &[]);
        let title = self.chinese.text(title_key, &[]);
        if !kind.contains(&title) {
            self.line(Words::new(kind_key, kind), Size::Body, Align::Centre, false);
        }
        self.line(
            Words::new(title_key, title),
            Size::Title,
            Align::Centre,
            true,
        );
        self.own_title(title_key);
    }

    /// As [`Composer::heading`], when the message must not be overlooked.
    pub(super) fn warning(&mut self, kind_key: &'static str, title_key: &'static str) {
        let kind = Words::new(kind_key, self.chinese.text(kind_key, &[]));
        self.line(kind, Size::Body, Align::Centre, false);
        let words = Words::new(title_key, self.chinese.text(title_key, &[]));
        self.gap(4);
        self.push(Block::Banner { words });
        self.own_title(title_key);
    }

    fn own_title(&mut self, key: &'static str) {
        if self.is_foreign() {
            let words = Words::new(key, self.own.text(key, &[]));
            self.line(words, Size::Heading, Align::Centre, true);
        }
        self.gap(6);
    }

    /// The number the slip is about.
    pub(super) fn number(&mut self, label_key: &'static str, number: String) {
        for label in self.both(label_key, &[]) {
            self.line(label, Size::Body, Align::Centre, false);
        }
        self.push(Block::Number {
            words: Words::personal(label_key, number),
        });
    }

    /// A label and a value that is the same in every language.
    pub(super) fn pair(&mut self, label_key: &'static str, value: Words) {
        let chinese = self
            .is_foreign()
            .then(|| Words::new(label_key, self.chinese.text(label_key, &[])));
        self.push(Block::Pair {
            label: Words::new(label_key, self.own.text(label_key, &[])),
            chinese,
            value,
        });
    }

    /// A label and a value that is a text of its own.
    pub(super) fn pair_of(
        &mut self,
        label_key: &'static str,
        value_key: &'static str,
        arguments: &[(&str, &str)],
    ) {
        let texts: Vec<String> = self
            .both(value_key, arguments)
            .into_iter()
            .map(|words| words.text)
            .collect();
        let value = if texts.windows(2).all(|pair| pair[0] == pair[1]) {
            texts.into_iter().next().unwrap_or_default()
        } else {
            texts.join("\n")
        };
        self.pair(label_key, Words::new(value_key, value));
    }

    /// What the reader has to do or to know.
    pub(super) fn boxed(&mut self, key: &'static str) {
        let words = self.both(key, &[]);
        self.push(Block::Boxed { words });
    }

    /// A paragraph.
    pub(super) fn say(&mut self, key: &'static str, arguments: &[(&str, &str)], bold: bool) {
        for (index, words) in self.both(key, arguments).into_iter().enumerate() {
            self.line(words, Size::Body, Align::Left, bold && index == 0);
        }
    }

    /// A line in the middle, above something large.
    pub(super) fn over(&mut self, key: &'static str) {
        for words in self.both(key, &[]) {
            self.line(words, Size::Body, Align::Centre, false);
        }
    }

    /// What the clerk has to do: in Chinese first.
    pub(super) fn clerk(&mut self, key: &'static str) {
        for words in self.both(key, &[]).into_iter().rev() {
            let bold = words.text == self.chinese.text(key, &[]);
            self.line(words, Size::Body, Align::Left, bold);
        }
    }

    /// A text in Chinese only, for the clerk.
    pub(super) fn chinese_words(&self, key: &'static str) -> Words {
        Words::new(key, self.chinese.text(key, &[]))
    }

    /// A text in the reader's language only.
    pub(super) fn own_words(&self, key: &'static str) -> Words {
        Words::new(key, self.own.text(key, &[]))
    }

    /// A value of somebody at the counter.
    pub(super) fn named(&mut self, name: &str, value: Words) {
        self.push(Block::Pair {
            label: Words::personal("staff", name.to_owned()),
            chinese: None,
            value,
        });
    }

    /// Something large in the middle, the same in every language.
    pub(super) fn large(&mut self, words: Words) {
        self.line(words, Size::Heading, Align::Centre, true);
    }

    /// Large, as each language says it: the reader's own, then Chinese.
    fn large_both(&mut self, say: impl Fn(&Wording) -> String, field: &'static str) {
        let own = say(self.own);
        self.large(Words::new(field, own.clone()));
        let chinese = say(self.chinese);
        if self.is_foreign() && chinese != own {
            self.line(Words::new(field, chinese), Size::Body, Align::Centre, true);
        }
    }

    /// A campaign's text, large: the reader's own, then Chinese.
    pub(super) fn large_local(&mut self, field: &'static str, text: &LocalText) {
        let own = self.local(field, text).text;
        for (index, line) in own.split('\n').enumerate() {
            let words = Words::new(field, line.to_owned());
            let size = if index == 0 {
                Size::Heading
            } else {
                Size::Body
            };
            self.line(words, size, Align::Centre, true);
        }
    }

    /// As [`Composer::large_both`], by a key.
    pub(super) fn large_told(&mut self, key: &'static str, say: impl Fn(&Wording) -> String) {
        self.large_both(say, key);
    }

    /// A day, large.
    pub(super) fn large_date(&mut self, date: Date) {
        self.large_both(|wording| words::date(wording, date), "date");
    }

    /// From one minute to another, large.
    pub(super) fn large_range(&mut self, start: Time, end: Time) {
        self.large_both(|wording| words::range(wording, start, end), "time");
    }

    /// A day and a minute, large.
    pub(super) fn large_moment(&mut self, moment: DateTime) {
        self.large_both(|wording| words::moment(wording, moment), "time");
    }

    /// A value that each language says in its way: the reader's own, then Chinese.
    pub(super) fn told(&self, field: &'static str, say: impl Fn(&Wording) -> String) -> Words {
        let own = say(self.own);
        let chinese = say(self.chinese);
        if self.is_foreign() && chinese != own {
            Words::new(field, format!("{own}\n{chinese}"))
        } else {
            Words::new(field, own)
        }
    }

    /// A small heading with a paragraph under it, by their keys.
    pub(super) fn part(&mut self, title_key: &'static str, key: &'static str) {
        self.say(title_key, &[], true);
        self.say(key, &[], false);
    }

    /// Places where something can be done, as a sentence says them.
    pub(super) fn say_places(&mut self, key: &'static str, channels: &[String]) {
        let own = self.own.any_of(channels);
        let text = self.own.text(key, &[("places", &own)]);
        self.line(Words::new(key, text), Size::Body, Align::Left, false);
        if self.is_foreign() {
            let chinese = self.chinese.any_of(channels);
            let text = self.chinese.text(key, &[("places", &chinese)]);
            self.line(Words::new(key, text), Size::Body, Align::Left, false);
        }
    }

    /// Whose slip it is, masked (I8).
    pub(super) fn person(&mut self, person: &PersonLines) {
        let number = Words::personal("slip-person-number", person.number.clone());
        self.pair("slip-person-number", number);
        if let Some(name) = person.name.clone().filter(|name| !name.is_empty()) {
            self.pair("slip-name", Words::personal("slip-name", name));
        }
        if let Some(mobile) = person.mobile.clone() {
            self.pair("slip-mobile", Words::personal("slip-mobile", mobile));
        }
    }

    /// When something was done.
    pub(super) fn moment(&mut self, label_key: &'static str, moment: DateTime) {
        let value = self.told(label_key, |wording| words::moment(wording, moment));
        self.pair(label_key, value);
    }

    /// A campaign's text: in English where there is one and the reader is no Chinese reader, and in
    /// Chinese.
    pub(super) fn local(&self, field: &'static str, text: &LocalText) -> Words {
        match &text.english {
            Some(english) if self.is_foreign() && *english != text.chinese => {
                Words::new(field, format!("{english}\n{}", text.chinese))
            }
            _ => Words::new(field, text.chinese.clone()),
        }
    }

    /// A paragraph of a campaign's text under a title; nothing when it is empty.
    pub(super) fn local_part(&mut self, title_key: &'static str, text: &LocalText) {
        let words = self.local(title_key, text);
        if !words.text.is_empty() {
            self.say(title_key, &[], true);
            self.line(words, Size::Body, Align::Left, false);
        }
    }

    /// The help lines, the fraud warning (I11), and where and when it was printed.
    pub(super) fn foot(&mut self, slip: &Slip) {
        self.rule();
        self.say("slip-help-title", &[], true);
        for key in [
            "slip-help-vaccine",
            "slip-help-nhi",
            "slip-help-nhi-local",
            "slip-help-nhi-mobile",
            "slip-help-fraud",
        ] {
            // Numbers are read in any language: once is enough.
            let words = Words::new(key, self.own.text(key, &[]));
            self.line(words, Size::Small, Align::Left, false);
        }
        self.gap(4);
        self.say("slip-fraud", &[], true);
        self.rule();
        let place = self.chinese.text(
            "slip-printed",
            &[("place", &slip.place.chinese), ("terminal", &slip.terminal)],
        );
        self.line(
            Words::new("slip-printed", place),
            Size::Small,
            Align::Left,
            false,
        );
        let moment = words::moment(self.chinese, slip.printed_at);
        self.line(
            Words::new(
                "slip-printed-at",
                self.chinese.text("slip-printed-at", &[("moment", &moment)]),
            ),
            Size::Small,
            Align::Left,
            false,
        );
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
