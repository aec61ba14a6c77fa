//! Every field of every campaign file, deleted and retyped: refused whole, with line and field.

use toml::{Table, Value};
use wire::campaign_file::{CampaignFileError, FieldProblem, load};

use crate::ALL;

/// A step on the way to a field.
#[derive(Clone)]
enum Step {
    Key(String),
    /// The first of a list: its others are alike.
    First,
}

/// Every field below a table, each with its way.
fn fields(table: &Table, way: &[Step], found: &mut Vec<Vec<Step>>) {
    for (key, value) in table {
        let mut way = way.to_vec();
        way.push(Step::Key(key.clone()));
        found.push(way.clone());
        below(value, &way, found);
    }
}

fn below(value: &Value, way: &[Step], found: &mut Vec<Vec<Step>>) {
    match value {
        Value::Table(table) => fields(table, way, found),
        Value::Array(list) => {
            if let Some(first) = list.first() {
                let mut way = way.to_vec();
                way.push(Step::First);
                below(first, &way, found);
            }
        }
        _ => {}
    }
}

fn path(way: &[Step]) -> String {
    way.iter().fold(String::new(), |path, step| match step {
        Step::Key(key) if path.is_empty() => key.clone(),
        Step::Key(key) => format!("{path}.{key}"),
        Step::First => format!("{path}[0]"),
    })
}

/// The table that holds the field, and the field's name.
fn holder<'a>(root: &'a mut Table, way: &[Step]) -> (&'a mut Table, String) {
    let (last, way) = way.split_last().unwrap();
    let mut value = None::<&'a mut Value>;
    let mut table = Some(root);
    for step in way {
        value = match step {
            Step::Key(key) => {
                let inside = match value {
                    Some(value) => value.as_table_mut().unwrap(),
                    None => table.take().unwrap(),
                };
                inside.get_mut(key)
            }
            Step::First => value.unwrap().as_array_mut().unwrap().first_mut(),
        };
    }
    let inside = match value {
        Some(value) => value.as_table_mut().unwrap(),
        None => table.take().unwrap(),
    };
    let Step::Key(key) = last else {
        panic!("a field has a name");
    };
    (inside, key.clone())
}

/// Whether a file without this field may be good.
fn optional(path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or(path);
    name.ends_with("_english")
        || matches!(
            name,
            "notice" | "born_from" | "born_until" | "counter_sale" | "traveller_sale"
        )
        || matches!(path, "vaccine" | "mask")
}

fn refused(text: &str, what: &str) -> (usize, String, FieldProblem) {
    match load(text, "mutated.toml") {
        Ok(_) => panic!("{what} was taken"),
        Err(error) => {
            let sentence = error.to_string();
            let CampaignFileError::Field {
                line,
                field,
                problem,
                ..
            } = error
            else {
                panic!("{what}: {sentence}");
            };
            assert!(sentence.contains(&format!("line {line}")) && sentence.contains(&field));
            (line, field, problem)
        }
    }
}

/// Protects every terminal: a campaign with any field missing is refused, and the field is named.
#[test]
fn any_deleted_field_is_named() {
    for (name, text) in ALL {
        let root: Table = text.parse().unwrap();
        let mut ways = Vec::new();
        fields(&root, &[], &mut ways);
        assert!(ways.len() > 40, "{name}");
        for way in ways {
            let mut root = root.clone();
            let (table, key) = holder(&mut root, &way);
            table.remove(&key);
            let field = path(&way);
            if optional(&field) {
                let _ = load(&root.to_string(), name);
                continue;
            }
            let (line, named, problem) = refused(&root.to_string(), &field);
            assert_eq!((named, problem), (field, FieldProblem::Missing), "{line}");
        }
    }
}

/// Protects every terminal: a field of another type is refused by its name and its line.
#[test]
fn any_retyped_field_is_named() {
    for (_, text) in ALL {
        let root: Table = text.parse().unwrap();
        let mut ways = Vec::new();
        fields(&root, &[], &mut ways);
        for way in ways {
            for strange in [Value::Boolean(true), Value::Float(0.5), Value::Integer(-1)] {
                let mut root = root.clone();
                let (table, key) = holder(&mut root, &way);
                table.insert(key.clone(), strange.clone());
                let (text, field) = (root.to_string(), path(&way));
                let (line, named, _) = refused(&text, &field);
                assert_eq!(named, field);
                let line = text.lines().nth(line - 1).unwrap();
                assert_eq!(line.trim(), format!("{key} = {strange}"), "{field}");
            }
        }
    }
}

/// Protects every terminal: a list with a stranger in it is refused.
#[test]
fn any_stranger_in_a_list_is_named() {
    for (_, text) in ALL {
        let root: Table = text.parse().unwrap();
        let mut ways = Vec::new();
        fields(&root, &[], &mut ways);
        for way in ways {
            let mut root = root.clone();
            let (table, key) = holder(&mut root, &way);
            let Some(Value::Array(list)) = table.get_mut(&key) else {
                continue;
            };
            list.insert(0, Value::Boolean(false));
            let (_, named, _) = refused(&root.to_string(), &path(&way));
            assert_eq!(named, format!("{}[0]", path(&way)));
        }
    }
}
