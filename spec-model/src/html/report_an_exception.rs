//! Report an exception. <https://html.spec.whatwg.org/multipage/webappapis.html#report-an-exception>

use crate::atom;
use crate::dom::event::{ErrorInformation, Payload};
use crate::dom::fire_an_event::fire_an_event;
use crate::html::extract_error_information::extract_error_information;
use crate::machine::{Host, Machine, Observed};
use crate::step::Algorithm;
use crate::value::{RealmId, Value};
use crate::watch::{branch, set, step};
use crate::web_idl::interfaces::Interface;

const ALGORITHM: Algorithm = Algorithm::of("html/report an exception");

/// The variables of report an exception.
pub(crate) struct ReportAnException {
    pub(crate) exception: Value,
    /// The realm of the global object.
    pub(crate) global: RealmId,
    pub(crate) error_info: ErrorInformation,
}

/// Reports an exception for the global object of a realm.
pub fn report_an_exception(m: &mut Machine, h: &mut impl Host, exception: Value, global: RealmId) {
    let mut v = ReportAnException { exception, global, error_info: ErrorInformation::of(Value::Undefined) };
    // 1. Unobservable: only a developer console shows whether the event was canceled.
    set!(m, h, v, "2", v.error_info = extract_error_information(m, exception));
    // 3, 4. Out of scope: no script in scope has muted errors.
    // 5. Out of scope: only for the object of a dedicated worker is the error omitted.
    if branch!(m, v, "6", !m.realm(global).in_error_reporting_mode) {
        step!(m, h, v, "6.1", m.realm_mut(global).in_error_reporting_mode = true);
        m.observe(h, Observed::Reported(exception));
        let object = m.realm(global).global;
        step!(m, h, v, "6.2", {
            fire_an_event(m, h, atom::ERROR, object, Interface::ErrorEvent, |event| {
                event.cancelable = true;
                event.payload = Payload::Error(v.error_info);
            });
        });
        step!(m, h, v, "6.3", m.realm_mut(global).in_error_reporting_mode = false);
    }
    // 7, 7.1. Unobservable: only a developer console and the object of a dedicated worker are told.
    // 7.2, 7.2.1, 7.2.2, 7.2.3. Out of scope: no global object in scope is a DedicatedWorkerGlobalScope.
    // 7.3. Unobservable: no script sees a developer console.
}
