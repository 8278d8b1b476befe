//! The list of quirks, in the order of the catalogue's areas.

use crate::step::Algorithm;

/// One line a quirk: its id, the algorithm and the number of its step, the areas whose rules it breaks, and what is done instead.
macro_rules! quirks {
    ($($variant:ident $id:literal: $algorithm:literal $number:literal, $areas:literal, $title:literal;)*) => {
        /// A named way to depart from the specifications at one step.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Quirk {
            $(#[doc = $title] $variant,)*
        }

        impl Quirk {
            /// All quirks.
            pub const ALL: &[Quirk] = &[$(Quirk::$variant),*];

            /// Its name: some words with hyphens.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self {
                    $(Quirk::$variant => $id,)*
                }
            }

            /// What is done instead, as a sentence.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self {
                    $(Quirk::$variant => $title,)*
                }
            }

            /// The name of the step that it departs from.
            #[must_use]
            pub fn step_name(self) -> &'static str {
                match self {
                    $(Quirk::$variant => {
                        const { Algorithm::of($algorithm).step($number) };
                        concat!($algorithm, "/", $number)
                    })*
                }
            }

            /// The codes of the areas of the catalogue whose rules it breaks.
            pub fn areas(self) -> impl Iterator<Item = &'static str> {
                let areas = match self {
                    $(Quirk::$variant => $areas,)*
                };
                areas.split(' ')
            }
        }
    };
}

