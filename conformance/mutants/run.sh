#!/bin/sh
# Mutants of the model by cargo-mutants, judged by the catalogue: `sh conformance/mutants/run.sh [ARGUMENT OF cargo mutants]...`
#
# A mutated model must not judge itself. So a small workspace is made under target/mutants with a copy of the model, what plays scenarios on
# it, and the traces that the model permits before it is mutated; each mutant then plays the catalogue as the default run does. It has to be
# copied, since the package is to be small: it is built anew for each mutant. MUTANTS.md beside this folder says what came of it.
set -eu
cd "$(dirname "$0")/../.."
here=conformance/mutants
to=target/mutants

rm -rf "$to/model/src" "$to/parts/src"
mkdir -p "$to/model/src" "$to/parts/src" "$to/.cargo"
cp -R spec-model/src spec-model/steps.txt spec-model/definitions.txt "$to/model/"
for file in spec-model/*.txt; do cp "$file" "$to/model/"; done
cp -R conformance/src/reference "$to/model/src/reference"
cp -R conformance/src/scenario conformance/src/trace.rs conformance/src/names.rs conformance/src/catalogue/written.rs "$to/parts/src/"
cp "$here/played.rs" "$to/model/src/played.rs"
# What the reference asks of a scenario is another package's here.
find "$to/parts/src" -name '*.rs' -exec sed -i 's/pub(crate)/pub/' {} +
cp Cargo.lock "$to/Cargo.lock"

cat > "$to/Cargo.toml" <<'END'
[workspace]
members = ["model", "parts"]
resolver = "3"

[profile.dev]
debug = false
opt-level = 0

[profile.dev.package."*"]
opt-level = 2

[profile.dev.package.parts]
opt-level = 2
END

cat > "$to/model/Cargo.toml" <<'END'
[package]
name = "bgfspec-model"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
parts = { path = "../parts" }
serde = "1"
serde_json = { version = "1", features = ["raw_value", "preserve_order", "float_roundtrip"] }
sha2 = "0.10"
END
cat >> "$to/model/src/lib.rs" <<'END'

extern crate self as bgfspec_model;
#[cfg(test)]
mod played;
pub mod reference;
use parts::{names, scenario};
END

cat > "$to/parts/Cargo.toml" <<'END'
[package]
name = "parts"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
schemars = "1"
serde = { version = "1", features = ["derive"] }
serde_json = { version = "1", features = ["raw_value", "preserve_order", "float_roundtrip"] }
sha2 = "0.10"
strsim = "0.11"
END
cat > "$to/parts/src/lib.rs" <<'END'
pub mod names;
pub mod scenario;
pub mod trace;
pub mod written;
END

# What is no behaviour: the registry of steps, the list of quirks, the reasons for steps without code, and what only plays.
cat > "$to/.cargo/mutants.toml" <<'END'
exclude_globs = ["**/step.rs", "**/quirk.rs", "**/quirk/**", "**/status.rs", "**/status/**", "**/errata.rs", "**/reference/**", "**/played.rs", "parts/**"]
END

BGFSPEC_SCENARIOS="$PWD/conformance/catalogue/scenarios"
BGFSPEC_PERMITTED="$PWD/$to/permitted.json"
export BGFSPEC_SCENARIOS BGFSPEC_PERMITTED
cd "$to"
# A file that is put back must look newer than what was built of the mutant.
rm -f "$BGFSPEC_PERMITTED"
cargo test --quiet --package bgfspec-model --lib
cargo test --quiet --package bgfspec-model --lib
exec cargo mutants --in-place --package bgfspec-model --baseline skip --timeout 60 --build-timeout 300 "$@" -- --lib
