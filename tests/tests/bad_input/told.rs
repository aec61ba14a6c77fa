//! What a program said when it ended.

use std::process::{Command, Output};

/// Runs a program to its end, with nothing on standard input and nothing of the test's environment
/// that would change what it does.
pub(crate) fn run(program: &'static str, arguments: &[&str]) -> Output {
    Command::new(stage::program::find(program).unwrap())
        .args(arguments)
        .env_remove("DATABASE_URL")
        .env_remove("CREDENTIALS_DIRECTORY")
        .env_remove("RUST_LOG")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}

/// The program ended with this status and one sentence that holds all these words; gives it.
#[track_caller]
pub(crate) fn refused(output: &Output, status: i32, words: &[&str]) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(status), "{said}");
    assert!(output.stdout.is_empty(), "an answer beside the refusal");
    let sentence = said.trim_end();
    assert!(!sentence.contains('\n'), "more than a sentence: {said}");
    let named = ["kiosk: ", "central: "]
        .iter()
        .any(|name| sentence.starts_with(name));
    assert!(named, "{sentence}");
    // A panic or the debug form of an error is no sentence.
    for shape in ["panicked", "RUST_BACKTRACE", " { ", "Error("] {
        assert!(!sentence.contains(shape), "{sentence}");
    }
    for word in words {
        assert!(sentence.contains(word), "no {word:?} in: {sentence}");
    }
    sentence.to_owned()
}

/// The line, from 1, on which a text first stands in a file's text.
pub(crate) fn line_of(file: &str, text: &str) -> usize {
    file.lines()
        .position(|line| line.contains(text))
        .map(|index| index + 1)
        .unwrap()
}
