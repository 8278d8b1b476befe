//! Places where a text is plainly broken, with the reading that the model follows.

/// A broken place in a specification.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Erratum {
    /// Its short name.
    pub id: &'static str,
    /// The step or section.
    pub place: &'static str,
    /// Where the text stands.
    pub link: &'static str,
    /// What the text comes to if it is read literally.
    pub literally: &'static str,
    /// What the model does instead.
    pub model: &'static str,
}

impl Erratum {
    /// Returns the erratum of this id.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Erratum> {
        ERRATA.iter().find(|erratum| erratum.id == id)
    }
}

/// All known errata. A requirement that rests on one names it.
pub const ERRATA: &[Erratum] = &[
    Erratum {
        id: "functional-event-type",
        place: "service-workers/Fire Functional Event/6.1",
        link: "https://w3c.github.io/ServiceWorker/#fire-functional-event-algorithm",
        literally: "The event's type stays the empty string: no step gives it the event name.",
        model: "The type is the event name.",
    },
    Erratum {
        id: "required-member",
        place: "dom/create an event/2",
        link: "https://dom.spec.whatwg.org/#concept-event-create",
        literally: "Converting undefined to a dictionary with a required member throws, so no such event can be fired.",
        model: "The member is set by whoever fires the event.",
    },
    Erratum {
        id: "handlers-on-service-worker",
        place: "background-fetch/#service-worker-global-events",
        link: "https://wicg.github.io/background-fetch/#service-worker-global-events",
        literally: "ServiceWorker objects have the event handlers, and the worker's global does not.",
        model: "ServiceWorkerGlobalScope has them, as the IDL above the sentence says.",
    },
    Erratum {
        id: "one-manager",
        place: "background-fetch/get a BackgroundFetchRegistration instance/1",
        link: "https://wicg.github.io/background-fetch/#get-a-backgroundfetchregistration-instance-algorithm",
        literally: "It takes the only manager of a realm; a realm with two registrations has two.",
        model: "The objects belong to the realm.",
    },
    Erratum {
        id: "failure-bookkeeping",
        place: "background-fetch/perform a background fetch/5.3",
        link: "https://wicg.github.io/background-fetch/#perform-a-background-fetch-algorithm",
        literally: "A reason is only recorded where there is one already, so that no failure but an abort is ever recorded.",
        model: "The reason is recorded where there is none yet.",
    },
    Erratum {
        id: "update-ui-throws",
        place: "background-fetch/updateUI(options)/1",
        link: "https://wicg.github.io/background-fetch/#background-fetch-update-ui-event-update-ui",
        literally: "An exception is thrown by steps that run in parallel, where nobody can catch it.",
        model: "The promise is rejected with it.",
    },
    Erratum {
        id: "terminate-keeps-global",
        place: "service-workers/Terminate Service Worker/1.6",
        link: "https://w3c.github.io/ServiceWorker/#terminate-service-worker-algorithm",
        literally: "The worker keeps its global object, and a restart would reuse it.",
        model: "A restarted worker has a new global object.",
    },
    Erratum {
        id: "click-grants-no-activation",
        place: "background-fetch/fire a background fetch click event/body",
        link: "https://wicg.github.io/background-fetch/#fire-a-background-fetch-click-event-algorithm",
        literally: "A click gives no window transient activation, so openWindow() is always refused.",
        model: "The user agent may count the click as activation, or not.",
    },
    Erratum {
        id: "handler-cancels-always",
        place: "html/The event handler processing algorithm/6.*3",
        link: "https://html.spec.whatwg.org/multipage/webappapis.html#the-event-handler-processing-algorithm",
        literally: "What a handler returns cancels even an event that is not cancelable, or a passive listener.",
        model: "Both are permitted: it cancels as preventDefault() does, and it cancels any event.",
    },
    Erratum {
        id: "lifetime-promise-wrapped",
        place: "service-workers/add lifetime promise/5",
        link: "https://w3c.github.io/ServiceWorker/#extendableevent-add-lifetime-promise",
        literally: "Web IDL makes a new promise of every argument, which settles later than the one that script gave.",
        model: "Both are permitted: a promise taken as it is, as engines do it, and one wrapped in a new one.",
    },
    Erratum {
        id: "lifetime-promise-reacted-to-twice",
        place: "service-workers/add lifetime promise/5",
        link: "https://w3c.github.io/ServiceWorker/#extendableevent-add-lifetime-promise",
        literally: "Fulfillment and rejection are two definitions of Web IDL, each of which reacts for itself; the reaction to \
                    fulfillment has no steps for rejection, so a rejection goes on into a promise that nobody handles, and \
                    is announced.",
        model: "Both are permitted: one reaction with steps for either, which leaves nothing behind, and two.",
    },
    Erratum {
        id: "get-gives-undefined",
        place: "background-fetch/get(id)/3",
        link: "https://wicg.github.io/background-fetch/#background-fetch-manager-get",
        literally: "The promise is resolved with undefined, and by its IDL type it can only be null.",
        model: "It is undefined.",
    },
    Erratum {
        id: "settles-in-parallel",
        place: "background-fetch/fetch(id, requests, options)/8.2",
        link: "https://wicg.github.io/background-fetch/#background-fetch-manager-fetch",
        literally: "Here, in get(), getIds(), abort() and updateUI(), steps in parallel settle a promise of the script.",
        model: "They queue a background fetch task that settles it.",
    },
    Erratum {
        id: "match-of-nothing",
        place: "background-fetch/matchAll(request, options)/3.2.1",
        link: "https://wicg.github.io/background-fetch/#background-fetch-registration-match-all",
        literally: "Each record is compared with the request, even where none is given; and an address is compared as if it were a request.",
        model: "All records match where no request is given, and an address stands for a GET request.",
    },
    Erratum {
        id: "fires-without-worker",
        place: "service-workers/Fire Functional Event/1",
        link: "https://w3c.github.io/ServiceWorker/#fire-functional-event-algorithm",
        literally: "There is an active worker; but nothing ends a background fetch when its registration is cleared.",
        model: "The fetches of a registration that was cleared are gone, and fire nothing.",
    },
];
