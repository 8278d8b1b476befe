//! Hooks of the processing model of event loops.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#event-loop-processing-model>

use crate::html::event_loop_processing_model::EventLoopProcessing;
use crate::html::report_an_exception::report_an_exception;
use crate::quirk::hook::quirks;

quirks! {
    EventLoopProcessing, "html/event loop processing model" => bool, |v, m, h, holds|;

    shared {
        // What leaves a dispatch that no script waits for is reported.
        after "2.6" if m.watch.aside.escaped.is_some() => if let Some(exception) = m.watch.aside.escaped.take() {
            report_an_exception(m, h, exception, v.realm);
        };
    }
}
