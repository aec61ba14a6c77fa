//! Every SQL text of the centre stays inside what Citus, CockroachDB and YugabyteDB take as well
//! (ADR 0030): the migrations and all string literals of `src` are parsed and held to a list.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use proc_macro2::{TokenStream, TokenTree};
use sqlparser::ast::{
    AlterTableOperation, ColumnOption, CreateTable, Expr, Query, Statement, TableConstraint,
    TableFactor, Visit, Visitor,
};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

/// Functions each of them has.
const FUNCTIONS: &[&str] = &[
    "array_agg",
    "coalesce",
    "count",
    "exists",
    "greatest",
    "least",
    "length",
    "max",
    "min",
    "right",
    "string_to_array",
    "sum",
    "unnest",
];

/// Column types each of them has; no `serial`, which is a sequence.
const TYPES: &[&str] = &[
    "bigint",
    "boolean",
    "bytea",
    "date",
    "integer",
    "smallint",
    "text",
    "text[]",
    "timestamptz",
    "uuid",
];

/// Tables with a site whose key begins with something else: a person's claim, and the set of
/// numbers given out.
const CLAIMS: &[&str] = &["bookings", "booking_numbers"];

/// Protects the way beyond one machine: no sequence, trigger, function of our own, advisory lock,
/// row lock asked for, `NOT EXISTS`, or statement over a whole table comes in unnoticed.
#[test]
fn every_statement_stays_in_the_subset() {
    let mut found = 0;
    let mut wrong = Vec::new();
    for (place, text) in statements() {
        found += 1;
        wrong.extend(
            faults(&text)
                .into_iter()
                .map(|fault| format!("{place}: {fault}")),
        );
    }
    assert!(found > 100, "found only {found} statements");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Protects the test above: each thing that is refused is seen.
#[test]
fn what_lies_outside_is_seen() {
    for text in [
        "SELECT pg_advisory_xact_lock(1)",
        "SELECT remaining FROM slots WHERE site_id = $1 FOR UPDATE",
        "SELECT nextval('numbers')",
        "INSERT INTO slots (site_id) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM slots)",
        "INSERT INTO slots (site_id) VALUES ($1) ON CONFLICT DO NOTHING",
        "UPDATE slots SET remaining = 0",
        "DELETE FROM slots",
        "LOCK TABLE slots",
        "CREATE TABLE more (id serial PRIMARY KEY)",
        "CREATE TABLE more (id text)",
        "CREATE TABLE more (id text, site_id text, PRIMARY KEY (id, site_id))",
        "CREATE SEQUENCE numbers",
        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
        "SELECT 1 1",
    ] {
        assert!(!faults(text).is_empty(), "{text}");
    }
    for text in [
        "UPDATE slots SET remaining = remaining - $2 WHERE site_id = $1 AND remaining >= $2",
        "CREATE TABLE more (site_id text NOT NULL, id uuid, PRIMARY KEY (site_id, id))",
    ] {
        assert_eq!(faults(text), Vec::<String>::new());
    }
}

/// What of a text lies outside.
fn faults(text: &str) -> Vec<String> {
    match Parser::parse_sql(&PostgreSqlDialect {}, text) {
        Err(error) => vec![format!("does not parse: {error}: {text}")],
        Ok(statements) => {
            let mut judge = Judge::default();
            for statement in &statements {
                let _ = statement.visit(&mut judge);
                judge.statement(statement);
            }
            judge.faults
        }
    }
}

#[derive(Default)]
struct Judge {
    faults: Vec<String>,
}

impl Judge {
    fn refuse(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }

    fn function(&mut self, name: &str) {
        if !FUNCTIONS.contains(&name.to_lowercase().as_str()) {
            self.refuse(format!("function {name}"));
        }
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Query(_) | Statement::CreateIndex(_) => {}
            Statement::Insert(insert) => {
                if let Some(sqlparser::ast::OnInsert::OnConflict(conflict)) = &insert.on
                    && conflict.conflict_target.is_none()
                {
                    self.refuse("ON CONFLICT without its columns");
                }
            }
            Statement::Update(update) => {
                if update.selection.is_none() {
                    self.refuse("UPDATE of a whole table");
                }
            }
            Statement::Delete(delete) => {
                if delete.selection.is_none() {
                    self.refuse("DELETE of a whole table");
                }
            }
            Statement::CreateTable(table) => self.table(table),
            Statement::AlterTable(alter) => {
                for operation in &alter.operations {
                    self.alteration(operation);
                }
            }
            other => self.refuse(format!("statement {other}")),
        }
    }

    fn alteration(&mut self, operation: &AlterTableOperation) {
        match operation {
            AlterTableOperation::AddColumn { column_def, .. } => {
                self.column_type(&column_def.data_type.to_string());
            }
            AlterTableOperation::RenameColumn { .. }
            | AlterTableOperation::DropColumn { .. }
            | AlterTableOperation::AddConstraint { .. }
            | AlterTableOperation::DropConstraint { .. }
            | AlterTableOperation::AlterColumn { .. } => {}
            other => self.refuse(format!("alteration {other}")),
        }
    }

    fn column_type(&mut self, name: &str) {
        if !TYPES.contains(&name.to_lowercase().as_str()) {
            self.refuse(format!("column type {name}"));
        }
    }

    fn table(&mut self, table: &CreateTable) {
        let name = table.name.to_string();
        let mut key: Vec<String> = Vec::new();
        for column in &table.columns {
            self.column_type(&column.data_type.to_string());
            for option in &column.options {
                if matches!(option.option, ColumnOption::PrimaryKey(_)) {
                    key.push(column.name.to_string());
                }
            }
        }
        for constraint in &table.constraints {
            if let TableConstraint::PrimaryKey(primary) = constraint {
                key.extend(primary.columns.iter().map(ToString::to_string));
            }
        }
        let has_site = table
            .columns
            .iter()
            .any(|column| column.name.to_string() == "site_id");
        match key.first() {
            None => self.refuse(format!("table {name} has no primary key")),
            Some(first) if has_site && first != "site_id" && !CLAIMS.contains(&name.as_str()) => {
                self.refuse(format!("the key of {name} does not begin with the site"));
            }
            Some(_) => {}
        }
    }
}

