//! Ends what this program has started where it can't do so itself: it was killed, or Ctrl-C came a second time.
//!
//! A small shell waits for the end of a pipe that nobody but this program holds open. It has a process group of its own, so
//! that what ends this program's group spares it. Where there is no such shell, nothing watches.

use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Told that all went well it ends; if its input just ends, it kills the groups and takes the folder away. Who was killed may
/// still write there for a moment.
const SCRIPT: &str = r#"
trap '' HUP INT TERM
folder=$1; shift
if read -r word; then exit; fi
for group; do kill -s KILL -- "-$group"; done
if [ -n "$folder" ]; then rm -rf -- "$folder" || { sleep 1; rm -rf -- "$folder"; }; fi
"#;

/// Watches over process groups and a folder, as long as it is there.
#[derive(Debug)]
pub(super) struct Watchdog(Option<Child>);

impl Watchdog {
    /// Watches over these groups, and over a folder that is to go with them.
    pub(super) fn over(groups: &[u32], folder: Option<&Path>) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", SCRIPT, "sh"]).arg(folder.unwrap_or(Path::new("")));
        command
            .args(groups.iter().map(u32::to_string))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // A folder that is to go must not be where somebody is.
        command.current_dir("/");
        #[cfg(unix)]
        let child = std::os::unix::process::CommandExt::process_group(&mut command, 0).spawn().ok();
        #[cfg(not(unix))]
        let child = None;
        Watchdog(child)
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        use std::io::Write as _;
        let Some(child) = &mut self.0 else { return };
        let _ = child.stdin.take().map(|mut stdin| stdin.write_all(b"done\n"));
        let _ = child.wait();
    }
}
