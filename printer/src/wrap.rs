//! Where lines may end, by the rules of Unicode: not before 「、」 or after 「（」, not within a word or
//! a telephone number, and in Thai, which writes no spaces, between words.

use std::borrow::Cow;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

use crate::cell;

/// A text in lines of at most so many narrow places. Spaces at the end of a line are dropped; a
/// word longer than a line is broken where the line ends.
#[must_use]
pub fn lines(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for part in parts(paragraph) {
            if !line.is_empty()
                && cell::columns_of(&line) + cell::columns_of(part.trim_end()) > columns
            {
                lines.push(line.trim_end().to_owned());
                line.clear();
            }
            for character in part.chars() {
                if cell::columns_of(&line) + cell::columns(character) > columns && character != ' '
                {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(character);
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// As [`lines`], with as many lines but of even length: a heading of two lines looks like one.
#[must_use]
pub fn even_lines(text: &str, columns: usize) -> Vec<String> {
    let widest = lines(text, columns);
    (1..columns)
        .map(|narrower| lines(text, narrower))
        .find(|lines| {
            lines.len() <= widest.len()
                && lines.iter().all(|line| cell::columns_of(line) <= columns)
                && !breaks_a_word(text, lines)
        })
        .unwrap_or(widest)
}

/// The text with a mark (U+200B) wherever a line may end, where a shaper would not know by itself.
#[must_use]
pub fn marked(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_thai) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(parts(text).collect::<Vec<_>>().join("\u{200B}"))
}

/// Whether the character is Thai.
#[must_use]
pub const fn is_thai(character: char) -> bool {
    matches!(character, '\u{E00}'..='\u{E7F}')
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let options = LineBreakOptions::default();
    let segmenter = if text.chars().any(is_thai) {
        LineSegmenter::new_lstm(options)
    } else {
        LineSegmenter::new_for_non_complex_scripts(options)
    };
    let ends: Vec<usize> = segmenter.segment_str(text).collect();
    ends.windows(2)
        .map(|pair| &text[pair[0]..pair[1]])
        .collect::<Vec<_>>()
        .into_iter()
}

/// Whether some line ends where none may.
fn breaks_a_word(text: &str, lines: &[String]) -> bool {
    let allowed: Vec<usize> = parts(text)
        .scan(0, |columns, part| {
            *columns += cell::columns_of(&part.replace(' ', ""));
            Some(*columns)
        })
        .collect();
    let mut columns = 0;
    lines.iter().any(|line| {
        columns += cell::columns_of(&line.replace(' ', ""));
        !allowed.contains(&columns)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects reading: no line begins with a closing mark, no number or word is broken, and
    /// nothing is lost.
    #[test]
    fn lines_end_where_people_expect() {
        for columns in 16..48 {
            for text in [
                "接到可疑電話請撥 165。我們不會以電話或簡訊要求您轉帳（匯款），也不會請您提供密碼。",
                "Please bring your health card, an ID and this slip: 0800-030-598.",
            ] {
                let lines = lines(text, columns);
                let whole: String = lines.concat();
                assert_eq!(whole.replace(' ', ""), text.replace(' ', ""));
                for line in &lines {
                    assert!(cell::columns_of(line) <= columns, "{line}");
                    assert!(
                        !line.starts_with(['。', '，', '）', '、', ',', '.']),
                        "{line}"
                    );
                    assert!(!line.ends_with('（'), "{line}");
                }
                assert!(!text.contains("0800") || whole.contains("0800-030-598"));
            }
        }
    }

    /// Protects large dates: two lines of about the same length, broken before the weekday.
    #[test]
    fn headings_break_evenly() {
        let lines = even_lines("115年4月10日（星期五）", 16);
        assert_eq!(lines, ["115年4月10日", "（星期五）"]);
        assert_eq!(even_lines("預約成功", 16), ["預約成功"]);
        assert_eq!(lines_of_a_long_word(), ["ABCDEFGH", "IJ"]);
    }

    fn lines_of_a_long_word() -> Vec<String> {
        lines("ABCDEFGHIJ", 8)
    }

    /// Protects Thai readers: lines may end between words, and only there.
    #[test]
    fn thai_words_stay_whole() {
        let marked = marked("โปรดรอคำตอบ อย่าเพิ่งไปที่สถานที่ฉีด");
        let words: Vec<&str> = marked.split('\u{200B}').collect();
        assert!(words.contains(&"โปรด") && words.len() > 6, "{words:?}");
        assert!(!words.iter().any(|word| word.starts_with('\u{E34}')));
    }
}
