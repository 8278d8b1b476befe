//! Quirks of `getIds()`.

use crate::atom::Atom;
use crate::background_fetch::get_ids::{GetIds, resolve};
use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::quirk::hook::quirks;

quirks! {
    GetIds, "background-fetch/getIds()" => (), |v, m, h, holds|;

    written {
        "ids-of-all" "BGR" at "2" []:
            "getIds() gives the ids of background fetches that have ended too." {
                instead "2" => resolve_otherwise(m, v);
            }
        "ids-reversed" "BGR" at "2" []:
            "getIds() gives the ids from the newest to the oldest." {
                instead "2" => resolve_otherwise(m, v);
            }
        "ids-sorted" "BGR" at "2" []:
            "getIds() gives the ids in alphabetical order." {
                instead "2" => resolve_otherwise(m, v);
            }
    }
}

fn resolve_otherwise(m: &mut Machine, v: &GetIds) {
    let ids = m.registration(v.registration).active_background_fetches.iter().map(|(id, _)| *id);
    let mut ids: Vec<Atom> = ids.collect();
    if m.meets(const { Quirk::of("ids-of-all") }) {
        ids = m.background_fetches.iter().map(|fetch| fetch.id).collect();
    }
    if m.meets(const { Quirk::of("ids-reversed") }) {
        ids.reverse();
    }
    if m.meets(const { Quirk::of("ids-sorted") }) {
        ids.sort_by_key(|id| m.atoms.text(*id).to_owned());
    }
    resolve(m, v.promise, v.realm, ids);
}
