//! Every rule has a test that bears its number, and the documentation names tests that exist.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rules by letter and how many there are of each.
const RULES: &[(char, u32)] = &[('i', 13), ('v', 13), ('m', 19), ('r', 8), ('c', 4)];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            sources(&path, found);
        } else if name.ends_with(".rs") {
            found.push(path);
        }
    }
}

/// Names of functions under a `#[test]` or `#[tokio::test]`, or in a property test's block.
fn test_names() -> BTreeSet<String> {
    let mut files = Vec::new();
    sources(&root(), &mut files);
    let mut names = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
                is_test = true;
            } else if is_test && let Some(name) = function_name(line) {
                names.insert(name);
                is_test = false;
            }
        }
    }
    names
}

fn function_name(line: &str) -> Option<String> {
    let rest = line.split_once("fn ")?.1;
    Some(rest.split('(').next()?.to_owned())
}

/// `m3_m6_nobody_buys_twice` bears M3 and M6.
fn rules_of(name: &str) -> Vec<String> {
    let is_rule = |word: &&str| {
        let (letter, digits) = word.split_at(word.len().min(1));
        !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && RULES.iter().any(|(known, _)| letter == known.to_string())
    };
    let words = name.split('_').take_while(is_rule);
    words.map(str::to_uppercase).collect()
}

/// Protects the rules: none is without a test that bears its number.
#[test]
fn every_rule_has_a_test() {
    let mut tests_of: BTreeMap<String, usize> = BTreeMap::new();
    for name in test_names() {
        for rule in rules_of(&name) {
            *tests_of.entry(rule).or_default() += 1;
        }
    }
    let numbered = RULES.iter().flat_map(|(letter, count)| {
        let letter = letter.to_ascii_uppercase();
        (1..=*count).map(move |number| format!("{letter}{number}"))
    });
    let missing: Vec<String> = numbered
        .filter(|rule| !tests_of.contains_key(rule))
        .collect();
    assert!(missing.is_empty(), "no test bears {missing:?}");
}

/// Protects whoever reads docs/rules.md: each rule has its line, and each test named there exists.
#[test]
fn the_documentation_names_tests_that_exist() {
    let names = test_names();
    let text = std::fs::read_to_string(root().join("docs/rules.md")).unwrap();
    let mut lines = 0;
    for line in text.lines().filter(|line| line.starts_with("| ")).skip(2) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (rule, tests) = (cells[1], cells[3]);
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "{rule}");
        for name in named {
            assert!(names.contains(name), "{rule}: no test {name}");
            assert!(rules_of(name).contains(&rule.to_owned()), "{rule}: {name}");
        }
        lines += 1;
    }
    assert_eq!(lines, RULES.iter().map(|(_, count)| count).sum::<u32>());
}