impl Visitor for Judge {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if !query.locks.is_empty() {
            self.refuse("a row lock asked for");
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Function(function) => self.function(&function.name.to_string()),
            Expr::Exists { negated: true, .. } => self.refuse("NOT EXISTS"),
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        match factor {
            TableFactor::Table {
                name,
                args: Some(_),
                ..
            }
            | TableFactor::Function { name, .. } => self.function(&name.to_string()),
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

/// Every statement's place and text.
fn statements() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut statements: Vec<(String, String)> = Vec::new();
    for path in files(&root.join("migrations"), "sql") {
        let text = std::fs::read_to_string(&path).unwrap();
        statements.push((place(&path), text));
    }
    for path in files(&root.join("src"), "rs") {
        let text = std::fs::read_to_string(&path).unwrap();
        let tokens = TokenStream::from_str(&text).unwrap();
        let mut literals = Vec::new();
        let mut constants = BTreeMap::new();
        collect(tokens, &mut literals, &mut constants);
        for literal in literals {
            let text = filled(&literal, &constants);
            if is_statement(&text) {
                statements.push((place(&path), text));
            }
        }
    }
    statements
}

fn place(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn files(folder: &Path, ending: &str) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|name| name == ending) {
            found.insert(path);
        }
    }
    found
}

/// All string literals, and the named ones among them.
fn collect(
    tokens: TokenStream,
    literals: &mut Vec<String>,
    constants: &mut BTreeMap<String, String>,
) {
    let mut constant: Option<String> = None;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => collect(group.stream(), literals, constants),
            TokenTree::Ident(word) if word == "const" => {
                constant = tokens.peek().map(ToString::to_string);
            }
            TokenTree::Literal(literal) => {
                let stream = TokenStream::from(TokenTree::Literal(literal));
                if let Ok(text) = syn::parse2::<syn::LitStr>(stream) {
                    if let Some(name) = constant.take() {
                        constants.insert(name, text.value());
                    }
                    literals.push(text.value());
                }
            }
            TokenTree::Punct(mark) if mark.as_char() == ';' => constant = None,
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// A format string with the file's own constants, and `people`'s columns, in their places.
fn filled(literal: &str, constants: &BTreeMap<String, String>) -> String {
    let columns = ("PERSON_COLUMNS".to_owned(), "person.person_id".to_owned());
    constants
        .iter()
        .chain([(&columns.0, &columns.1)])
        .fold(literal.replace("{}", "1"), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
}

fn is_statement(text: &str) -> bool {
    const FIRST_WORDS: &[&str] = &[
        "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "CREATE", "ALTER", "DROP", "LOCK", "SET",
        "TRUNCATE", "MERGE", "COPY", "CALL", "DO",
    ];
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    FIRST_WORDS.contains(&first) && words.next().is_some()
}