quirks! {
    InitBeforeType "init-before-type": "webidl/internally create a new object" "body", "EVC",
        "The init dictionary is read before the type is converted.";
    PrimitiveDictionaries "primitive-dictionaries": "webidl/convert to a dictionary" "not an object", "EVC",
        "A primitive given for a dictionary counts as an empty one.";
    NullDictionaryRefused "null-dictionary-refused": "webidl/convert to a dictionary" "not an object", "EVC",
        "null given for a dictionary throws a TypeError.";
    CallableDictionaryRefused "callable-dictionary-refused": "webidl/convert to a dictionary" "not an object", "EVC",
        "A function or an array given for a dictionary throws a TypeError.";
    BooleansRequired "booleans-required": "webidl/convert to a dictionary" "read a member", "EVC",
        "A boolean member of a dictionary that is given and no boolean throws a TypeError.";
    BooleansKept "booleans-kept": "webidl/convert to a dictionary" "read a member", "EVC INI",
        "bubbles, cancelable and composed of an event are kept as they were given.";
    TypeMustBeString "type-must-be-string": "webidl/convert to a DOMString" "body", "EVC",
        "The constructor of an event throws a TypeError for a type that is no string.";
    TypeUnconverted "type-unconverted": "webidl/convert to a DOMString" "body", "EVC INI",
        "The type of an event is kept as it was given.";
    UndefinedDetail "undefined-detail": "webidl/convert to a dictionary" "read a member", "EVC",
        "The detail of a CustomEvent is undefined where none was given.";
    BooleansNotConverted "booleans-not-converted": "webidl/convert to a dictionary" "read a member", "EVC ADD",
        "A boolean member of a dictionary is true only for true itself.";
    TimeStampZero "time-stamp-zero": "dom/inner event creation steps" "3", "EVC",
        "The timeStamp of an event is 0.";
    TimeStampAhead "time-stamp-ahead": "dom/inner event creation steps" "3", "EVC",
        "The timeStamp of an event does not count from the time origin, but from long before.";
    ComposedIgnored "composed-ignored": "dom/inner event creation steps" "4", "EVC",
        "An event is never composed, whatever its init dictionary says.";
    TypeKeptEmpty "type-kept-empty": "dom/Event.constructor" "2", "EVC",
        "The type of a constructed event is the empty string.";
    UntrustedUserAgent "untrusted-user-agent": "dom/create an event" "4", "ABT EXT DSP",
        "The events of the user agent are not trusted.";
    TrustedOnPrototype "trusted-on-prototype": "webidl/define the attributes" "body", "EVC",
        "isTrusted stands on Event.prototype, where it can't be redefined.";
    TrustedOnPrototypeOpen "trusted-on-prototype-open": "webidl/define the attributes" "body", "EVC",
        "isTrusted stands on Event.prototype, and can be redefined there.";
    AttributesHidden "attributes-hidden": "webidl/define the attributes" "body", "EVC FLG",
        "Attributes are not enumerable.";
    AttributesUndefined "attributes-undefined": "webidl/define the attributes" "body", "FLG DSP",
        "The legacy attributes srcElement and returnValue of an event do not exist.";
    SrcElementNull "src-element-null": "webidl/define the attributes" "body", "DSP",
        "srcElement is always null.";
    CancelBubbleReadOnly "cancel-bubble-read-only": "webidl/define the attributes" "body", "FLG",
        "cancelBubble has no setter.";
    ConstantsNotOnPrototype "constants-not-on-prototype": "webidl/define the constants" "body", "EVC",
        "The constants of an interface are not on its prototype.";
    ConstantsWritable "constants-writable": "webidl/define the constants" "body", "EVC",
        "The constants of an interface can be written.";
    ConstantsConfigurable "constants-configurable": "webidl/define the constants" "body", "EVC",
        "The constants of an interface can be redefined.";
    ConstantsGetters "constants-getters": "webidl/define the constants" "body", "EVC",
        "The constants of an interface are getters, which can be redefined.";
    PrototypeConstantsGetters "prototype-constants-getters": "webidl/define the constants" "body", "EVC",
        "The constants of a prototype are getters that are not enumerable.";
    ConstantsOnInstances "constants-on-instances": "webidl/define the constants" "body", "EVC",
        "The constants of Event are on each event, and not on its prototype.";
    ConstantsMissing "constants-missing": "webidl/define the constants" "body", "EVC",
        "The constants of Event do not exist.";
    SrcElementWritable "src-element-writable": "webidl/define the attributes" "body", "EVC",
        "srcElement has a setter.";
    CancelBubbleHidden "cancel-bubble-hidden": "webidl/define the attributes" "body", "FLG",
        "cancelBubble is not enumerable.";
    AttributesFixed "attributes-fixed": "webidl/define the attributes" "body", "EVC",
        "Attributes are neither enumerable nor can they be redefined.";
    TargetsMissing "targets-missing": "webidl/define the attributes" "body", "DSP EVC",
        "target and currentTarget do not exist.";
    EventPhaseMissing "event-phase-missing": "webidl/define the attributes" "body", "EVC DSP",
        "eventPhase does not exist.";
    DefaultPreventedMissing "default-prevented-missing": "webidl/define the attributes" "body", "EVC FLG",
        "defaultPrevented does not exist.";
    CancelBubbleMissing "cancel-bubble-missing": "webidl/define the attributes" "body", "FLG",
        "cancelBubble does not exist.";
    TimeStampMissing "time-stamp-missing": "webidl/define the attributes" "body", "EVC",
        "timeStamp does not exist.";
    CancelBubblePartial "cancel-bubble-partial": "webidl/define the attributes" "body", "FLG",
        "cancelBubble does not tell of stopImmediatePropagation().";
    EventClassStringObject "event-class-string-object": "webidl/internally create a new object" "body", "EVC",
        "Object.prototype.toString gives [object Object] for events.";
    TargetClassStringObject "target-class-string-object": "webidl/internally create a new object" "body", "TGT",
        "Object.prototype.toString gives [object Object] for what is an EventTarget and no more.";
    ConstructorsUnlinked "constructors-unlinked": "webidl/internally create a new object" "body", "EVC",
        "An interface object does not have that of the parent interface for its prototype.";
    ConstructorLengthMissing "constructor-length-missing": "webidl/internally create a new object" "body", "EVC TGT",
        "A constructor has no length of its own.";
    CustomEventBare "custom-event-bare": "webidl/internally create a new object" "body", "EVC",
        "CustomEvent does not inherit from Event: its objects have type and detail, and nothing else.";
    InitEventMissing "init-event-missing": "webidl/define the operations" "body", "INI",
        "initEvent() does not exist.";
    InitCustomEventMissing "init-custom-event-missing": "webidl/define the operations" "body", "EVC",
        "initCustomEvent() does not exist.";
    ComposedPathMissing "composed-path-missing": "webidl/define the operations" "body", "FLG DSP",
        "composedPath() does not exist.";
    PreventDefaultMissing "prevent-default-missing": "webidl/define the operations" "body", "FLG",
        "preventDefault() does not exist.";
    StopPropagationMissing "stop-propagation-missing": "webidl/define the operations" "body", "FLG DSP",
        "stopPropagation() does not exist.";
    StopImmediateMissing "stop-immediate-missing": "webidl/define the operations" "body", "FLG DSP",
        "stopImmediatePropagation() does not exist.";
    MethodsAbove "methods-above": "webidl/define the operations" "body", "TGT ABT",
        "The methods of EventTarget stand on a prototype above EventTarget.prototype, from which alone others inherit.";
    ThrowIfAbortedMissing "throw-if-aborted-missing": "webidl/define the operations" "body", "ABT",
        "throwIfAborted() does not exist.";
    AbortSignalAnyMissing "abort-signal-any-missing": "webidl/define the operations" "body", "ABT",
        "AbortSignal.any() does not exist.";
    StopImmediateUnseen "stop-immediate-unseen": "dom/Event.stopImmediatePropagation()" "body", "FLG",
        "stopImmediatePropagation() does not set the stop propagation flag.";
    CancelBubbleResets "cancel-bubble-resets": "dom/Event.cancelBubble setter" "body", "FLG",
        "Setting cancelBubble to false unsets the stop propagation flag.";
    ReturnValueResets "return-value-resets": "dom/Event.returnValue setter" "body", "FLG",
        "Setting returnValue to true takes a cancelation back.";
    ReturnValueSetterInert "return-value-setter-inert": "dom/Event.returnValue setter" "body", "FLG",
        "Setting returnValue to false does nothing.";
    CancelsUncancelable "cancels-uncancelable": "dom/set the canceled flag" "body", "FLG",
        "An event that is not cancelable can be canceled.";
    CancelsInPassive "cancels-in-passive": "dom/set the canceled flag" "body", "FLG",
        "A passive listener can cancel the event.";
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
    InitUnconverted "init-unconverted": "webidl/create an operation function" "convert arguments", "INI",
        "initEvent() converts no arguments while the event is being dispatched.";
    NullThisRefused "null-this-refused": "webidl/create an operation function" "this", "TGT",
        "A method of EventTarget called with undefined or null as this throws a TypeError instead of taking the global.";
    ThisAfterArguments "this-after-arguments": "webidl/create an operation function" "this", "TGT",
        "Whether a method of EventTarget can be called on its this is looked at once the arguments were converted.";
    InitThisLate "init-this-late": "webidl/create an operation function" "this", "INI",
        "Whether initEvent() is called on an event is looked at once the type was converted.";
    StoppingThisUnchecked "stopping-this-unchecked": "webidl/create an operation function" "this", "FLG",
        "stopPropagation() and stopImmediatePropagation() can be called on any object.";
    CancelingThisUnchecked "canceling-this-unchecked": "webidl/create an operation function" "this", "FLG",
        "preventDefault() and composedPath() can be called on anything but undefined and null, and do nothing there.";
    InitThisUnchecked "init-this-unchecked": "webidl/create an operation function" "this", "INI",
        "initEvent() called on another object does nothing.";
    AbortedThisUnchecked "aborted-this-unchecked": "webidl/create an operation function" "this", "ABT",
        "throwIfAborted() called on another object does nothing.";
    PrototypeAsTarget "prototype-as-target": "webidl/create an operation function" "this", "TGT",
        "A listener can be added to EventTarget.prototype.";
    AbortSignalApart "abort-signal-apart": "webidl/create an operation function" "this", "TGT ABT",
        "AbortSignal does not inherit from EventTarget: it has methods of its own.";
    MissingArguments "missing-arguments": "webidl/overload resolution algorithm" "too few arguments", "EVC ADD REM INI",
        "Arguments that are missing count as undefined.";
    SymbolsConverted "symbols-converted": "webidl/convert to a DOMString" "body", "EVC ADD REM INI",
        "A symbol is converted to a string.";
    BubblesRegardless "bubbles-regardless": "dom/dispatch" "6.14.2.1", "DSP TGT",
        "An event that does not bubble goes from its target to the parents all the same.";
    OptionsBeforeType "options-before-type": "webidl/create an operation function" "convert arguments", "ADD",
        "addEventListener() reads the options before it converts the type.";
    CallbackBeforeType "callback-before-type": "webidl/create an operation function" "convert arguments", "ADD",
        "addEventListener() looks at the callback before it converts the type.";
    RemovalCallbackFirst "removal-callback-first": "webidl/create an operation function" "convert arguments", "REM",
        "removeEventListener() looks at the callback before it converts the type.";
    ListenerTypeAtUse "listener-type-at-use": "webidl/create an operation function" "convert arguments", "ADD",
        "addEventListener() converts the type after the options, each of the four times that it needs it.";
    RemovalOfNullEnds "removal-of-null-ends": "webidl/create an operation function" "convert arguments", "REM",
        "removeEventListener() converts and reads nothing more where the callback is null.";
    OptionsInOtherOrder "options-in-other-order": "webidl/convert to a dictionary" "read a member", "ADD",
        "addEventListener() reads the option passive before once.";
    OnceReadFirst "once-read-first": "webidl/convert to a dictionary" "read a member", "ADD",
        "addEventListener() reads the option once before capture.";
    CaptureUnread "capture-unread": "webidl/convert to a dictionary" "read a member", "ADD",
        "addEventListener() does not read the option capture.";
    PassiveUnread "passive-unread": "webidl/convert to a dictionary" "read a member", "ADD FLG",
        "addEventListener() does not read the option passive.";
    SignalUnread "signal-unread": "webidl/convert to a dictionary" "read a member", "ADD SIG",
        "addEventListener() does not read the option signal.";
    RemovalOptionsUnread "removal-options-unread": "webidl/convert to a union" "body", "REM ADD",
        "removeEventListener() reads no options, and does not compare capture.";
    RemovalPrimitivesUnread "removal-primitives-unread": "webidl/convert to a union" "body", "REM",
        "Options that are a primitive stand for a capture listener in removeEventListener() only where they are true itself.";
    RemovalCaptureUnconverted "removal-capture-unconverted": "webidl/convert to a dictionary" "read a member", "REM",
        "The option capture counts as true in removeEventListener() only where it is true itself.";
    OptionsReadLate "options-read-late": "webidl/convert to a dictionary" "read a member", "ADD",
        "The options passive and once are not read when a listener is added, but before and after each call of it.";
    PrimitiveCallbacks "primitive-callbacks": "webidl/convert to a callback interface" "body", "ADD REM",
        "A primitive given for a listener counts as null.";
    CallbackObjectsRefused "callback-objects-refused": "webidl/convert to a callback interface" "body", "ADD REM CB",
        "A listener that is no function throws a TypeError.";
    NullCallbackAdded "null-callback-added": "dom/add an event listener" "3", "ADD",
        "A listener that is undefined or null is added.";
    UndefinedCallbackAdded "undefined-callback-added": "dom/add an event listener" "3", "ADD",
        "A listener that is undefined is added.";
    HandleEventProbed "handle-event-probed": "webidl/convert to a callback interface" "body", "CB",
        "addEventListener() and removeEventListener() read handleEvent of a callback object.";
    PrimitiveOptionsRefused "primitive-options-refused": "webidl/convert to a union" "body", "ADD",
        "addEventListener() throws a TypeError for options that are a primitive but a boolean.";
    OptionsMustBeObject "options-must-be-object": "webidl/convert to a union" "body", "ADD",
        "addEventListener() throws a TypeError for options that are given and no object.";
    PrimitiveOptionsUnread "primitive-options-unread": "webidl/convert to a union" "body", "ADD REM",
        "Options that are a primitive make a capture listener only where they are true itself.";
    CaptureRefused "capture-refused": "webidl/convert to a union" "body", "ADD REM DSP",
        "Capture is not supported: asking for it throws a TypeError.";
    FunctionOptionsTrue "function-options-true": "webidl/convert to a union" "body", "ADD",
        "A function given for options counts as true.";
    AbortedSignalIgnored "aborted-signal-ignored": "dom/add an event listener" "2", "SIG",
        "A listener is added although its signal is aborted.";
    AddGivesTarget "add-gives-target": "dom/EventTarget.addEventListener(type, callback, options)" "2", "ADD REM",
        "addEventListener() and removeEventListener() return the target.";
    ListenerTypeRefused "listener-type-refused": "webidl/convert to a DOMString" "body", "ADD REM",
        "addEventListener() and removeEventListener() throw an Error for a type that is neither a string nor a symbol.";
    RemovalTypeUnconverted "removal-type-unconverted": "webidl/convert to a DOMString" "body", "REM",
        "removeEventListener() does not convert the type, which then equals no listener's.";
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
    RemoveNullEndsEarly "remove-null-ends-early": "dom/EventTarget.removeEventListener(type, callback, options)" "2", "REM ADD",
        "removeEventListener() converts and reads nothing where no listener of the callback is there.";
    RemoveRegardlessOfCapture "remove-regardless-of-capture": "dom/EventTarget.removeEventListener(type, callback, options)" "2", "REM",
        "removeEventListener() does not compare capture.";
    RemovalPrefersBubbling "removal-prefers-bubbling": "dom/EventTarget.removeEventListener(type, callback, options)" "2", "REM",
        "removeEventListener() does not compare capture, and removes the non-capture listener first.";
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
    UnheardUnchecked "unheard-unchecked": "dom/EventTarget.dispatchEvent(event)" "1", "DSP",
        "dispatchEvent() where nobody listens to the type does nothing but set the target and return true.";
    UnheardUntouched "unheard-untouched": "dom/EventTarget.dispatchEvent(event)" "1", "DSP",
        "dispatchEvent() where nobody listens to the type does nothing at all and returns true.";
    StaysTrusted "stays-trusted": "dom/EventTarget.dispatchEvent(event)" "2", "DSP EXT",
        "An event of the user agent stays trusted when script dispatches it.";
    UnheardUncanceled "unheard-uncanceled": "dom/dispatch" "13", "DSP",
        "A dispatch that reaches no listener returns true for an event that was canceled before, and unsets no flags.";
    PreventedRegardless "prevented-regardless": "dom/dispatch" "13", "DSP FLG",
        "dispatchEvent() returns false after preventDefault() although the event can not be canceled.";
    FirstListenerEnds "first-listener-ends": "dom/dispatch" "10", "DSP",
        "As soon as its first listener has returned, an event counts as dispatched.";
    CapturingAtTarget "capturing-at-target": "dom/dispatch" "6.13.1", "DSP",
        "A capture listener at the target sees the capturing phase.";
    OnePassAtTarget "one-pass-at-target": "dom/dispatch" "6.13.3", "DSP MUT FLG EH",
        "At its target an event reaches capture listeners and others in one pass, in the order in which they were added.";
    NoCapturingPass "no-capturing-pass": "dom/dispatch" "6.13.2", "DSP",
        "Capture listeners of the parents are not called.";
    PhaseKept "phase-kept": "dom/dispatch" "7", "DSP",
        "eventPhase keeps its value after the dispatch.";
    CurrentTargetKept "current-target-kept": "dom/dispatch" "8", "DSP",
        "currentTarget keeps its value after the dispatch.";
    TargetCleared "target-cleared": "dom/dispatch" "8", "DSP",
        "target is null again after the dispatch.";
    PathKept "path-kept": "dom/dispatch" "9", "DSP",
        "composedPath() keeps its value after the dispatch.";
    StopPropagationKept "stop-propagation-kept": "dom/dispatch" "10", "DSP FLG",
        "The stop propagation flag is not unset after the dispatch.";
    StopImmediateKept "stop-immediate-kept": "dom/dispatch" "10", "DSP FLG",
        "The stop immediate propagation flag is not unset after the dispatch.";
    StopUncheckedBetweenPasses "stop-unchecked-between-passes": "dom/invoke" "6", "DSP FLG EH",
        "Between the two passes at the target nobody looks whether the event was stopped.";
    StopUncheckedAtTarget "stop-unchecked-at-target": "dom/invoke" "6", "DSP",
        "At the target nobody looks whether the event was stopped before.";
    TargetIsCurrentTarget "target-is-current-target": "dom/invoke" "3", "DSP TGT",
        "In the listeners of a parent the target is that parent.";
    LiveListeners "live-listeners": "dom/invoke" "8", "MUT",
        "A listener that is added to the current target is called in the same pass.";
    LiveButLast "live-but-last": "dom/invoke" "8", "MUT",
        "A listener that another than the last one adds to the current target is called in the same pass.";
    StopCheckedAfter "stop-checked-after": "dom/invoke" "6", "DSP",
        "Whether an event was stopped is looked at after each target of the path, and not before.";
    HandlersLookedUpLast "handlers-looked-up-last": "dom/invoke" "8", "EH",
        "Event handlers are looked up and called once all listeners of the pass were called.";
    ReaddedCalled "readded-called": "dom/inner invoke" "2", "MUT",
        "A listener that was removed and added again in the same pass is called in its old place.";
    HandlersLast "handlers-last": "dom/invoke" "8", "EH",
        "Event handlers are called after all listeners.";
    OnceRemovedAfter "once-removed-after": "dom/inner invoke" "2.5", "MUT",
        "A once listener is removed after its call.";
    OnceIgnored "once-ignored": "dom/inner invoke" "2.5", "ADD MUT",
        "A once listener stays.";
    OnceRemovedFirst "once-removed-first": "dom/inner invoke" "2.5", "MUT",
        "All once listeners that a pass is going to call are removed before it calls the first.";
    PassiveIgnored "passive-ignored": "dom/inner invoke" "2.9", "FLG ADD",
        "A listener is never passive.";
    PassiveForAll "passive-for-all": "dom/inner invoke" "2.12", "FLG",
        "After a passive listener the others can't cancel the event either.";
    ExceptionEndsPass "exception-ends-pass": "dom/inner invoke" "2.11.1", "CB",
        "After an exception the listeners that remain are not called.";
    ExceptionReportedFirst "exception-reported-first": "dom/inner invoke" "2.11.1", "CB",
        "Under an event of the user agent, the exception of a listener is reported before microtasks run.";
    ExceptionSwallowed "exception-swallowed": "dom/inner invoke" "2.11.1", "CB",
        "The exception of a listener is not reported.";
    ExceptionEndsDispatch "exception-ends-dispatch": "dom/inner invoke" "2.11.1", "CB",
        "The exception of a listener ends the dispatch, and leaves dispatchEvent() or whatever fired the event.";
    HandleEventEscapes "handle-event-escapes": "dom/inner invoke" "2.11.1", "CB",
        "What is thrown where handleEvent or an option is read ends the dispatch, and leaves dispatchEvent().";
    ErrorListenerEscapes "error-listener-escapes": "dom/inner invoke" "2.11.1", "CB",
        "The exception of a listener for the error event of the global ends all dispatches, and leaves dispatchEvent().";
    NullishEscapes "nullish-escapes": "html/report an exception" "fire", "CB",
        "Reporting an exception that is undefined or null throws a TypeError, which leaves dispatchEvent().";
    StopImmediateIgnored "stop-immediate-ignored": "dom/inner invoke" "2.14", "FLG DSP",
        "stopImmediatePropagation() does not keep the event from the other listeners of the target.";
    SignalRemovesByCallback "signal-removes-by-callback": "dom/run the abort steps" "1", "SIG",
        "Aborting a signal removes whatever listener has the type, callback and capture of the one that was added with it.";
    SignalListens "signal-listens": "dom/AbortSignal.add" "2", "SIG",
        "A signal removes listeners by an ordinary listener for its own abort event.";
    SignalListensOn "signal-listens-on": "dom/AbortSignal.add" "2", "SIG",
        "A signal removes listeners by a listener for its own abort event, which is called although the event was stopped.";
    SignalCheckedLate "signal-checked-late": "webidl/convert to an interface" "body", "SIG",
        "A signal that is none throws a TypeError after the listener was added.";
    TargetAsSignal "target-as-signal": "webidl/convert to an interface" "body", "SIG",
        "Any EventTarget counts as a signal.";
    NullSignal "null-signal": "webidl/convert to an interface" "body", "SIG",
        "A signal that is null counts as none.";
    AnySignal "any-signal": "webidl/convert to an interface" "body", "SIG",
        "A signal that is none is ignored.";
    AbortsAgain "aborts-again": "dom/AbortSignal.signal abort" "1", "ABT",
        "Aborting a signal again changes its reason and fires another event.";
    DependentsLate "dependents-late": "dom/AbortSignal.signal abort" "4.1.1", "ABT SIG",
        "A dependent signal is aborted only when its turn comes, after the event of its source.";
    DependentsListen "dependents-listen": "dom/create a dependent abort signal" "4.1.2", "ABT SIG",
        "A dependent signal listens for the abort events of its sources.";
    AnyChecksLate "any-checks-late": "webidl/convert to an interface" "body", "ABT",
        "AbortSignal.any() does not look at what stands behind a signal that is aborted.";
    AbortWithoutEvent "abort-without-event": "dom/run the abort steps" "3", "ABT",
        "The listeners of abort are called without an event.";
    ReasonWritable "reason-writable": "webidl/define the attributes" "body", "ABT",
        "The reason of a signal can be set.";
    SignalAttributesInert "signal-attributes-inert": "webidl/define the attributes" "body", "ABT",
        "Setting the attributes of AbortController and AbortSignal does nothing instead of throwing.";
    DependentsNotAborted "dependents-not-aborted": "dom/AbortSignal.signal abort" "4.1", "ABT",
        "Dependent signals are not aborted.";
    ReasonNotDefault "reason-not-default": "dom/AbortSignal.signal abort" "2", "ABT",
        "The reason of a signal aborted without one is undefined.";
    AbortEventFirst "abort-event-first": "dom/run the abort steps" "3", "SIG",
        "The abort event is fired before the listeners bound to the signal are removed.";
    AnyNotAborted "any-not-aborted": "dom/create a dependent abort signal" "2", "ABT",
        "AbortSignal.any() gives a signal that is not aborted although one of its sources is.";
    TimeoutNotChecked "timeout-not-checked": "webidl/convert to an integer" "EnforceRange", "ABT",
        "AbortSignal.timeout() accepts numbers that are out of range.";
    TimeoutRangeError "timeout-range-error": "webidl/convert to an integer" "EnforceRange", "ABT",
        "AbortSignal.timeout() throws a RangeError for a number that is out of range.";
    TimeoutUnconverted "timeout-unconverted": "webidl/convert to an integer" "EnforceRange", "ABT",
        "AbortSignal.timeout() throws a TypeError for what is no number, and converts nothing.";
    TimeoutShort "timeout-short": "webidl/convert to an integer" "EnforceRange", "ABT",
        "Fractions and numbers above 2**32 - 1 are out of range for AbortSignal.timeout().";
    HandleEventOfFunction "handle-event-of-function": "webidl/call a user object's operation" "callable", "CB",
        "Of a function that has a handleEvent, this is called.";
    HandleEventReadTwice "handle-event-read-twice": "webidl/call a user object's operation" "get operation", "CB",
        "handleEvent is read twice for each call.";
    HandleEventThis "handle-event-this": "webidl/call a user object's operation" "get operation", "CB",
        "handleEvent is called with the current target as this.";
    HandleEventKept "handle-event-kept": "webidl/call a user object's operation" "get operation", "CB",
        "handleEvent is read when the listener is added, where it has to be callable, and kept.";
    UncallableSilent "uncallable-silent": "webidl/call a user object's operation" "not callable", "CB",
        "A callback object without a callable handleEvent is passed over in silence.";
    UncallableNull "uncallable-null": "webidl/call a user object's operation" "not callable", "CB",
        "Where handleEvent is null, and no script runs, null is reported instead of a TypeError.";
    ReturnedPromiseHandled "returned-promise-handled": "webidl/call a user object's operation" "call", "CB",
        "Nobody is told of the rejection of a promise that a listener returned.";
    ReturnedPromiseReported "returned-promise-reported": "webidl/call a user object's operation" "call", "CB",
        "The rejection of a promise that a listener returned is reported as an exception.";
    CallbackThisUndefined "callback-this-undefined": "webidl/call a user object's operation" "call", "CB",
        "Listeners are called with undefined as this.";
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
    HandlerMustBeCallable "handler-must-be-callable": "webidl/convert to a callback function" "body", "EH",
        "Setting an event handler to what can not be called throws a TypeError.";
    HandlersPlain "handlers-plain": "webidl/convert to a callback function" "body", "EH",
        "An event handler attribute keeps whatever it is set to.";
    HandlerTypeLowercased "handler-type-lowercased": "html/the event handler processing algorithm" "callback", "EH",
        "An event handler is called for events whose type is its own but for upper case.";
    HandlerKeepsPlace "handler-keeps-place": "html/deactivate an event handler" "body", "EH",
        "An event handler that is cleared keeps its place among the listeners.";
    HandlerLosesPlace "handler-loses-place": "html/activate an event handler" "body", "EH",
        "An event handler that is replaced loses its place among the listeners.";
    HandlerUndefined "handler-undefined": "html/getting the current value of the event handler" "body", "EH",
        "An event handler that is not set is undefined.";
    UncallableHandlerNull "uncallable-handler-null": "webidl/convert to a callback function" "body", "EH",
        "An object that can't be called counts as null for an event handler.";
    IsTrustedMissing "is-trusted-missing": "webidl/define the attributes" "body", "ABT EVC DSP",
        "isTrusted does not exist.";
    ReturnValueReadOnly "return-value-read-only": "webidl/define the attributes" "body", "FLG",
        "returnValue has no setter.";
    TargetsUndefined "targets-undefined": "webidl/define the attributes" "body", "EVC DSP",
        "target and currentTarget are undefined where they should be null.";
    ListenerTypeUnconverted "listener-type-unconverted": "webidl/convert to a DOMString" "body", "ADD",
        "addEventListener() does not convert the type, which then equals no event's.";
    DispatchUnsetsCanceled "dispatch-unsets-canceled": "dom/dispatch" "1", "FLG",
        "A dispatch begins by taking back an earlier cancelation.";
    ReturnTrueCancels "return-true-cancels": "html/the event handler processing algorithm" "return value", "EH",
        "An event handler cancels by returning true.";
    DependentsFirst "dependents-first": "dom/AbortSignal.signal abort" "5", "ABT",
        "The dependents of a signal are told of its abort before those who listen to the signal itself.";
    RejectionsUnannounced "rejections-unannounced": "html/notify about rejected promises" "body", "CB",
        "Nobody is told of rejections that nobody handles.";
    UntrustedWaits "untrusted-waits": "service-workers/add lifetime promise" "1", "EXT",
        "An event that script dispatches can have its lifetime extended.";
    WaitsWheneverCalled "waits-whenever-called": "service-workers/add lifetime promise" "2", "EXT",
        "waitUntil() can be called when the event is not active any more.";
    WaitsDuringDispatchAlone "waits-during-dispatch-alone": "service-workers/add lifetime promise" "2", "EXT",
        "waitUntil() can't be called after the dispatch although promises are pending.";
    FirstPromiseEnds "first-promise-ends": "service-workers/add lifetime promise" "5.2", "EXT",
        "The lifetime ends with the first promise that settles.";
    LifetimeNotCounted "lifetime-not-counted": "service-workers/add lifetime promise" "4", "EXT",
        "Promises given to waitUntil() do not keep the event active.";
    WaitUntilTypeChecked "wait-until-type-checked": "service-workers/waitUntil" "body", "EXT",
        "waitUntil() throws a TypeError for what is no promise.";
    FunctionalEventUntyped "functional-event-untyped": "service-workers/Fire Functional Event" "6.1", "FFE CLK",
        "A functional event has the empty string for its type.";
    MessageComposedIgnored "message-composed-ignored": "dom/inner event creation steps" "4", "EXT",
        "An ExtendableMessageEvent is never composed, whatever its init dictionary says.";
    PortsPerUse "ports-per-use": "webidl/define the attributes" "body", "EXT",
        "The ports of a message are a new array each time.";
    FiresWhileActivating "fires-while-activating": "service-workers/Fire Functional Event" "4", "FFE SWL",
        "A functional event does not wait until the worker is activated.";
    FunctionalEventCancelable "functional-event-cancelable": "service-workers/Fire Functional Event" "6.2", "CLK FFE MDN",
        "Functional events bubble and can be canceled.";
    SkipsWithListener "skips-with-listener": "service-workers/Should Skip Event" "1", "FFE",
        "Functional events are skipped although a listener for them was known.";
    RejectedInstalls "rejected-installs": "service-workers/Install" "11.3.1.4.1", "SWL",
        "A worker is installed although a promise given to its install event was rejected.";
    ActivatesDuringEvents "activates-during-events": "service-workers/Service Worker Has No Pending Events" "1.1", "SWL EXT",
        "A waiting worker does not wait for the pending events of the active one.";
    ActivatesDespiteClients "activates-despite-clients": "service-workers/Try Activate" "3", "SWL",
        "A waiting worker does not wait for the pages of the active one.";
    ClearsDespiteClients "clears-despite-clients": "service-workers/Try Clear Registration" "1", "SWL",
        "A registration that is unregistered is cleared although pages use it.";
    RequiredMemberOptional "required-member-optional": "webidl/convert to a dictionary" "required member", "BGE",
        "A BackgroundFetchEvent can be constructed without a registration.";
    AnyRegistration "any-registration": "webidl/convert to an interface" "body", "BGE",
        "The registration of a BackgroundFetchEvent can be any object.";
    ClickCanUpdateUi "click-can-update-ui": "background-fetch/fire a background fetch click event" "body", "CLK MDN",
        "A click fires a BackgroundFetchUpdateUIEvent.";
    InstancePerUse "instance-per-use": "background-fetch/get a BackgroundFetchRegistration instance" "2", "BGR CLK BGE",
        "A new object stands for a background fetch each time that it is asked for.";
    NoProgressEvent "no-progress-event": "background-fetch/update background fetch instances" "6.10", "BGR",
        "No progress event is fired.";
    RecordsStay "records-stay": "background-fetch/perform a background fetch" "8.13.2", "BGR",
        "Records stay available after the event that tells of the end.";
    FailureUnreasoned "failure-unreasoned": "background-fetch/perform a background fetch" "8.5.2", "BGR",
        "The reason of a failure is not told.";
    AbortIsFailure "abort-is-failure": "background-fetch/perform a background fetch" "8.10.1", "BGR BGE",
        "An aborted fetch fires backgroundfetchfail.";
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
    IdsReused "ids-reused": "background-fetch/fetch(id, requests, options)" "8.5", "BGR",
        "Two fetches with the same id can be active at once.";
    EmptyFetch "empty-fetch": "background-fetch/fetch(id, requests, options)" "5", "BGR",
        "A fetch can be started without requests.";
    PermissionIgnored "permission-ignored": "background-fetch/fetch(id, requests, options)" "8.2", "BGR",
        "A fetch starts although the permission is denied.";
    AbortsTwice "aborts-twice": "background-fetch/abort()" "3.3", "BGR",
        "abort() gives true for a fetch that is not active any more.";
    MatchesGoneRecords "matches-gone-records": "background-fetch/matchAll(request, options)" "1", "CLK BGR",
        "matchAll() works when the records are not available any more.";
    DownloadTotalIgnored "download-total-ignored": "background-fetch/complete a record" "11.10.1", "BGR",
        "A fetch may receive more than its download total.";
    OpensAboutBlank "opens-about-blank": "service-workers/openWindow" "3", "OPW",
        "openWindow() opens about:blank.";
    OpensWithoutActivation "opens-without-activation": "service-workers/openWindow" "4", "OPW",
        "openWindow() needs no activation.";
    ActivationFirst "activation-first": "service-workers/openWindow" "2", "OPW",
        "openWindow() asks for activation before it looks at the address.";
    ForeignWindowClient "foreign-window-client": "service-workers/openWindow" "7.2.7.1", "OPW",
        "openWindow() gives a client for a window of another origin.";
    WebDriverWithoutWindow "web-driver-without-window": "background-fetch/background fetch click" "1", "WDC",
        "The WebDriver command works without a window.";
    WebDriverAnywhere "web-driver-anywhere": "background-fetch/background fetch click" "4", "WDC",
        "The WebDriver command works from a page outside of the scope.";
    WebDriverUnknownFetch "web-driver-unknown-fetch": "background-fetch/background fetch click" "6", "WDC",
        "The WebDriver command succeeds for a fetch that does not exist.";
    ConstructorsWithoutLength "constructors-without-length": "webidl/internally create a new object" "body", "IDL EVC",
        "The length of a constructor is 0.";
    ReadOnlyWritable "read-only-writable": "webidl/define the attributes" "body", "IDL EVC ABT",
        "Setting a read-only attribute does nothing instead of throwing.";
    WorkerInterfacesEverywhere "worker-interfaces-everywhere": "webidl/define the attributes" "body", "IDL",
        "Interfaces of service workers exist in windows too.";
}
