//! Quirks of `get()`.

use crate::background_fetch::get::Get;
use crate::background_fetch::queue_a_bgfetch_task::queue_a_bgfetch_task;
use crate::ecmascript::promise::Settlement;
use crate::html::event_loop::Task;
use crate::quirk::hook::quirks;
use crate::value::Value;

quirks! {
    Get, "background-fetch/get(id)" => (), |v, m, h, holds|;

    written {
        "empty-id-refused" "BGR" at "2" []:
            "get() rejects with a TypeError for an empty id." {
                ends "2" if m.atoms.text(v.id).is_empty() => {
                    m.current = v.realm;
                    let error = m.type_error();
                    queue_a_bgfetch_task(m, v.realm, Task::Settle(v.promise, Settlement::Reject(error)));
                };
            }
        "get-gives-null" "BGR" at "3" []:
            "get() gives null where there is no such fetch." {
                instead "3" => queue_a_bgfetch_task(m, v.realm, Task::Settle(v.promise, Settlement::Resolve(Value::Null)));
            }
    }
}
