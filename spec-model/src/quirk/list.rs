//! Quirks whose departures stand in the algorithms themselves.

use crate::quirk::{Departure, Entry, Quirk};
use crate::step::Algorithm;

/// One line a quirk: its id, the algorithm and the number of its step, the areas whose rules it breaks, and what is done instead.
macro_rules! quirks {
    ($($variant:ident $id:literal: $algorithm:literal $number:literal, $areas:literal, $title:literal;)*) => {
        pub(super) const ENTRIES: &[Entry] = &[$(Entry {
            id: $id,
            title: $title,
            areas: $areas,
            step: const { Algorithm::of($algorithm).step($number) },
            departure: Departure::Written,
            with: &[],
        }),*];

        #[expect(non_upper_case_globals, missing_docs, reason = "they go with the list")]
        impl Quirk {
            $(pub const $variant: Quirk = Quirk::of($id);)*
        }
    };
}

quirks! {
    TimeStampZero "time-stamp-zero": "dom/inner event creation steps" "3", "EVC",
        "The timeStamp of an event is 0.";
    TimeStampAhead "time-stamp-ahead": "dom/inner event creation steps" "3", "EVC",
        "The timeStamp of an event does not count from the time origin, but from long before.";
    ComposedIgnored "composed-ignored": "dom/inner event creation steps" "4", "EVC BGE EXT",
        "An event is never composed, whatever its init dictionary says.";
    TypeKeptEmpty "type-kept-empty": "dom/Event.constructor" "2", "EVC",
        "The type of a constructed event is the empty string.";
    UntrustedUserAgent "untrusted-user-agent": "dom/create an event" "4", "ABT EXT DSP",
        "The events of the user agent are not trusted.";
    BubblesIgnored "bubbles-ignored": "dom/inner event creation steps" "4", "EVC BGE EXT",
        "An event never bubbles, whatever its init dictionary says.";
    CancelableIgnored "cancelable-ignored": "dom/inner event creation steps" "4", "EVC BGE EXT",
        "An event is never cancelable, whatever its init dictionary says.";
    BornAtTarget "born-at-target": "dom/inner event creation steps" "4", "EVC",
        "A new event is in the phase at target.";
    StopImmediateUnseen "stop-immediate-unseen": "dom/Event.stopImmediatePropagation()" "body", "FLG",
        "stopImmediatePropagation() does not set the stop propagation flag.";
    CancelBubbleResets "cancel-bubble-resets": "dom/Event.cancelBubble setter" "body", "FLG",
        "Setting cancelBubble to false unsets the stop propagation flag.";
    ReturnValueResets "return-value-resets": "dom/Event.returnValue setter" "body", "FLG",
        "Setting returnValue to true takes a cancelation back.";
    ReturnValueSetterInert "return-value-setter-inert": "dom/Event.returnValue setter" "body", "FLG",
        "Setting returnValue to false does nothing.";
    CancelsUncancelable "cancels-uncancelable": "dom/set the canceled flag" "body", "FLG DSP",
        "An event that is not cancelable can be canceled.";
    CancelsInPassive "cancels-in-passive": "dom/set the canceled flag" "body", "FLG",
        "A passive listener can cancel the event.";
    StopPropagationInert "stop-propagation-inert": "dom/Event.stopPropagation()" "body", "FLG DSP",
        "stopPropagation() does nothing.";
    StopPropagationImmediate "stop-propagation-immediate": "dom/Event.stopPropagation()" "body", "DSP FLG",
        "stopPropagation() keeps the event from the other listeners of the target too.";
    StopCancels "stop-cancels": "dom/Event.stopPropagation()" "body", "FLG",
        "stopPropagation() cancels the event.";
    CancelsWhileDispatchedAlone "cancels-while-dispatched-alone": "dom/set the canceled flag" "body", "FLG",
        "preventDefault() does nothing unless the event is being dispatched.";
    PassiveForNested "passive-for-nested": "dom/set the canceled flag" "body", "FLG",
        "No event can be canceled while a passive listener runs for another.";
    PathOfTargetAlone "path-of-target-alone": "dom/Event.composedPath()" "16.2", "FLG DSP",
        "composedPath() gives the target alone.";
    InitKeepsFlags "init-keeps-flags": "dom/Event.initialize" "2", "INI",
        "initEvent() leaves the event stopped and canceled.";
    InitKeepsTrust "init-keeps-trust": "dom/Event.initialize" "3", "INI",
        "initEvent() leaves the event trusted.";
    InitKeepsTarget "init-keeps-target": "dom/Event.initialize" "4", "INI EVC",
        "initEvent() leaves the target as it was.";
    InitUnsetsComposed "init-unsets-composed": "dom/Event.initialize" "7", "INI",
        "initEvent() makes the event not composed.";
    InitDuringDispatch "init-during-dispatch": "dom/Event.initEvent(type, bubbles, cancelable)" "1", "INI",
        "initEvent() works while the event is being dispatched.";
    InitCustomDuringDispatch "init-custom-during-dispatch": "dom/CustomEvent.initCustomEvent(type, bubbles, cancelable, detail)" "1", "EVC",
        "initCustomEvent() works while the event is being dispatched.";
    InitCustomKeepsFlags "init-custom-keeps-flags": "dom/CustomEvent.initCustomEvent(type, bubbles, cancelable, detail)" "2", "EVC",
        "initCustomEvent() leaves the event stopped and canceled.";
    OneListenerList "one-listener-list": "dom/add an event listener" "5", "TGT ADD",
        "All constructed targets share one list of listeners.";
    GlobalIsParent "global-is-parent": "dom/dispatch" "6.8", "TGT",
        "The global object is the parent of constructed targets.";
    AbortedSignalIgnored "aborted-signal-ignored": "dom/add an event listener" "2", "SIG",
        "A listener is added although its signal is aborted.";
    OnlyWheelPassive "only-wheel-passive": "dom/default passive value" "1.*1", "ADD",
        "At a window listeners for wheel alone are passive by default.";
    PassiveByDefault "passive-by-default": "dom/default passive value" "2", "ADD",
        "Listeners for touch and wheel events are passive by default at every target.";
    DuplicatesKept "duplicates-kept": "dom/add an event listener" "5", "ADD",
        "The same listener added again is kept twice.";
    DuplicatesRegardlessOfCapture "duplicates-regardless-of-capture": "dom/add an event listener" "5", "ADD",
        "A listener that differs from another in nothing but capture is not added.";
    DuplicateReplacesOptions "duplicate-replaces-options": "dom/add an event listener" "5", "ADD",
        "Adding a listener again gives it the options of the second time.";
    DuplicateBindsSignal "duplicate-binds-signal": "dom/add an event listener" "6", "SIG",
        "Adding a listener again with a signal binds it to that signal.";
    ListenerTypeLowercased "listener-type-lowercased": "dom/add an event listener" "5", "ADD",
        "A listener is kept for its type in lower case.";
    PrototypeNamesUnheard "prototype-names-unheard": "dom/add an event listener" "5", "ADD",
        "Listeners for types that name a member of Object.prototype are not added.";
    LateListenersIgnored "late-listeners-ignored": "dom/add an event listener" "2", "ADD EXT",
        "Once its script was evaluated, a service worker takes no listeners for events of its own.";
    LateRemovalIgnored "late-removal-ignored": "dom/remove an event listener" "2", "REM",
        "Once its script was evaluated, a service worker lets go of no listeners for events of its own.";
    ReaddedComesFirst "readded-comes-first": "dom/add an event listener" "5", "REM SIG",
        "A listener that is added again after it was removed comes first.";
    RemoveRegardlessOfCapture "remove-regardless-of-capture": "dom/EventTarget.removeEventListener(type, callback, options)" "2", "REM",
        "removeEventListener() does not compare capture.";
    RemovalPrefersBubbling "removal-prefers-bubbling": "dom/EventTarget.removeEventListener(type, callback, options)" "2", "REM",
        "removeEventListener() does not compare capture, and removes the non-capture listener first.";
    BoundListenersStay "bound-listeners-stay": "dom/EventTarget.removeEventListener(type, callback, options)" "2", "REM SIG",
        "A listener that has the option once, passive or signal is not found by removeEventListener().";
    RemovesEverywhere "removes-everywhere": "dom/EventTarget.removeEventListener(type, callback, options)" "2", "REM",
        "removeEventListener() removes the listener from all targets.";
    RemovalWaits "removal-waits": "dom/EventTarget.removeEventListener(type, callback, options)" "2", "MUT",
        "removeEventListener() does nothing while an event is being dispatched at the target.";
    RemoveLeavesMark "remove-leaves-mark": "dom/remove an event listener" "2", "MUT",
        "A listener that is removed before its turn is called all the same.";
    RedispatchAllowed "redispatch-allowed": "dom/EventTarget.dispatchEvent(event)" "1", "DSP",
        "dispatchEvent() allows an event that is being dispatched.";
    RecursionErrorPlain "recursion-error-plain": "dom/EventTarget.dispatchEvent(event)" "1", "DSP",
        "Dispatching an event while it is being dispatched throws a plain Error.";
    RecursionErrorCoded "recursion-error-coded": "dom/EventTarget.dispatchEvent(event)" "1", "DSP",
        "Dispatching an event while it is being dispatched throws an Error whose code is ERR_EVENT_RECURSION.";
    RedispatchJoins "redispatch-joins": "dom/EventTarget.dispatchEvent(event)" "1", "DSP",
        "Dispatching an event while it is being dispatched calls the listeners of the new target amid the old dispatch.";
    NestedDispatchRefused "nested-dispatch-refused": "dom/EventTarget.dispatchEvent(event)" "1", "DSP FLG",
        "dispatchEvent() throws while another event is being dispatched.";
    UntypedUndispatched "untyped-undispatched": "dom/EventTarget.dispatchEvent(event)" "1", "DSP",
        "An event whose type is empty can not be dispatched.";
    DispatchedOnce "dispatched-once": "dom/EventTarget.dispatchEvent(event)" "1", "DSP",
        "An event can be dispatched once only.";
    FunctionalUndispatchable "functional-undispatchable": "dom/EventTarget.dispatchEvent(event)" "1", "BGE EXT",
        "dispatchEvent() calls nobody for an ExtendableEvent.";
    DispatchGivesNothing "dispatch-gives-nothing": "dom/EventTarget.dispatchEvent(event)" "3", "DSP",
        "dispatchEvent() returns undefined.";
    DispatchQueued "dispatch-queued": "dom/EventTarget.dispatchEvent(event)" "3", "DSP",
        "dispatchEvent() returns true at once, and the listeners run in a microtask.";
    UnheardUnchecked "unheard-unchecked": "dom/EventTarget.dispatchEvent(event)" "1", "DSP",
        "dispatchEvent() where nobody listens to the type does nothing but set the target and return true.";
    UnheardUntouched "unheard-untouched": "dom/EventTarget.dispatchEvent(event)" "1", "DSP",
        "dispatchEvent() where nobody listens to the type does nothing at all and returns true.";
    StaysTrusted "stays-trusted": "dom/EventTarget.dispatchEvent(event)" "2", "DSP EXT",
        "An event of the user agent stays trusted when script dispatches it.";
    SignalRemovesByCallback "signal-removes-by-callback": "dom/run the abort steps" "1", "SIG",
        "Aborting a signal removes whatever listener has the type, callback and capture of the one that was added with it.";
    SignalListens "signal-listens": "dom/AbortSignal.add" "2", "SIG",
        "A signal removes listeners by an ordinary listener for its own abort event.";
    SignalListensOn "signal-listens-on": "dom/AbortSignal.add" "2", "SIG",
        "A signal removes listeners by a listener for its own abort event, which is called although the event was stopped.";
    SignalIgnored "signal-ignored": "dom/add an event listener" "6", "SIG",
        "The option signal does nothing.";
    AbortRemovesAll "abort-removes-all": "dom/run the abort steps" "1", "SIG",
        "An abort removes all listeners of the target that have the type of the one that was added with the signal.";
    AbortedSignalRemoves "aborted-signal-removes": "dom/add an event listener" "2", "SIG",
        "Adding a listener again with an aborted signal removes it.";
    AbortsAgain "aborts-again": "dom/AbortSignal.signal abort" "1", "ABT",
        "Aborting a signal again changes its reason and fires another event.";
    DependentsLate "dependents-late": "dom/AbortSignal.signal abort" "4.1.1", "ABT SIG",
        "A dependent signal is aborted only when its turn comes, after the event of its source.";
    DependentsListen "dependents-listen": "dom/create a dependent abort signal" "4.1.2", "ABT SIG",
        "A dependent signal listens for the abort events of its sources.";
    DependentsNotAborted "dependents-not-aborted": "dom/AbortSignal.signal abort" "4.1", "ABT",
        "Dependent signals are not aborted.";
    ReasonNotDefault "reason-not-default": "dom/AbortSignal.signal abort" "2", "ABT",
        "The reason of a signal aborted without one is undefined.";
    NoAbortEvent "no-abort-event": "dom/run the abort steps" "3", "ABT",
        "No abort event is fired.";
    AbortByMethod "abort-by-method": "dom/run the abort steps" "3", "ABT",
        "Instead of firing the abort event, the dispatchEvent that script gave the signal is called.";
    AbortEventBubbles "abort-event-bubbles": "dom/run the abort steps" "3", "ABT",
        "The abort event bubbles, is cancelable and composed.";
    NullReasonReplaced "null-reason-replaced": "dom/AbortSignal.signal abort" "2", "ABT",
        "A reason that is null is replaced by an AbortError.";
    StaticAbortInert "static-abort-inert": "dom/AbortSignal.abort(reason)" "2", "ABT",
        "AbortSignal.abort() gives a signal that is not aborted.";
    TimeoutAbortError "timeout-abort-error": "dom/AbortSignal.timeout(milliseconds)" "3.1", "ABT",
        "The reason of a signal whose time is up is an AbortError.";
    TimeoutsReversed "timeouts-reversed": "dom/AbortSignal.timeout(milliseconds)" "3", "ABT",
        "Of timeouts that end together the one set last comes first.";
    AbortEventFirst "abort-event-first": "dom/run the abort steps" "3", "SIG",
        "The abort event is fired before the listeners bound to the signal are removed.";
    AnyNotAborted "any-not-aborted": "dom/create a dependent abort signal" "2", "ABT",
        "AbortSignal.any() gives a signal that is not aborted although one of its sources is.";
    CheckpointAlways "checkpoint-always": "html/clean up after running script" "microtask checkpoint", "CB",
        "Microtasks run after each listener, also of an event that script dispatches.";
    NoCheckpointBetweenListeners "no-checkpoint-between-listeners": "html/clean up after running script" "microtask checkpoint", "CB",
        "Microtasks do not run after each listener of an event of the user agent, but after the dispatch.";
    ErrorEventUncancelable "error-event-uncancelable": "html/report an exception" "fire", "CB",
        "The error event of an exception is not cancelable.";
    NoErrorEvent "no-error-event": "html/report an exception" "fire", "CB",
        "No error event is fired for an exception.";
    ErrorEventUntrusted "error-event-untrusted": "html/report an exception" "fire", "CB",
        "The error event of an exception is not trusted.";
    ErrorEventBubbles "error-event-bubbles": "html/report an exception" "fire", "CB",
        "The error event of an exception bubbles.";
    ErrorEventWithoutFile "error-event-without-file": "html/report an exception" "fire", "CB",
        "The file name of the error event is null where no file is known.";
    ErrorsInErrors "errors-in-errors": "html/report an exception" "in error reporting mode", "CB",
        "An exception in an error listener fires another error event.";
    OnerrorOneArgument "onerror-one-argument": "html/the event handler processing algorithm" "special error event handling", "EH",
        "A global's onerror gets the event alone.";
    OnerrorThisUndefined "onerror-this-undefined": "html/the event handler processing algorithm" "special error event handling", "EH",
        "A global's onerror is called with undefined as this.";
    ReturnFalseIgnored "return-false-ignored": "html/the event handler processing algorithm" "return value", "EH",
        "A handler can't cancel an event by returning false.";
    ReturnFalseCancelsAll "return-false-cancels-all": "html/the event handler processing algorithm" "return value", "EH",
        "A handler that returns false cancels an event that is not cancelable too.";
    HandlerThisUndefined "handler-this-undefined": "html/the event handler processing algorithm" "callback", "EH",
        "Event handlers are called with undefined as this.";
    HandlerThisGlobal "handler-this-global": "html/the event handler processing algorithm" "callback", "EH",
        "Event handlers are called with the global object as this.";
    HandlersPileUp "handlers-pile-up": "html/activate an event handler" "body", "EH",
        "Setting an event handler adds a listener with the function, and takes none away.";
    HandlerKeepsPlace "handler-keeps-place": "html/deactivate an event handler" "body", "EH",
        "An event handler that is cleared keeps its place among the listeners.";
    NullActivates "null-activates": "html/event handler IDL attribute setter" "body", "EH",
        "Setting an event handler to null gives it a place among the listeners.";
    HandlerUnreadable "handler-unreadable": "html/getting the current value of the event handler" "body", "EH",
        "An event handler that was set reads as null.";
    HandlersNeedTrust "handlers-need-trust": "html/the event handler processing algorithm" "callback", "EH",
        "Event handlers are called for events of the user agent alone.";
    HandlersNeedInterface "handlers-need-interface": "html/the event handler processing algorithm" "callback", "EH",
        "Event handlers are not called for a CustomEvent.";
    HandlerGetsTwo "handler-gets-two": "html/the event handler processing algorithm" "callback", "EH",
        "Event handlers get the current target as a second argument.";
    ErrorEventsSpread "error-events-spread": "html/the event handler processing algorithm" "special error event handling", "EH",
        "Every event handler gets what an ErrorEvent tells as five arguments.";
    FalsyCancels "falsy-cancels": "html/the event handler processing algorithm" "return value", "EH",
        "An event handler cancels by returning any value that counts as false, undefined too.";
    ObjectCancels "object-cancels": "html/the event handler processing algorithm" "return value", "EH",
        "An event handler cancels by returning an object.";
    HandlersAreListeners "handlers-are-listeners": "html/activate an event handler" "body", "EH",
        "An event handler is an ordinary listener with its function: it counts once beside the same listener, and goes with it.";
    HandlerOnce "handler-once": "html/activate an event handler" "body", "EH",
        "An event handler is called once.";
    HandlerPassive "handler-passive": "html/activate an event handler" "body", "EH",
        "An event handler can not cancel by preventDefault().";
    HandlersFixed "handlers-fixed": "html/event handler IDL attribute setter" "body", "EH",
        "An event handler can not be changed while an event is being dispatched at its target.";
    HandlersUnknown "handlers-unknown": "service-workers/Run Service Worker" "9.8.1.1", "EH FFE",
        "A worker counts as having no listener for a type that only a handler was set for, and its events are skipped.";
    HandlerLosesPlace "handler-loses-place": "html/activate an event handler" "body", "EH",
        "An event handler that is replaced loses its place among the listeners.";
    HandlerUndefined "handler-undefined": "html/getting the current value of the event handler" "body", "EH",
        "An event handler that is not set is undefined.";
    ReturnTrueCancels "return-true-cancels": "html/the event handler processing algorithm" "return value", "EH",
        "An event handler cancels by returning true.";
    DependentsFirst "dependents-first": "dom/AbortSignal.signal abort" "5", "ABT",
        "The dependents of a signal are told of its abort before those who listen to the signal itself.";
    RejectionsUnannounced "rejections-unannounced": "html/notify about rejected promises" "body", "CB",
        "Nobody is told of rejections that nobody handles.";
    UntrustedWaits "untrusted-waits": "service-workers/add lifetime promise" "1", "EXT BGE",
        "An event that script dispatches can have its lifetime extended.";
    WaitsWheneverCalled "waits-whenever-called": "service-workers/add lifetime promise" "2", "EXT",
        "waitUntil() can be called when the event is not active any more.";
    WaitsDuringDispatchAlone "waits-during-dispatch-alone": "service-workers/add lifetime promise" "2", "EXT",
        "waitUntil() can't be called after the dispatch although promises are pending.";
    FirstPromiseEnds "first-promise-ends": "service-workers/add lifetime promise" "5.2", "EXT",
        "The lifetime ends with the first promise that settles.";
    LifetimeNotCounted "lifetime-not-counted": "service-workers/add lifetime promise" "4", "EXT OPW",
        "Promises given to waitUntil() do not keep the event active.";
    WaitUntilTypeChecked "wait-until-type-checked": "service-workers/waitUntil" "body", "EXT",
        "waitUntil() throws a TypeError for what is no promise.";
    WaitsUnchecked "waits-unchecked": "service-workers/add lifetime promise" "1", "EXT",
        "waitUntil() checks nothing: it does nothing where it can not extend a lifetime.";
    TrustCheckedFirst "trust-checked-first": "service-workers/add lifetime promise" "1", "EXT",
        "waitUntil() looks whether the event is trusted before it converts its argument.";
    MessageWithoutData "message-without-data": "service-workers/ServiceWorker.postMessage(message, options)" "6.2.5.3", "EXT",
        "A message arrives without its data.";
    MessageWithoutSource "message-without-source": "service-workers/ServiceWorker.postMessage(message, options)" "6.2.5.3", "EXT",
        "A message arrives without origin and source.";
    MessageEventReused "message-event-reused": "service-workers/ServiceWorker.postMessage(message, options)" "6.2.5.3", "EXT",
        "All messages to a worker come in the same event.";
    MessagesHoldNothing "messages-hold-nothing": "service-workers/ServiceWorker.postMessage(message, options)" "6.2.7", "EXT",
        "A message whose lifetime was extended does not hold back a waiting worker.";
    MessagesStartNothing "messages-start-nothing": "service-workers/ServiceWorker.postMessage(message, options)" "6.1", "EXT",
        "A message to a worker that does not run is lost.";
    FunctionalEventUntyped "functional-event-untyped": "service-workers/Fire Functional Event" "6.1", "FFE CLK",
        "A functional event has the empty string for its type.";
    MessageComposedIgnored "message-composed-ignored": "dom/inner event creation steps" "4", "EXT",
        "An ExtendableMessageEvent is never composed, whatever its init dictionary says.";
    FiresWhileActivating "fires-while-activating": "service-workers/Fire Functional Event" "4", "FFE SWL",
        "A functional event does not wait until the worker is activated.";
    FunctionalEventCancelable "functional-event-cancelable": "service-workers/Fire Functional Event" "6.2", "CLK FFE MDN",
        "Functional events bubble and can be canceled.";
    SkipsWithListener "skips-with-listener": "service-workers/Should Skip Event" "1", "FFE",
        "Functional events are skipped although a listener for them was known.";
    DispatchesTwice "dispatches-twice": "service-workers/Fire Functional Event" "6.3", "FFE",
        "A functional event is dispatched twice.";
    UnknownHeardTwice "unknown-heard-twice": "service-workers/Should Skip Event" "1", "FFE",
        "A functional event that no listener was known for is fired twice.";
    FailedStartTold "failed-start-told": "service-workers/Fire Functional Event" "5.2", "FFE",
        "Where a worker can not be started for a functional event, an exception is reported in its pages.";
    StartsAgain "starts-again": "service-workers/Run Service Worker" "1", "FFE MDN",
        "A worker that runs is started anew for each functional event.";
    StartsNothing "starts-nothing": "service-workers/Fire Functional Event" "5", "FFE MDN",
        "A functional event for a worker that does not run is lost.";
    ClickWithoutRegistration "click-without-registration": "service-workers/Fire Functional Event" "6.2", "BGE CLK MDN",
        "A functional event has no registration.";
    RejectedInstalls "rejected-installs": "service-workers/Install" "11.3.1.4.1", "SWL",
        "A worker is installed although a promise given to its install event was rejected.";
    InstallsAtOnce "installs-at-once": "service-workers/Install" "11.3.1.4.1", "SWL",
        "A worker is installed as soon as its install event was dispatched, whatever promises it was given.";
    ThrowingScriptInstalls "throwing-script-installs": "service-workers/Install" "4", "SWL",
        "A worker is installed although its script threw when it was evaluated.";
    RejectedStaysActivating "rejected-stays-activating": "service-workers/Activate" "11", "SWL",
        "A worker one of whose activate promises was rejected is activating for ever.";
    StopKeepsTimers "stop-keeps-timers": "service-workers/Terminate Service Worker" "1.4", "SWL",
        "The timers of a worker go on although it was stopped.";
    ExtendedEventsKept "extended-events-kept": "service-workers/Terminate Service Worker" "1.3", "SWL",
        "The extended events of a worker that was stopped hold back its successor.";
    GlobalKept "global-kept": "service-workers/Setup ServiceWorkerGlobalScope" "8.1", "SWL",
        "A worker that runs again has the global object that it had before.";
    FetchesOutliveClearing "fetches-outlive-clearing": "service-workers/Clear Registration" "4", "SWL",
        "The background fetches of a registration that was cleared go on, and with them their events.";
    UnregistersTwice "unregisters-twice": "service-workers/Unregister" "2.1", "SWL",
        "unregister() gives true the second time too.";
    WaitingWorkerStays "waiting-worker-stays": "service-workers/Install" "16.1", "SWL",
        "A worker that has been installed while another waits is given up.";
    SkipWaitingHangs "skip-waiting-hangs": "service-workers/Try Activate" "1", "SWL",
        "The promise of skipWaiting() is never settled.";
    ActivatesDuringEvents "activates-during-events": "service-workers/Service Worker Has No Pending Events" "1.1", "SWL EXT",
        "A waiting worker does not wait for the pending events of the active one.";
    ActivatesDespiteClients "activates-despite-clients": "service-workers/Try Activate" "3", "SWL",
        "A waiting worker does not wait for the pages of the active one.";
    ClearsDespiteClients "clears-despite-clients": "service-workers/Try Clear Registration" "1", "SWL",
        "A registration that is unregistered is cleared although pages use it.";
    ClearsDespiteEvents "clears-despite-events": "service-workers/Try Clear Registration" "1", "SWL EXT",
        "A registration that is unregistered is cleared although events of its workers are extended.";
    ClickCanUpdateUi "click-can-update-ui": "background-fetch/fire a background fetch click event" "body", "CLK MDN BGE",
        "A click fires a BackgroundFetchUpdateUIEvent.";
    NoClickEvent "no-click-event": "background-fetch/fire a background fetch click event" "body", "CLK MDN",
        "A click fires no event.";
    ClickNeedsBytes "click-needs-bytes": "background-fetch/display" "body", "CLK MDN",
        "A background fetch can not be clicked before bytes have come.";
    ClickIsExtendableAlone "click-is-extendable-alone": "background-fetch/fire a background fetch click event" "body", "CLK MDN BGE",
        "A click fires a plain ExtendableEvent.";
    ClickClaimsRecords "click-claims-records": "background-fetch/fire a background fetch click event" "body", "CLK",
        "At a click, records count as available although they are gone; match() and matchAll() then find none.";
    InstancePerUse "instance-per-use": "background-fetch/get a BackgroundFetchRegistration instance" "2", "BGR CLK BGE",
        "A new object stands for a background fetch each time that it is asked for.";
    InstanceShared "instance-shared": "background-fetch/get a BackgroundFetchRegistration instance" "3", "BGR",
        "All realms share one object for a background fetch.";
    TotalsZero "totals-zero": "background-fetch/get a BackgroundFetchRegistration instance" "3", "BGR",
        "uploadTotal and downloadTotal are 0.";
    ResultUntold "result-untold": "background-fetch/update background fetch instances" "6.4", "BGR MDN",
        "The result of a background fetch stays empty when it has ended.";
    UpdatesUiTwice "updates-ui-twice": "background-fetch/updateUI(options)" "1", "BGR",
        "updateUI() can be called as often as one likes.";
    UpdatesUiLater "updates-ui-later": "background-fetch/updateUI(options)" "1", "BGR",
        "updateUI() can be called when the event is not active any more.";
    FetchTotalReadFirst "fetch-total-read-first": "background-fetch/fetch(id, requests, options)" "4", "BGR",
        "fetch() reads downloadTotal before the other members of its options.";
    FetchTitleUnconverted "fetch-title-unconverted": "background-fetch/fetch(id, requests, options)" "4", "BGR",
        "fetch() does not convert the title.";
    UiTitleUnconverted "ui-title-unconverted": "webidl/convert a JavaScript value to dictionary" "4.1.4.1", "BGR",
        "updateUI() does not convert the title.";
    AbortsAtOnce "aborts-at-once": "background-fetch/abort()" "3.3", "BGR",
        "abort() changes the result of the registration in the middle of the task.";
    NoProgressEvent "no-progress-event": "background-fetch/update background fetch instances" "6.10", "BGR",
        "No progress event is fired.";
    RecordsStay "records-stay": "background-fetch/perform a background fetch" "8.13.2", "BGR",
        "Records stay available after the event that tells of the end.";
    FailureUnreasoned "failure-unreasoned": "background-fetch/perform a background fetch" "8.5.2", "BGR",
        "The reason of a failure is not told.";
    AbortIsFailure "abort-is-failure": "background-fetch/perform a background fetch" "8.10.1", "BGR BGE",
        "An aborted fetch fires backgroundfetchfail.";
    AbortResetsBytes "abort-resets-bytes": "background-fetch/perform a background fetch" "8.7", "BGR",
        "When a fetch is aborted, downloaded goes back to 0.";
    GetGivesNull "get-gives-null": "background-fetch/get(id)" "3", "BGR",
        "get() gives null where there is no such fetch.";
    EmptyIdRefused "empty-id-refused": "background-fetch/get(id)" "2", "BGR",
        "get() rejects with a TypeError for an empty id.";
    IdsSorted "ids-sorted": "background-fetch/getIds()" "2", "BGR",
        "getIds() gives the ids in the order of the alphabet.";
    FetchRefusedInWorker "fetch-refused-in-worker": "background-fetch/fetch(id, requests, options)" "8.2", "BGR",
        "fetch() rejects with a NotAllowedError in a service worker.";
    PermissionErrorType "permission-error-type": "background-fetch/fetch(id, requests, options)" "8.2", "BGR IDL",
        "fetch() rejects with a TypeError while the permission is denied.";
    IdsReversed "ids-reversed": "background-fetch/getIds()" "2", "BGR",
        "getIds() gives the ids from the newest to the oldest.";
    IdsOfAll "ids-of-all": "background-fetch/getIds()" "2", "BGR",
        "getIds() gives the ids of background fetches that have ended too.";
    FetchFromPagesAlone "fetch-from-pages-alone": "background-fetch/fetch(id, requests, options)" "5", "BGR",
        "fetch() rejects with a TypeError in a service worker.";
    NoCorsAllowed "no-cors-allowed": "background-fetch/fetch(id, requests, options)" "6.2", "BGR IDL",
        "A fetch can be started with a request whose mode is no-cors.";
    IdsStayUsed "ids-stay-used": "background-fetch/fetch(id, requests, options)" "8.5", "BGR",
        "The id of a background fetch that has ended can not be used again.";
    MatchIgnoresRequest "match-ignores-request": "background-fetch/matchAll(request, options)" "3.2.1", "BGR",
        "match() and matchAll() give records of all requests, whatever request they are asked for.";
    InvalidAddressesFetched "invalid-addresses-fetched": "background-fetch/fetch(id, requests, options)" "6.1", "BGR",
        "A fetch can be started with an address that can't be parsed, and a Request made of it.";
    CredentialsFetched "credentials-fetched": "background-fetch/fetch(id, requests, options)" "6.1", "BGR",
        "A fetch can be started with an address that holds credentials, and a Request made of it.";
    BodiesUsedTwice "bodies-used-twice": "background-fetch/fetch(id, requests, options)" "6.1", "BGR",
        "A request whose body was used can be fetched again.";
    RequestsUnchecked "requests-unchecked": "fetch/Request(input, init)" "body", "BGR",
        "The constructor of Request takes methods, modes and bodies that it should refuse.";
    MatchIgnoresMethod "match-ignores-method": "service-workers/Request Matches Cached Item" "1", "BGR",
        "match() and matchAll() give records of requests with other methods than GET without being asked to.";
    MatchKeepsSearch "match-keeps-search": "service-workers/Request Matches Cached Item" "3", "BGR",
        "match() and matchAll() tell queries apart, even where they are to be ignored.";
    MatchKeepsFragments "match-keeps-fragments": "service-workers/Request Matches Cached Item" "4", "BGR",
        "match() and matchAll() tell addresses apart by their fragments.";
    MatchByAddressAlone "match-by-address-alone": "background-fetch/matchAll(request, options)" "3.2.1", "BGR",
        "match() and matchAll() find no records for a Request object.";
    RecordsGoneInEvent "records-gone-in-event": "background-fetch/matchAll(request, options)" "1", "BGR",
        "The records can not be matched in the event that tells of the end of a background fetch.";
    ZeroTotalLimits "zero-total-limits": "background-fetch/complete a record" "11.10.1", "BGR",
        "A download total of zero lets nothing be received.";
    EndsWithPage "ends-with-page": "service-workers/Handle Service Worker Client Unload" "4", "BGR",
        "A background fetch is aborted when a page of its registration is closed.";
    BadStatusUncounted "bad-status-uncounted": "background-fetch/complete a record" "11.10.2", "BGR",
        "The bytes of a response that is not ok are not counted.";
    IdsReused "ids-reused": "background-fetch/fetch(id, requests, options)" "8.5", "BGR IDL",
        "Two fetches with the same id can be active at once.";
    EmptyFetch "empty-fetch": "background-fetch/fetch(id, requests, options)" "5", "BGR IDL",
        "A fetch can be started without requests.";
    PermissionIgnored "permission-ignored": "background-fetch/fetch(id, requests, options)" "8.2", "BGR IDL",
        "A fetch starts although the permission is denied.";
    AbortsTwice "aborts-twice": "background-fetch/abort()" "3.3", "BGR",
        "abort() gives true for a fetch that is not active any more.";
    MatchesGoneRecords "matches-gone-records": "background-fetch/matchAll(request, options)" "1", "CLK BGR",
        "matchAll() works when the records are not available any more.";
    DownloadTotalIgnored "download-total-ignored": "background-fetch/complete a record" "11.10.1", "BGR",
        "A fetch may receive more than its download total.";
    OpensAboutBlank "opens-about-blank": "service-workers/openWindow" "3", "OPW",
        "openWindow() opens about:blank.";
    AboutBlankGivesNull "about-blank-gives-null": "service-workers/openWindow" "3", "OPW",
        "openWindow() of about:blank opens nothing that can be seen, and gives null.";
    InvalidAddressOpens "invalid-address-opens": "service-workers/openWindow" "2", "OPW",
        "openWindow() opens about:blank for an address that can not be parsed.";
    AddressesUnresolved "addresses-unresolved": "service-workers/openWindow" "1", "OPW",
        "openWindow() takes whole addresses only, and rejects a path.";
    OpenWindowHangs "open-window-hangs": "service-workers/openWindow" "7.2.7", "OPW",
        "The promise of openWindow() is never settled.";
    WindowsReused "windows-reused": "service-workers/openWindow" "7.1", "OPW",
        "A second call of openWindow() opens no further window.";
    NoWindowClient "no-window-client": "service-workers/openWindow" "7.2.7.3", "OPW",
        "openWindow() gives null for a window of the same origin too.";
    OpensWithoutActivation "opens-without-activation": "service-workers/openWindow" "4", "OPW",
        "openWindow() needs no activation.";
    ActivationFirst "activation-first": "service-workers/openWindow" "2", "OPW",
        "openWindow() asks for activation before it looks at the address.";
    ForeignWindowClient "foreign-window-client": "service-workers/openWindow" "7.2.7.1", "OPW",
        "openWindow() gives a client for a window of another origin.";
    WebDriverWithoutWindow "web-driver-without-window": "background-fetch/background fetch click" "1", "WDC",
        "The WebDriver command works without a window.";
    WebDriverUnknown "web-driver-unknown": "background-fetch/background fetch click" "8", "WDC",
        "The WebDriver command is not known.";
    WebDriverOldest "web-driver-oldest": "background-fetch/background fetch click" "5", "WDC",
        "The WebDriver command clicks the oldest of the background fetches that share an id.";
    WebDriverFiresNothing "web-driver-fires-nothing": "background-fetch/background fetch click" "7", "WDC",
        "The WebDriver command succeeds and fires no event.";
    WebDriverAnywhere "web-driver-anywhere": "background-fetch/background fetch click" "4", "WDC",
        "The WebDriver command works from a page outside of the scope.";
    WebDriverUnknownFetch "web-driver-unknown-fetch": "background-fetch/background fetch click" "6", "WDC",
        "The WebDriver command succeeds for a fetch that does not exist.";
}
