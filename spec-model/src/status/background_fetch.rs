//! Steps of the Background Fetch specification without code. <https://wicg.github.io/background-fetch/>

use super::{WithoutCode, abstracted, holds_by_type, out_of_scope, unobservable};

pub(super) const WITHOUT_CODE: &[WithoutCode] = &[
    WithoutCode {
        algorithm: "background-fetch/stored body bytes total",
        reasons: &[abstracted("1 2 2.1", "The total is kept, and not summed up: no record is told apart.")],
    },
    WithoutCode {
        algorithm: "background-fetch/perform a background fetch",
        reasons: &[
            holds_by_type("1 2 3 4 8.1 8.2 8.8 8.9", "Local variables, or fields of the background fetch."),
            abstracted("5", "All records end together, as it is said from outside."),
            abstracted("5.3 5.3.1 5.3.2", "The reason is said from outside (erratum `failure-bookkeeping`)."),
            abstracted("5.4 5.5", "All records end together, as it is said from outside."),
            abstracted("8", "The steps wait in parallel, behind what is there already."),
            abstracted("8.12", "It only holds the steps below it together, which have code."),
        ],
    },
    WithoutCode {
        algorithm: "background-fetch/complete a record",
        reasons: &[
            holds_by_type("1 2 9 10 12", "Local variables, or fields of the background fetch."),
            abstracted("3", "What comes while the fetch is paused counts for nothing."),
            out_of_scope("4 5 6 7 8", "Requests are not sent: the network is abstract."),
            abstracted("11", "Bytes sent, bytes received and the end are said from outside."),
            abstracted("11.1 11.3", "It is said from outside how many bytes were sent since the last time."),
            abstracted("11.5 11.5.1 11.5.2 11.5.3 11.12 11.12.1 11.12.2", "That a fetch failed is said from outside."),
            out_of_scope("11.6 11.6.1 11.6.1.1 11.6.1.2 11.6.1.3", "There are no partial responses."),
            out_of_scope("11.7 11.7.1 11.7.2 11.7.3 11.7.4 11.8 11.9", "There are no responses, only their bytes."),
            abstracted("11.10", "Each time, it is said from outside that bytes were received."),
            unobservable("11.10.1.1", "Nobody can see the stream that is canceled."),
            abstracted("11.10.3", "It is said from outside that there was no more room."),
            abstracted("11.11 11.11.2 11.11.3 11.11.4", "It is said from outside how a fetch ended."),
            out_of_scope("11.11.1 11.11.1.1 11.11.1.2", "There are no partial responses."),
            abstracted("13 13.1 13.2 14 14.2 14.3 14.4", "To abort a fetch is to end it, for that reason."),
            unobservable("14.1", "An assertion."),
            abstracted("15", "A fetch that was paused goes on where it was; it is not sent again."),
        ],
    },
    WithoutCode {
        algorithm: "background-fetch/get a BackgroundFetchRegistration instance",
        reasons: &[abstracted("1", "The objects belong to the realm (erratum `one-manager`).")],
    },
    WithoutCode {
        algorithm: "background-fetch/validate a partial response",
        reasons: &[out_of_scope("*", "There are no partial responses.")],
    },
    WithoutCode {
        algorithm: "background-fetch/extract content-range values",
        reasons: &[out_of_scope("*", "There are no partial responses.")],
    },
    WithoutCode {
        algorithm: "background-fetch/create record objects",
        reasons: &[abstracted("*", "An object stands for a record, without its request and response.")],
    },
    WithoutCode {
        algorithm: "background-fetch/contains background fetch",
        reasons: &[holds_by_type("1", "The background fetch has its id.")],
    },
    WithoutCode {
        algorithm: "background-fetch/fetch(id, requests, options)",
        reasons: &[
            holds_by_type("1 2 3 8.1 8.3", "Arguments, local variables, or fields of the registration."),
            abstracted("6", "It only holds the steps below it together, which have code."),
            holds_by_type("6.3", "A background fetch knows nothing of the page that started it."),
            abstracted("6.4 6.5", "Of a record, its address is kept."),
            abstracted("8.6 8.7 8.10 8.11", "The length of a body is known at once: nothing has to be read."),
            abstracted("8.8 8.8.1 8.8.2", "The length of a body is known at once: nothing has to be read."),
            abstracted("8.8.3 8.8.3.1 8.8.3.1.1 8.8.3.1.2", "No body is a stream that could fail."),
            abstracted("8.8.3.2 8.8.3.3 8.8.3.4", "The lengths of the bodies are summed up with the requests."),
            out_of_scope("8.9", "There is always room for the requests."),
            abstracted("8.14", "It only holds the step below it, which has code."),
        ],
    },
    WithoutCode {
        algorithm: "background-fetch/get(id)",
        reasons: &[
            holds_by_type("1", "The registration is an argument."),
            abstracted("4 4.1 4.2", "The task is queued at once, behind the updates that were queued before."),
        ],
    },
    WithoutCode {
        algorithm: "background-fetch/getIds()",
        reasons: &[holds_by_type("1", "The registration is an argument.")],
    },
    WithoutCode {
        algorithm: "background-fetch/abort()",
        reasons: &[
            holds_by_type("1 2 3.1 3.2", "Arguments, local variables, or fields of the background fetch."),
            abstracted("3", "The steps wait in parallel, behind what is there already."),
        ],
    },
    WithoutCode {
        algorithm: "background-fetch/matchAll(request, options)",
        reasons: &[
            abstracted("3 3.2", "The records are counted at once: nobody can change them in the meantime."),
            holds_by_type("3.1", "A local variable keeps the count."),
        ],
    },
    WithoutCode {
        algorithm: "background-fetch/updateUI(options)",
        reasons: &[
            holds_by_type("3 4", "Options are never null, and the event has its background fetch."),
            unobservable("5 6", "Only the user sees icons and title."),
        ],
    },
    WithoutCode {
        algorithm: "background-fetch/background fetch click",
        reasons: &[holds_by_type("2", "It is an argument whether the page is within the scope.")],
    },
];
