//! Where hosts and packages are on this machine, and the files that start the agent in them.

use std::path::{Path, PathBuf};

use bgfspec::adapter::AdapterError;

/// A program that may be on this machine.
pub(super) struct Program {
    /// Its name on the search path.
    pub(super) name: &'static str,
    /// Its file in the packages that are pinned, by platform.
    pub(super) pinned: &'static [&'static str],
}

impl Program {
    /// Where it is: the pinned one if that is installed, else what the search path has.
    pub(super) fn find(&self) -> Result<PathBuf, String> {
        let folder = pinned();
        let pinned = self.pinned.iter().map(|file| folder.join(file)).find(|file| file.is_file());
        pinned
            .or_else(|| on_search_path(self.name))
            .ok_or_else(|| format!("`{}` is neither installed beside the agents nor on the search path", self.name))
    }
}

/// A program that was asked for by its path.
pub(super) fn program_at(path: &Path) -> Result<PathBuf, String> {
    if path.is_file() { Ok(path.to_owned()) } else { Err(format!("there is no file `{}`", path.display())) }
}

/// A package's folder that was asked for by its path.
pub(super) fn folder_at(path: &Path) -> Result<PathBuf, String> {
    if path.is_dir() { Ok(path.to_owned()) } else { Err(format!("there is no folder `{}`", path.display())) }
}

/// The folder of a pinned package.
pub(super) fn package(name: &str) -> Result<PathBuf, String> {
    let folder = pinned().join(name);
    if folder.is_dir() { Ok(folder) } else { Err(format!("the package `{name}` is not installed beside the agents")) }
}

/// The folder of packages: that into which `agents/install.sh` installs, of the source tree from which this command was built or of
/// one in the current directory; or what the current directory has of its own, for whoever installed the command without its source.
fn pinned() -> PathBuf {
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR")).join("agents/node_modules");
    let folders = [built_from, PathBuf::from("conformance/agents/node_modules")];
    folders.into_iter().find(|folder| folder.is_dir()).unwrap_or_else(|| PathBuf::from("node_modules"))
}

/// A program under one of these names.
pub(super) fn any_on_search_path(programs: &[&str]) -> Result<PathBuf, String> {
    let found = programs.iter().find_map(|program| on_search_path(program));
    found.ok_or_else(|| format!("`{}` is not on the search path", programs.join("` or `")))
}

fn on_search_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).chain(helper_folders()).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// Where WebKitGTK's packages keep its programs, the newest first.
fn helper_folders() -> Vec<PathBuf> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
    };
    let is_webkit =
        |folder: &PathBuf| folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with("webkit2gtk-"));
    let roots = ["/usr/libexec", "/usr/lib"].map(Path::new);
    let mut folders: Vec<PathBuf> = roots.into_iter().flat_map(entries).collect();
    let inner: Vec<PathBuf> = folders.iter().flat_map(|folder| entries(folder)).collect();
    folders.extend(inner);
    folders.retain(is_webkit);
    folders.sort();
    folders.reverse();
    folders
}

/// A folder with the agents' files, which goes with whoever holds it.
pub(super) fn agents() -> Result<tempfile::TempDir, AdapterError> {
    macro_rules! files {
        ($($name:literal),*) => { [$(($name, include_str!(concat!("../../../agents/", $name)))),*] };
    }
    let files = files!["agent.js", "lines.js", "stdio.js", "node.js", "deno.js", "bun.js", "workerd.js", "library.js"];
    let write = || {
        let folder = tempfile::Builder::new().prefix("bgfspec-").tempdir()?;
        // Node looks for one in the folders above too, and what stands in a temporary folder is anybody's.
        std::fs::write(folder.path().join("package.json"), "{}")?;
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text)?;
        }
        Ok(folder)
    };
    write().map_err(|error: std::io::Error| {
        AdapterError(format!("can't write the agent's files to a temporary folder: {error}"))
    })
}
