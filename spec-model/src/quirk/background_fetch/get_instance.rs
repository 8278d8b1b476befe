//! Quirks of get a BackgroundFetchRegistration instance.

use crate::background_fetch::FetchResult;
use crate::background_fetch::get_instance::GetInstance;
use crate::background_fetch::registration::instance_mut;
use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::value::ObjectId;

quirks! {
    GetInstance, "background-fetch/get a BackgroundFetchRegistration instance" => ObjectId, |v, m, h, holds|;

    named {
        "instance-per-use" "BGR CLK BGE" never "2":
            "A new object stands for a background fetch each time that it is asked for.";
    }

    written {
        "instance-shared" "BGR" at "3" []:
            "All realms share one object for a background fetch." {
                ends "3" if of_any_realm(m, v).is_some() => of_any_realm(m, v).expect("the guard has looked");
            }
        "totals-zero" "BGR" at "3" []:
            "uploadTotal and downloadTotal are 0." {
                after "3" => if let Some(object) = v.instance {
                    let instance = instance_mut(m, object);
                    (instance.upload_total, instance.download_total) = (0.0, 0.0);
                };
            }
    }

    also {
        "result-untold" {
            after "3" => if let Some(object) = v.instance {
                instance_mut(m, object).result = FetchResult::Pending;
            };
        }
    }
}

/// The object that stands for the background fetch in any realm.
fn of_any_realm(m: &Machine, v: &GetInstance) -> Option<ObjectId> {
    let mut instances = m.realms.iter().flat_map(|realm| &realm.instances);
    instances.find(|(of, _)| *of == v.bg_fetch).map(|(_, object)| *object)
}
