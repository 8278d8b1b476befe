//! Steps of the Service Workers specification without code. <https://w3c.github.io/ServiceWorker/>

use super::{WithoutCode, abstracted, holds_by_type, out_of_scope, unobservable};

pub(super) const WITHOUT_CODE: &[WithoutCode] = &[
    WithoutCode {
        algorithm: "service-workers/Fire Functional Event",
        reasons: &[
            unobservable("1", "An assertion (erratum `fires-without-worker`)."),
            out_of_scope("3.1 5.1 8", "A registration never becomes stale: updates come from outside."),
            abstracted("7", "Whoever fires an event goes on at once, and what has to wait for it says so itself."),
            out_of_scope("8.1 8.1.1 8.2", "The numbers are those of an example that follows the algorithm."),
        ],
    },
    WithoutCode {
        algorithm: "service-workers/Run Service Worker",
        reasons: &[
            unobservable("3 5", "An assertion."),
            holds_by_type("4 6 7 9.3", "The worker has these values, or a local variable keeps them."),
            abstracted("8 9", "It only holds the steps below it together, which have code."),
            out_of_scope("9.1", "Scripts import no others."),
            abstracted("9.4", "All scripts are classic ones, so there is nothing to ask."),
            abstracted("9.4.2", "Whether a worker fails to start is said from outside, before it is set up."),
            out_of_scope("9.5 9.5.1 9.5.2 9.5.3 9.5.3.1 9.5.4 9.5.4.1", "Scripts are no modules."),
            out_of_scope("9.6", "A worker is terminated between two tasks, never in the middle of a script."),
            abstracted("9.8.1", "It only holds the step below it, which has code."),
            out_of_scope("9.8.3 9.8.4", "The fetch event of a worker is left out."),
            abstracted("9.9", "The machine runs the event loops of all realms."),
            abstracted("9.10", "The timers end when the worker is terminated."),
            abstracted("10 11", "Starting is one step here: it is over, or has failed, when the function returns."),
        ],
    },
    WithoutCode {
        algorithm: "service-workers/Setup ServiceWorkerGlobalScope",
        reasons: &[
            abstracted("1", "The clock is the machine's, and the same for all realms."),
            abstracted("2 3", "Run Service Worker asks the same, and nobody else calls this."),
            abstracted("4", "A terminated worker has lost its global object (erratum `terminate-keeps-global`)."),
            unobservable("5", "An assertion."),
            holds_by_type("6 7", "The function returns the realm, or none."),
            abstracted("8", "A realm is made, and has an event loop of its own."),
            out_of_scope("8.2 8.3", "The model knows of an environment no more than its realm and its event loop."),
            out_of_scope("8.4 8.5 8.6 8.7", "Nobody reads the location, the policies or the type of a worker."),
            abstracted("8.8", "Whether a worker fails to start is said from outside."),
            holds_by_type("8.9", "The function returns the realm that it made."),
            abstracted("9", "Nothing runs in parallel to it."),
        ],
    },
    WithoutCode {
        algorithm: "service-workers/Terminate Service Worker",
        reasons: &[
            abstracted("1", "Scenarios say when a worker is terminated, and do so between two tasks."),
            holds_by_type("1.1", "The worker has its realm."),
            out_of_scope("1.5", "A worker is terminated between two tasks, never in the middle of a script."),
        ],
    },
    WithoutCode {
        algorithm: "service-workers/Update Service Worker Extended Events Set",
        reasons: &[
            unobservable("1", "An assertion; the dispatch has ended."),
            abstracted("2", "It only holds the step below it, which has code."),
        ],
    },
    WithoutCode {
        algorithm: "service-workers/Service Worker Has No Pending Events",
        reasons: &[abstracted("1", "It only holds the step below it, which has code.")],
    },
    WithoutCode {
        algorithm: "service-workers/Activate",
        reasons: &[
            abstracted("1", "Try Activate asks the same, and nobody else calls this."),
            out_of_scope("6 7 7.1 7.2 7.3", "The promise that a page waits for, `ready`, is left out."),
            out_of_scope("8 8.1 8.2", "What a page is told of its controller is left out."),
            holds_by_type("9", "A local variable keeps the worker."),
            abstracted("10.1.1.1 10.1.1.2", "The event gets its interface and type where `install` gets them."),
            abstracted("10.1.1.4 10.1.2 10.1.3", "What follows is kept until the event is no longer active."),
        ],
    },
    WithoutCode {
        algorithm: "service-workers/Install",
        reasons: &[
            abstracted("1", "Whether the installation failed is seen from the event."),
            holds_by_type("2 10", "The registration has its workers."),
            out_of_scope("3 6 7 11.1 12.4 20", "Jobs are left out: a scenario says when a new script is there."),
            out_of_scope("8 9 9.1 9.2", "The event `updatefound` is left out."),
            abstracted(
                "11.2 11.2.1",
                "The script was run before, and a worker that can't be started is not installed.",
            ),
            abstracted("11.3", "The condition stands in the code, above the step that it guards."),
            abstracted("11.3.1.1 11.3.1.2", "The event gets its interface and type where `activate` gets them."),
            abstracted("11.3.1.4 11.3.2 11.3.3", "What follows is kept until the event is no longer active."),
            abstracted("11.3.1.4.3 11.3.1.4.4", "The event takes note when one of its promises is rejected."),
            out_of_scope("12.3", "Pages find their registration by what a scenario says, not by its address."),
            out_of_scope("13 14 15 15.1", "Scripts import no others."),
            out_of_scope("21", "What a page is told of a worker's state is left out."),
        ],
    },
    WithoutCode {
        algorithm: "service-workers/Handle Service Worker Client Unload",
        reasons: &[
            holds_by_type("1", "Nothing can come between: the function has the machine to itself."),
            holds_by_type("2 3", "The registration is an argument."),
        ],
    },
    WithoutCode {
        algorithm: "service-workers/Update Worker State",
        reasons: &[
            unobservable("1", "An assertion."),
            abstracted("3 4 4.1 4.2 4.3 4.4", "The object that stands for a worker reads the worker's own state."),
            out_of_scope("4.5", "The event `statechange` is left out."),
        ],
    },
    WithoutCode {
        algorithm: "service-workers/Clear Registration",
        reasons: &[
            holds_by_type("1", "Nothing can come between: the function has the machine to itself."),
            abstracted("2.1 2.2 2.3 3.1 3.2 3.3 4.1 4.2 4.3", "The same is done for all three workers, in one loop."),
        ],
    },
    WithoutCode {
        algorithm: "service-workers/Unregister",
        reasons: &[holds_by_type("1", "The registration is an argument."), out_of_scope("2.2 6", "Jobs are left out.")],
    },
    WithoutCode {
        algorithm: "service-workers/openWindow",
        reasons: &[
            holds_by_type("5", "A local variable keeps the realm, and with it its event loop."),
            abstracted("7.2", "The window's own event loop is left out; only that a window was opened is told."),
            out_of_scope("7.2.2", "No navigation fails."),
            abstracted("7.2.3 7.2.4 7.2.5 7.2.6", "A new window is a top-level one, visible and focused."),
        ],
    },
    WithoutCode {
        algorithm: "service-workers/ServiceWorker.postMessage(message, options)",
        reasons: &[
            holds_by_type("1 6.2.3", "The worker is an argument, and its realm has its global object."),
            abstracted("2 3 6.2.2", "It is always a page of the model's one origin that posts a message."),
            abstracted("4 6.2.4 6.2.5 6.2.5.1", "A message is a string, which is its own clone and needs no port."),
        ],
    },
    WithoutCode {
        algorithm: "service-workers/Clients.get",
        reasons: &[out_of_scope("*", "Of what `Clients` can do, only the opening of windows is in scope.")],
    },
    WithoutCode {
        algorithm: "service-workers/Clients.matchAll",
        reasons: &[out_of_scope("*", "Of what `Clients` can do, only the opening of windows is in scope.")],
    },
    WithoutCode {
        algorithm: "service-workers/Clients.claim",
        reasons: &[out_of_scope("*", "Of what `Clients` can do, only the opening of windows is in scope.")],
    },
];
