//! Steps of the DOM Standard without code. <https://dom.spec.whatwg.org/>

use super::{WithoutCode, abstracted, holds_by_type, out_of_scope, unobservable};

pub(super) const WITHOUT_CODE: &[WithoutCode] = &[
    WithoutCode {
        algorithm: "dom/Event.composedPath()",
        reasons: &[
            holds_by_type("1 2 4 17", "The list is the caller's, and the event has its path and current target."),
            unobservable("5", "An assertion; there is a current target as long as there is a path."),
            abstracted("7 9 10 10.2 10.4 12 13 13.4 15 16 16.4", "No item is hidden, so the path is copied in one go."),
            out_of_scope("8 10.1 10.3 11 13.1 13.3 13.3.1 13.3.2", "Levels are counted for shadow trees alone."),
            out_of_scope("14 16.1 16.3 16.3.1 16.3.2", "Levels are counted for shadow trees alone."),
        ],
    },
    WithoutCode {
        algorithm: "dom/Event.constructor",
        reasons: &[holds_by_type("3", "The function returns what it made.")],
    },
    WithoutCode {
        algorithm: "dom/create an event",
        reasons: &[
            holds_by_type("1", "The realm is an argument that nobody can leave out."),
            holds_by_type("5", "The function returns what it made."),
        ],
    },
    WithoutCode {
        algorithm: "dom/inner event creation steps",
        reasons: &[
            out_of_scope("5", "No interface in scope has constructing steps of its own."),
            holds_by_type("6", "The function returns what it made."),
        ],
    },
    WithoutCode {
        algorithm: "dom/Event.flatten",
        reasons: &[abstracted("*", "The conversion of the argument gives the boolean already.")],
    },
    WithoutCode {
        algorithm: "dom/Event.flatten more",
        reasons: &[abstracted("*", "The conversion of the argument gives all four values already.")],
    },
    WithoutCode {
        algorithm: "dom/default passive value",
        reasons: &[abstracted("1", "It joins its two conditions, which have code of their own.")],
    },
    WithoutCode {
        algorithm: "dom/add an event listener",
        reasons: &[
            unobservable("1", "It warns on a console."),
            abstracted("6.1", "The abort algorithm is data; running the abort steps removes the listener."),
        ],
    },
    WithoutCode {
        algorithm: "dom/EventTarget.addEventListener(type, callback, options)",
        reasons: &[abstracted("1", "The conversion of the argument gives all four values already.")],
    },
    WithoutCode { algorithm: "dom/remove an event listener", reasons: &[unobservable("1", "It warns on a console.")] },
    WithoutCode {
        algorithm: "dom/remove all event listeners",
        reasons: &[out_of_scope("*", "Only opening a document for writing needs it.")],
    },
    WithoutCode {
        algorithm: "dom/EventTarget.removeEventListener(type, callback, options)",
        reasons: &[abstracted("1", "The conversion of the argument gives the boolean already.")],
    },
    WithoutCode {
        algorithm: "dom/legacy-obtain service worker fetch event listener callbacks",
        reasons: &[out_of_scope("*", "The fetch event of a worker is left out.")],
    },
    WithoutCode {
        algorithm: "dom/dispatch",
        reasons: &[
            out_of_scope("2", "Only the load event of a window has another target than it is dispatched to."),
            out_of_scope("3 6.4 6.5 6.9.6.1 6.9.8.2 6.12 12 12.1 12.2", "No target in scope has activation behavior."),
            out_of_scope("4 6 6.9.3 6.9.7", "No event in scope has a related target."),
            out_of_scope("6.1 6.2 6.9.4 6.9.5", "No event in scope has touch targets."),
            out_of_scope("6.6 6.7 6.9.1 6.9.1.1 6.9.1.2 6.9.1.3 6.9.2 6.9.10", "Nodes in scope have no slots."),
            out_of_scope("5 6.9.8 6.9.8.1 6.9.8.3 6.10 6.11 11 11.1 11.2 11.3", "Nodes in scope have no shadow trees."),
            abstracted("6.13 6.14 6.14.2", "It only holds the steps below it together, which have code."),
            abstracted("6.9.6", "A parent is always of the same tree here, so there is nothing to ask."),
        ],
    },
    WithoutCode {
        algorithm: "dom/append to an event path",
        reasons: &[out_of_scope("1 2 3 4", "Nodes in scope have no shadow trees.")],
    },
    WithoutCode {
        algorithm: "dom/invoke",
        reasons: &[
            abstracted("1 2", "The code that sets the target looks for the item too."),
            out_of_scope("4 5", "No event in scope has a related target or touch targets."),
            out_of_scope("9", "Nodes in scope have no shadow trees."),
            holds_by_type("11.1", "A local variable keeps the type."),
        ],
    },
    WithoutCode {
        algorithm: "dom/inner invoke",
        reasons: &[
            holds_by_type("1 3", "The function keeps and returns what it found."),
            holds_by_type("2.6 2.7", "Local variables keep the realm and the event."),
            out_of_scope("2.10", "Timing is recorded for windows alone."),
            out_of_scope("2.11.2", "Only databases ask whether a listener threw."),
        ],
    },
    WithoutCode {
        algorithm: "dom/fire an event",
        reasons: &[holds_by_type("1", "The interface is an argument that nobody can leave out.")],
    },
    WithoutCode {
        algorithm: "dom/AbortSignal.timeout(milliseconds)",
        reasons: &[holds_by_type("2", "The timers belong to the realm, and with it to its global object.")],
    },
    WithoutCode {
        algorithm: "dom/AbortSignal.remove",
        reasons: &[out_of_scope("*", "No specification in scope takes an abort algorithm back.")],
    },
    WithoutCode {
        algorithm: "dom/AbortSignal.signal abort",
        reasons: &[
            holds_by_type("3", "A local variable keeps the list."),
            abstracted("4", "It only holds the steps below it together, which have code."),
        ],
    },
    WithoutCode {
        algorithm: "dom/create a dependent abort signal",
        reasons: &[
            abstracted("4 4.2", "It only holds the steps below it together, which have code."),
            unobservable("4.2.1", "An assertion."),
        ],
    },
];
