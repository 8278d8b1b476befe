//! Scripts in workerd: a worker that holds all of them and runs the one that a request names.

use std::path::PathBuf;
use std::process::Command;

use crate::hosts::{installed, node};

/// What each script says.
pub(crate) fn run_all(scripts: &[&str]) -> Result<Vec<String>, String> {
    let program = program().ok_or("workerd is not installed beside the agents")?;
    let node = node().ok_or("Node.js is not installed beside the agents")?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    // It makes no code from strings, so each script is a function of the worker's own.
    let functions: Vec<String> = scripts
        .iter()
        .map(|text| {
            let console = "const console = { log(line) { if (typeof line === \"string\") resolve(line); } };";
            format!("(resolve) => {{\n{console}\n{text}}}")
        })
        .collect();
    // Its process ends with an error where a script ends it.
    let worker = format!(
        "Object.defineProperty(globalThis, \"process\", {{ value: undefined }});\nconst scripts = [{}];\nexport default {{ async fetch(request) {{\n\
         const number = Number(new URL(request.url).pathname.slice(1));\n\
         return new Response(await new Promise(scripts[number]));\n}} }};\n",
        functions.join(",\n")
    );
    let files = [("worker.js", worker.as_str()), ("workerd.cjs", include_str!("workerd.js"))];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).map_err(|error| error.to_string())?;
    }
    let mut command = Command::new(node);
    command.arg(folder.path().join("workerd.cjs")).arg(program).arg(folder.path()).arg(scripts.len().to_string());
    let output = command.output().map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}

fn program() -> Option<PathBuf> {
    let folders = std::fs::read_dir(installed().join("@cloudflare")).ok()?.flatten();
    folders.map(|entry| entry.path().join("bin/workerd")).find(|path| path.is_file())
}
