//! Text that shows what it holds.
//!
//! Control characters can drive a terminal, and bidirectional or invisible ones can make a line read as another; they
//! are shown by their number. Escaping for a format (HTML, Markdown, JavaScript) comes after this and is elsewhere.

/// The text on one line.
#[must_use]
pub fn line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        push(&mut shown, c);
    }
    shown
}

/// The text on as many lines as it has.
#[must_use]
pub fn block(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' { shown.push(c) } else { push(&mut shown, c) }
    }
    shown
}

/// JSON or JavaScript in which the treacherous characters of string literals are escaped as these languages do.
/// Line feeds stay: in either language they stand only between tokens.
#[must_use]
pub fn source(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_treacherous(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                shown += &format!("\\u{unit:04x}");
            }
        } else {
            shown.push(c);
        }
    }
    shown
}

/// The text in at most `width` characters, with an ellipsis where it was cut.
#[must_use]
pub fn shorten(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(width.saturating_sub(1)).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

/// The text in lines of so many characters, broken at spaces where there are any. Nothing is cut.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut lines = Vec::new();
    let mut rest = characters.as_slice();
    while rest.len() > width {
        let at = rest[..=width].iter().rposition(|c| *c == ' ').filter(|at| *at > 0).unwrap_or(width);
        lines.push(rest[..at].iter().collect());
        rest = &rest[at..];
        while let [' ', after @ ..] = rest {
            rest = after;
        }
    }
    lines.push(rest.iter().collect());
    lines
}

/// The text on one line, cut after so many characters with a remark: nobody reads ten megabytes, and a page should open.
#[must_use]
pub fn brief(text: &str, most: usize) -> String {
    cut(text, most, line)
}

/// The same on as many lines as the text has.
#[must_use]
pub fn brief_block(text: &str, most: usize) -> String {
    cut(text, most, block)
}

fn cut(text: &str, most: usize, shown: fn(&str) -> String) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}… (cut here, of {} bytes)", shown(&text[..end]), text.len()),
        None => shown(text),
    }
}

/// A number with what it counts.
#[must_use]
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A duration, for people.
#[must_use]
pub fn duration(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    match milliseconds {
        0..1_000 => format!("{milliseconds} ms"),
        1_000..60_000 => format!("{seconds}.{} s", milliseconds % 1000 / 100),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// The text as one word of a POSIX shell's command, because such commands are made to be copied.
#[must_use]
pub fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@+,".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// Whether the address may become a link: anything but the web may run script.
#[must_use]
pub fn is_web_address(address: &str) -> bool {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
        && !address.chars().any(|c| c.is_whitespace() || is_treacherous(c))
}

fn push(shown: &mut String, c: char) {
    match c {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        _ if is_treacherous(c) => shown.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
        _ => shown.push(c),
    }
}

/// Whether the character, shown as itself, could hide or move what stands around it.
fn is_treacherous(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}
