//! The functions that a program needs, of those that there are.

use super::program::indented;

const FILES: [&str; 2] = [include_str!("recorder.js"), include_str!("driver.js")];

/// Code one level deeper, with the functions that it uses below a comment.
pub(super) fn with_functions(code: &str, comment: &str) -> String {
    indented(&format!("{code}\n\n// {comment}\n\n{}", functions_for(code)))
}

/// The functions that a piece of code uses, and those that they use, in the order of the files.
pub(super) fn functions_for(code: &str) -> String {
    let all: Vec<(&str, &str)> = FILES.into_iter().flat_map(functions).collect();
    let mut taken = vec![false; all.len()];
    let mut open = vec![code];
    while let Some(code) = open.pop() {
        for (at, (name, text)) in all.iter().enumerate() {
            if !taken[at] && uses(code, name) {
                taken[at] = true;
                open.push(text);
            }
        }
    }
    let taken = all.iter().zip(taken).filter(|(_, taken)| *taken);
    taken.map(|((_, text), _)| format!("{text}\n}}\n")).collect::<Vec<_>>().join("\n")
}

/// Each function with the comment before it and without its last brace, by its name.
fn functions(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    // What the file says of itself is no function's.
    let (_, functions) = file.split_once("\n\n").unwrap_or_default();
    functions.trim_end().split("\n}").filter_map(|text| {
        let text = text.trim_start();
        let name = &text[text.find("function $")? + "function ".len()..];
        Some((name.split_once('(')?.0, text))
    })
}

/// Whether code calls or passes on the function of a name.
fn uses(code: &str, name: &str) -> bool {
    let is_whole = |at: usize| !code[at + name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
    code.match_indices(name).any(|(at, _)| is_whole(at))
}
