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
    text.split('\n')
        .flat_map(|paragraph| filled(&parts(paragraph), columns))
        .collect()
}

/// As [`lines`], with as many lines but broken where a reader would pause: at a space or before a
/// parenthesis where that is possible, otherwise so that they are of about the same length.
#[must_use]
pub fn even_lines(text: &str, columns: usize) -> Vec<String> {
    let widest = lines(text, columns);
    let parts = parts(text);
    let pauses = joined(&parts);
    for parts in [
        pauses.iter().map(String::as_str).collect::<Vec<_>>(),
        parts.clone(),
    ] {
        let longest = parts.iter().map(|part| cell::columns_of(part.trim_end()));
        let even = (longest.max().unwrap_or(0)..=columns)
            .map(|narrower| filled(&parts, narrower))
            .find(|lines| lines.len() <= widest.len());
        if let Some(even) = even {
            return even;
        }
    }
    widest
}

/// Lines filled with parts, as many as fit.
fn filled(parts: &[&str], columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for part in parts {
        if !line.is_empty() && cell::columns_of(&line) + cell::columns_of(part.trim_end()) > columns
        {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        for character in part.chars() {
            if cell::columns_of(&line) + cell::columns(character) > columns
                && !character.is_whitespace()
            {
                lines.push(std::mem::take(&mut line));
            }
            line.push(character);
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// Parts joined up to where a reader would pause.
fn joined(parts: &[&str]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for part in parts {
        match joined.last_mut() {
            Some(last) if !last.ends_with(char::is_whitespace) && !part.starts_with('（') => {
                last.push_str(part);
            }
            _ => joined.push((*part).to_owned()),
        }
    }
    joined
}

/// The text with a mark (U+200B) wherever a line may end, where a shaper would not know by itself.
#[must_use]
pub fn marked(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_thai) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(parts(text).join("\u{200B}"))
}

/// Whether the character is Thai.
#[must_use]
pub const fn is_thai(character: char) -> bool {
    matches!(character, '\u{E00}'..='\u{E7F}')
}

fn parts(text: &str) -> Vec<&str> {
    let options = LineBreakOptions::default();
    let segmenter = if text.chars().any(is_thai) {
        LineSegmenter::new_dictionary(options)
    } else {
        LineSegmenter::new_for_non_complex_scripts(options)
    };
    let ends: Vec<usize> = segmenter.segment_str(text).collect();
    ends.windows(2)
        .map(|pair| &text[pair[0]..pair[1]])
        .collect()
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
        assert_eq!(
            even_lines("115年3月28日 08:00 起", 16),
            ["115年3月28日", "08:00 起"]
        );
        assert_eq!(
            even_lines("下午 13:30～14:30", 16),
            ["下午", "13:30～14:30"]
        );
        assert_eq!(
            even_lines("臺北市中正區健康服務中心", 16),
            ["臺北市中正區", "健康服務中心"]
        );
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
