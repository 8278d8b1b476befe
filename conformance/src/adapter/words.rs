//! What a program says beside its work: the end of its standard error, kept for people.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// The end of what comes from a stream, read in a thread of its own so that whoever writes is never held up.
#[derive(Debug)]
pub(super) struct Words {
    kept: Arc<Mutex<VecDeque<u8>>>,
    reader: JoinHandle<()>,
}

impl Words {
    /// Keeps so many bytes of the end of a stream.
    pub(super) fn of(mut stream: impl Read + Send + 'static, most: usize) -> Self {
        let kept = Arc::new(Mutex::new(VecDeque::new()));
        let into = Arc::clone(&kept);
        let reader = std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = stream.read(&mut buffer) {
                let mut kept = lock(&into);
                kept.extend(&buffer[..count]);
                let surplus = kept.len().saturating_sub(most);
                kept.drain(..surplus);
            }
        });
        Words { kept, reader }
    }

    /// Whether nothing has come yet.
    pub(super) fn is_empty(&self) -> bool {
        lock(&self.kept).is_empty()
    }

    /// Whether nothing can come any more.
    pub(super) fn is_finished(&self) -> bool {
        self.reader.is_finished()
    }

    /// What is kept.
    pub(super) fn text(&self) -> String {
        let bytes: Vec<u8> = lock(&self.kept).iter().copied().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// How a program ended and, if it said anything, what it said last.
pub(super) fn end(status: &str, words: &str) -> String {
    let last = words.lines().last().map(|line| format!(": {line}")).unwrap_or_default();
    format!("{status}{last}")
}

/// A panic of the other thread leaves nothing half done.
fn lock(kept: &Mutex<VecDeque<u8>>) -> MutexGuard<'_, VecDeque<u8>> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
