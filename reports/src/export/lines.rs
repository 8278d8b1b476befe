//! Statements as lines: what logs, what is a block, and what fits on one line.

use bgfspec_report::javascript::{Lines, block};
use bgfspec_report::printable;

/// A line is broken where it is longer, if that is possible.
const WIDTH: usize = 110;

/// Separates the entries that one statement logs, until a program is finished.
pub(super) const NEXT: &str = "\u{1}, ";

/// A statement that logs.
pub(super) fn push(entries: &[String]) -> String {
    format!("log.push({});", entries.join(NEXT))
}

/// The entries that a statement logs, if it does nothing else.
pub(super) fn logged(line: &str) -> Option<Vec<&str>> {
    Some(line.strip_prefix("log.push(")?.strip_suffix(");")?.split(NEXT).collect())
}

/// Returns whether a line uses a name.
pub(super) fn uses(line: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    line.match_indices(name).any(|(at, _)| {
        let before = &line[..at];
        !before.ends_with(is_word)
            && (!before.ends_with('.') || before.ends_with("..."))
            && !line[at + name.len()..].starts_with(is_word)
    })
}

/// Returns a statement that may throw, and the statements that follow an exception.
pub(super) fn try_catch(inside: String, after: &[String]) -> Lines {
    let catch = if after.is_empty() { "catch {".to_owned() } else { "catch (error) {".to_owned() };
    let one = format!("try {{ {inside} }} {catch} {} }}", after.join(" ")).replace("{  }", "{}");
    if one.len() <= WIDTH && !inside.contains('\n') {
        return vec![one];
    }
    let mut lines = block("try {", inside.lines().map(str::to_owned).collect(), &format!("}} {catch}"));
    lines.extend(after.iter().map(|line| format!("  {line}")));
    lines.push("}".to_owned());
    lines
}

/// A block, on one line if it holds one or two short statements.
pub(super) fn short_block(open: &str, lines: Lines, close: &str) -> Lines {
    match lines.as_slice() {
        [only] if open.len() + only.len() + close.len() + 2 <= WIDTH => {
            vec![format!("{open} {only} {close}")]
        }
        [one, other] if is_whole(one) && is_whole(other) && open.len() + one.len() + other.len() <= WIDTH - 10 => {
            vec![format!("{open} {one} {other} {close}")]
        }
        _ => block(open, lines, close),
    }
}

/// Whether a line is a statement of its own.
fn is_whole(line: &str) -> bool {
    line.ends_with(';') && !line.starts_with([' ', '}', ']'])
}

/// An arrow function as an argument, without braces if it is one expression.
pub(super) fn arrow_block(open: &str, lines: Lines, close: &str) -> Lines {
    match lines.as_slice() {
        [] => vec![format!("{open} {{}}{close}")],
        [only] if is_expression(only) && open.len() + only.len() + close.len() <= WIDTH => {
            vec![format!("{open} {}{close}", only.trim_end_matches(';'))]
        }
        _ => block(&format!("{open} {{"), lines, &format!("}}{close}")),
    }
}

fn is_expression(statement: &str) -> bool {
    let words = ["const ", "let ", "class ", "try ", "throw ", "return ", "if ", "({"];
    statement.ends_with(';') && !words.iter().any(|word| statement.starts_with(word))
}

/// Lines with the expected entries of a log, from an opening to a closing text.
pub(super) fn array(open: &str, entries: &[String], close: &str) -> Lines {
    let one = format!("{open}[{}]{close}", entries.join(", "));
    if one.len() <= WIDTH {
        return vec![one];
    }
    let mut lines = vec![format!("{open}[")];
    let mut line = String::new();
    for entry in entries {
        if !line.is_empty() && line.len() + entry.len() + 4 > WIDTH {
            lines.push(format!("  {}", line.trim_end()));
            line.clear();
        }
        line += &format!("{entry}, ");
    }
    lines.push(format!("  {}", line.trim_end().trim_end_matches(',')));
    lines.push(format!("]{close}"));
    lines
}

/// Lines that declare several permitted logs, to a closing text.
pub(super) fn several(logs: &[Vec<String>], close: &str) -> Lines {
    let all = logs.iter().flat_map(|log| array("", log, ","));
    let comment = "// Each of these is permitted.".to_owned();
    std::iter::once(comment).chain(block("const permitted = [", all.collect(), close)).collect()
}

/// Returns the text of a file.
pub(super) fn finished(lines: &[String]) -> String {
    printable::source(&(lines.join("\n") + "\n").replace('\u{1}', ""))
}
