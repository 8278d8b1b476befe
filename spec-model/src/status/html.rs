//! Algorithms of the HTML Standard without code. <https://html.spec.whatwg.org/>

use super::{Reason, WithoutCode, abstracted, out_of_scope, unobservable};

pub(super) const WITHOUT_CODE: &[WithoutCode] = &[
    whole("html/event handler content attribute change steps", &[out_of_scope("*", ELEMENTS)]),
    whole("html/erase all event listeners and handlers", &[out_of_scope("*", "No document in scope is opened anew.")]),
    whole("html/fire a synthetic pointer event", &[out_of_scope("*", ELEMENTS)]),
    whole("html/HTMLElement/click()", &[out_of_scope("*", ELEMENTS)]),
    whole("html/activation behavior for input elements", &[out_of_scope("*", ELEMENTS)]),
    whole("html/legacy-pre-activation behavior for input elements", &[out_of_scope("*", ELEMENTS)]),
    whole("html/legacy-canceled-activation behavior for input elements", &[out_of_scope("*", ELEMENTS)]),
    whole("html/input activation behavior of the Checkbox state", &[out_of_scope("*", ELEMENTS)]),
    whole("html/input activation behavior of the Radio Button state", &[out_of_scope("*", ELEMENTS)]),
    whole("html/activation notification", &[abstracted("*", ACTIVATION)]),
    whole("html/consume user activation", &[abstracted("*", ACTIVATION)]),
    whole(
        "html/consume history-action user activation",
        &[out_of_scope("*", "No API in scope consumes history-action activation.")],
    ),
    whole("html/active script", &[unobservable("*", "Only modules and the incumbent settings object depend on it.")]),
    whole(
        "html/create a classic script",
        &[abstracted("*", "The host has the scripts, and all of them can be parsed.")],
    ),
    whole("html/run a module script", &[out_of_scope("*", "No script in scope is a module.")]),
    whole(
        "html/check if we can run script",
        &[out_of_scope("*", "Scripting is never disabled, and every document in scope is fully active.")],
    ),
    whole("html/prepare to run a callback", &[unobservable("*", INCUMBENT)]),
    whole("html/clean up after running a callback", &[unobservable("*", INCUMBENT)]),
    whole("html/incumbent settings object", &[unobservable("*", INCUMBENT)]),
    whole("html/HostCallJobCallback", &[unobservable("*", INCUMBENT)]),
    whole("html/HostEnqueueGenericJob", &[out_of_scope("*", "No script in scope uses Atomics.")]),
    whole("html/HostMakeJobCallback", &[unobservable("*", INCUMBENT)]),
    whole("html/queue an element task", &[out_of_scope("*", ELEMENTS)]),
    whole("html/implied document", &[out_of_scope("*", "No task in scope has a document.")]),
    whole("html/spin the event loop", &[out_of_scope("*", "No algorithm in scope spins the event loop.")]),
];

const ELEMENTS: &str = "There are no elements in scope.";
const ACTIVATION: &str = "A realm keeps whether it has user activation, without a timestamp.";
const INCUMBENT: &str = "Only the incumbent settings object depends on it, which nothing in scope asks for.";

/// An algorithm that no code takes.
const fn whole(algorithm: &'static str, reasons: &'static [Reason]) -> WithoutCode {
    WithoutCode { algorithm, reasons }
}
