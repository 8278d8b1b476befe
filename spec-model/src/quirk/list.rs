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
    ErrorInitOrder "error-init-order": "webidl/convert to a dictionary" "read a member", "EVC",
        "The members of ErrorEventInit are read in the order in which they are declared.";
    ErrorInitUnread "error-init-unread": "webidl/convert to a dictionary" "read a member", "EVC",
        "Of ErrorEventInit only message and error are read.";
    ErrorInitUnconverted "error-init-unconverted": "webidl/convert to a dictionary" "read a member", "EVC",
        "Of ErrorEventInit nothing is converted.";
    ErrorInitNullMissing "error-init-null-missing": "webidl/convert to a dictionary" "read a member", "EVC",
        "Null as the message, filename, lineno or colno of ErrorEventInit counts as missing.";
    ErrorInitSigned "error-init-signed": "webidl/convert to a dictionary" "read a member", "EVC",
        "The lineno and colno of ErrorEventInit are converted to signed integers.";
    ErrorNullByDefault "error-null-by-default": "webidl/convert to a dictionary" "read a member", "EVC",
        "The error of an ErrorEvent is null where its dictionary has none.";
    ErrorInitTogether "error-init-together": "webidl/convert to a dictionary" "read a member", "EVC",
        "The members of EventInit are read once more among those of ErrorEventInit, all in the order of their names.";
    BooleansNotConverted "booleans-not-converted": "webidl/convert to a dictionary" "read a member", "EVC ADD",
        "A boolean member of a dictionary is true only for true itself.";
    TrustedOnPrototype "trusted-on-prototype": "webidl/define the attributes" "body", "EVC",
        "isTrusted stands on Event.prototype, where it can't be redefined.";
    TrustedOnPrototypeOpen "trusted-on-prototype-open": "webidl/define the attributes" "body", "EVC",
        "isTrusted stands on Event.prototype, and can be redefined there.";
    AttributesHidden "attributes-hidden": "webidl/define the attributes" "body", "EVC FLG EH BGE BGR EXT IDL",
        "Attributes are not enumerable.";
    AttributesUndefined "attributes-undefined": "webidl/define the attributes" "body", "FLG DSP EVC",
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
    ErrorMembersOnInstances "error-members-on-instances": "webidl/define the attributes" "body", "EVC",
        "The attributes of ErrorEvent are properties of each event, and none of the prototype.";
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
    ErrorEventLengthTwo "error-event-length-two": "webidl/internally create a new object" "body", "EVC",
        "The length of ErrorEvent is 2.";
    ConstructorNameMissing "constructor-name-missing": "webidl/internally create a new object" "body", "EVC",
        "The name of a constructor is the empty string.";
    CustomEventBare "custom-event-bare": "webidl/internally create a new object" "body", "EVC",
        "CustomEvent does not inherit from Event: its objects have type and detail, and nothing else.";
    InitEventMissing "init-event-missing": "webidl/define the operations" "body", "INI",
        "initEvent() does not exist.";
    InitCustomEventMissing "init-custom-event-missing": "webidl/define the operations" "body", "EVC",
        "initCustomEvent() does not exist.";
    ComposedPathMissing "composed-path-missing": "webidl/define the operations" "body", "FLG DSP EVC",
        "composedPath() does not exist.";
    PreventDefaultMissing "prevent-default-missing": "webidl/define the operations" "body", "FLG",
        "preventDefault() does not exist.";
    StopPropagationMissing "stop-propagation-missing": "webidl/define the operations" "body", "FLG DSP",
        "stopPropagation() does not exist.";
    StopImmediateMissing "stop-immediate-missing": "webidl/define the operations" "body", "FLG DSP",
        "stopImmediatePropagation() does not exist.";
    MethodsAbove "methods-above": "webidl/define the operations" "body", "TGT ABT",
        "The methods of EventTarget stand on a prototype above EventTarget.prototype, from which alone others inherit.";
    ExceptionCodeMissing "exception-code-missing": "webidl/define the attributes" "body", "ABT",
        "A DOMException has no code.";
    ExceptionCodesFew "exception-codes-few": "webidl/define the attributes" "body", "ABT",
        "The code of a DOMException is 0 unless its name is one that dispatch, aborts and timeouts use.";
    ExceptionConstantsMissing "exception-constants-missing": "webidl/define the constants" "body", "ABT",
        "DOMException and its prototype have no constants.";
    PrototypePropertyOpen "prototype-property-open": "webidl/internally create a new object" "body", "ABT",
        "The prototype property of interface objects can be changed.";
    ExceptionNameEmpty "exception-name-empty": "webidl/internally create a new object" "body", "ABT",
        "The name of a DOMException that script makes without one is empty.";
    ExceptionMessageMissing "exception-message-missing": "webidl/internally create a new object" "body", "ABT",
        "The message of a DOMException that script makes is empty.";
    ThrowIfAbortedMissing "throw-if-aborted-missing": "webidl/define the operations" "body", "ABT",
        "throwIfAborted() does not exist.";
    AbortSignalAnyMissing "abort-signal-any-missing": "webidl/define the operations" "body", "ABT",
        "AbortSignal.any() does not exist.";
    ConstructorsCallable "constructors-callable": "webidl/internally create a new object" "body", "EVC TGT BGE",
        "A constructor that is called without new makes an object all the same.";
    IllegalConstructorsWork "illegal-constructors-work": "webidl/internally create a new object" "body", "ABT BGR",
        "An interface without a constructor can be constructed.";
    EmptyTypeRefused "empty-type-refused": "dom/Event.constructor" "2", "EVC",
        "The constructor of an event throws a TypeError for an empty type.";
    BackgroundFetchTypesAlone "background-fetch-types-alone": "dom/Event.constructor" "1", "BGE",
        "A BackgroundFetchEvent can only be constructed with a type that begins with backgroundfetch.";
    EventTargetAbstract "event-target-abstract": "webidl/internally create a new object" "body", "TGT",
        "new EventTarget() throws a TypeError.";
    EventTargetTakesNothing "event-target-takes-nothing": "webidl/internally create a new object" "body", "TGT",
        "new EventTarget() throws a TypeError where it gets an argument.";
    SubclassesRefused "subclasses-refused": "webidl/internally create a new object" "body", "TGT",
        "A class that extends EventTarget can not be constructed.";
    RequiredInitOptional "required-init-optional": "webidl/overload resolution algorithm" "too few arguments", "BGE",
        "A BackgroundFetchEvent can be constructed from a type alone.";
    InitDefaultsTrue "init-defaults-true": "webidl/convert to a dictionary" "read a member", "EVC",
        "bubbles, cancelable and composed of a constructed event are true where nothing was given for them.";
    ComposedReadFirst "composed-read-first": "webidl/convert to a dictionary" "read a member", "EVC BGE EXT",
        "The init dictionary of an event is read from composed to bubbles.";
    GetterExceptionsSwallowed "getter-exceptions-swallowed": "webidl/convert to a dictionary" "read a member", "EVC ADD REM",
        "A member of a dictionary whose getter throws counts as missing.";
    MessageInitOrder "message-init-order": "webidl/convert to a dictionary" "read a member", "EXT",
        "ExtendableMessageEvent reads source before the other members of its own.";
    ClassStringObject "class-string-object": "webidl/internally create a new object" "body", "EVC TGT BGE",
        "Object.prototype.toString gives [object Object] for objects of an interface.";
    PrototypeClassStringObject "prototype-class-string-object": "webidl/internally create a new object" "body", "EVC",
        "Object.prototype.toString gives [object Object] for the prototypes of interfaces.";
    AbortClassStringObject "abort-class-string-object": "webidl/internally create a new object" "body", "ABT",
        "Object.prototype.toString gives [object Object] for controllers, and [object EventTarget] for signals.";
    ControllerClassStringObject "controller-class-string-object": "webidl/internally create a new object" "body", "ABT",
        "Object.prototype.toString gives [object Object] for controllers.";
    InterfacesEnumerable "interfaces-enumerable": "webidl/internally create a new object" "body", "EVC",
        "The properties of the global object that hold interface objects are enumerable.";
    InterfacesInherited "interfaces-inherited": "webidl/internally create a new object" "body", "EVC",
        "The interface objects are properties of what the global object inherits from.";
    FlatPrototypes "flat-prototypes": "webidl/internally create a new object" "body", "EVC ABT BGE EXT",
        "Interfaces do not inherit: their objects have the members of others, but not their prototypes.";
    PrototypeGettersSilent "prototype-getters-silent": "webidl/define the attributes" "body", "EVC ABT BGR EXT",
        "An attribute read from an interface prototype object is undefined.";
    ConstructorPropertyMissing "constructor-property-missing": "webidl/internally create a new object" "body", "EVC",
        "An interface prototype object has no property constructor.";
    CustomEventMissing "custom-event-missing": "webidl/internally create a new object" "body", "IDL EVC",
        "CustomEvent does not exist.";
    BackgroundFetchEventMissing "background-fetch-event-missing": "webidl/internally create a new object" "body", "BGE IDL",
        "BackgroundFetchEvent does not exist.";
    BackgroundFetchInterfacesHidden "background-fetch-interfaces-hidden": "webidl/internally create a new object" "body", "IDL",
        "The interface objects of BackgroundFetchManager, BackgroundFetchRegistration and BackgroundFetchRecord do not exist.";
    MethodsGiveEvent "methods-give-event": "dom/Event.stopPropagation()" "body", "FLG",
        "stopPropagation(), stopImmediatePropagation() and preventDefault() return the event.";
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
    MissingArguments "missing-arguments": "webidl/overload resolution algorithm" "too few arguments", "EVC ADD REM INI EXT OPW",
        "Arguments that are missing count as undefined.";
    SymbolsConverted "symbols-converted": "webidl/convert to a DOMString" "body", "EVC ADD REM INI",
        "A symbol is converted to a string.";
    ThisUnchecked "this-unchecked": "webidl/create an operation function" "this", "TGT",
        "A method of EventTarget called with what is no EventTarget as this takes the global.";
    MethodsHidden "methods-hidden": "webidl/define the operations" "body", "TGT",
        "Methods are not enumerable.";
    EventMethodsHidden "event-methods-hidden": "webidl/define the operations" "body", "FLG INI",
        "The methods of Event are not enumerable.";
    AbortMembersHidden "abort-members-hidden": "webidl/define the operations" "body", "ABT",
        "The static methods of AbortSignal, throwIfAborted() and reason are not enumerable.";
    AbortMembersInherited "abort-members-inherited": "webidl/define the operations" "body", "ABT",
        "AbortController, AbortSignal and their prototypes inherit all of their members.";
    SignalAttributesFixed "signal-attributes-fixed": "webidl/define the attributes" "body", "ABT",
        "The attributes of AbortSignal can neither be listed nor redefined.";
    InitCustomEventHidden "init-custom-event-hidden": "webidl/define the operations" "body", "EVC",
        "initCustomEvent() is not enumerable.";
    ListenerMethodsPerInterface "listener-methods-per-interface": "webidl/define the operations" "body", "ABT",
        "AbortSignal.prototype has addEventListener() and removeEventListener() of its own.";
    TargetMethodsPerInterface "target-methods-per-interface": "webidl/define the operations" "body", "ABT",
        "AbortSignal.prototype has dispatchEvent() and the methods for listeners once more.";
    OptionalArgumentsCount "optional-arguments-count": "webidl/define the operations" "body", "TGT ABT",
        "The length of addEventListener(), removeEventListener() and abort() counts their optional arguments too.";
    AddLengthWhole "add-length-whole": "webidl/define the operations" "body", "TGT",
        "The length of addEventListener() counts its optional argument too.";
    OperationsWithoutLength "operations-without-length": "webidl/define the operations" "body", "TGT ABT INI EVC EXT BGR",
        "The length of every method is 0.";
    InitLengthWhole "init-length-whole": "webidl/define the operations" "body", "INI EVC",
        "The length of initEvent() and initCustomEvent() counts their optional arguments too.";
    ConstructorLookedUp "constructor-looked-up": "webidl/create an operation function" "this", "TGT",
        "A method of EventTarget throws a TypeError where script gave the target another constructor property.";
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
    AddGivesTarget "add-gives-target": "dom/EventTarget.addEventListener(type, callback, options)" "2", "ADD REM",
        "addEventListener() and removeEventListener() return the target.";
    ListenerTypeRefused "listener-type-refused": "webidl/convert to a DOMString" "body", "ADD REM",
        "addEventListener() and removeEventListener() throw an Error for a type that is neither a string nor a symbol.";
    RemovalTypeUnconverted "removal-type-unconverted": "webidl/convert to a DOMString" "body", "REM",
        "removeEventListener() does not convert the type, which then equals no listener's.";
    ListenerMethodsGiveTrue "listener-methods-give-true": "dom/EventTarget.addEventListener(type, callback, options)" "2", "ADD REM",
        "addEventListener() and removeEventListener() return true.";
    NullCallbackRefused "null-callback-refused": "webidl/convert to a callback interface" "body", "ADD REM",
        "A listener that is null or undefined throws a TypeError.";
    NullCallbackEndsEarly "null-callback-ends-early": "dom/add an event listener" "3", "ADD",
        "addEventListener() reads no options where the callback is null.";
    HandleEventTaken "handle-event-taken": "webidl/convert to a callback interface" "body", "ADD CB",
        "addEventListener() and removeEventListener() take the handleEvent of a callback object in its place.";
    OptionsLive "options-live": "dom/EventTarget.addEventListener(type, callback, options)" "2", "ADD",
        "The options once and passive of a listener are read again for each dispatch.";
    RemoveNullEndsEarly "remove-null-ends-early": "dom/EventTarget.removeEventListener(type, callback, options)" "2", "REM ADD",
        "removeEventListener() converts and reads nothing where no listener of the callback is there.";
    RemoveUnknownRefused "remove-unknown-refused": "dom/EventTarget.removeEventListener(type, callback, options)" "2", "REM",
        "Removing a listener that is not there throws.";
    AnythingDispatched "anything-dispatched": "webidl/convert to an interface" "body", "DSP",
        "dispatchEvent() returns true for what is no event.";
    NonNullDispatched "non-null-dispatched": "webidl/convert to an interface" "body", "DSP",
        "dispatchEvent() returns true for what is no event, unless it is undefined or null.";
    EventLikeDispatched "event-like-dispatched": "webidl/convert to an interface" "body", "DSP",
        "dispatchEvent() dispatches a new event for an object that has a type.";
    EventLikeHandedOver "event-like-handed-over": "webidl/convert to an interface" "body", "DSP",
        "dispatchEvent() hands an object that has a type to the listeners.";
    EventLikeInvalid "event-like-invalid": "webidl/convert to an interface" "body", "DSP",
        "dispatchEvent() throws an InvalidStateError for an object that is no event, but has a type that is listened to.";
    ComposedPathByMethod "composed-path-by-method": "dom/dispatch" "6.3", "DSP",
        "The path of a dispatch is asked from the composedPath() that script gave the event.";
    SignalCheckedLate "signal-checked-late": "webidl/convert to an interface" "body", "SIG",
        "A signal that is none throws a TypeError after the listener was added.";
    TargetAsSignal "target-as-signal": "webidl/convert to an interface" "body", "SIG",
        "Any EventTarget counts as a signal.";
    NullSignal "null-signal": "webidl/convert to an interface" "body", "SIG",
        "A signal that is null counts as none.";
    SignalByMethod "signal-by-method": "dom/add an event listener" "6", "SIG",
        "The addEventListener that script gave a signal and the removeEventListener that it gave a target are called where a signal binds and removes a listener.";
    UndefinedSignalRefused "undefined-signal-refused": "webidl/convert to a dictionary" "read a member", "SIG",
        "A signal that is undefined throws a TypeError.";
    AnySignal "any-signal": "webidl/convert to an interface" "body", "SIG",
        "A signal that is none is ignored.";
    AnyChecksLate "any-checks-late": "webidl/convert to an interface" "body", "ABT",
        "AbortSignal.any() does not look at what stands behind a signal that is aborted.";
    ReasonWritable "reason-writable": "webidl/define the attributes" "body", "ABT",
        "The reason of a signal can be set.";
    SignalAttributesInert "signal-attributes-inert": "webidl/define the attributes" "body", "ABT",
        "Setting the attributes of AbortController and AbortSignal does nothing instead of throwing.";
    SignalPerUse "signal-per-use": "dom/AbortController.new AbortController()" "2", "ABT",
        "A controller gives a new object for its signal each time.";
    ReasonNullBefore "reason-null-before": "dom/AbortController.new AbortController()" "1", "ABT",
        "The reason of a signal that is not aborted is null.";
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
    HandleEventKept "handle-event-kept": "webidl/call a user object's operation" "get operation", "CB ADD",
        "handleEvent is read when the listener is added, where it has to be callable, and kept.";
    UncallableSilent "uncallable-silent": "webidl/call a user object's operation" "not callable", "CB",
        "A callback object without a callable handleEvent is passed over in silence.";
    UncallableNull "uncallable-null": "webidl/call a user object's operation" "not callable", "CB",
        "Where there is no handleEvent to be called, and no script runs, null is reported instead of a TypeError.";
    ReturnedPromiseHandled "returned-promise-handled": "webidl/call a user object's operation" "call", "CB",
        "Nobody is told of the rejection of a promise that a listener returned.";
    ReturnedPromiseReported "returned-promise-reported": "webidl/call a user object's operation" "call", "CB",
        "The rejection of a promise that a listener returned is reported as an exception.";
    CallbackThisUndefined "callback-this-undefined": "webidl/call a user object's operation" "call", "CB",
        "Listeners are called with undefined as this.";
    CallbackThisGlobal "callback-this-global": "webidl/call a user object's operation" "call", "CB",
        "Listeners are called with the global object as this.";
    CallbackGetsTwo "callback-gets-two": "webidl/call a user object's operation" "call", "CB",
        "Listeners get the current target as a second argument.";
    CallLookedUp "call-looked-up": "webidl/call a user object's operation" "call", "CB",
        "A function is called by the property call that script gave it.";
    FunctionCallLookedUp "function-call-looked-up": "webidl/call a user object's operation" "call", "CB",
        "What a function that listens has for call is called instead of it.";
    CheckpointAlways "checkpoint-always": "html/clean up after running script" "microtask checkpoint", "CB",
        "Microtasks run after each listener, also of an event that script dispatches.";
    GlobalEvent "global-event": "webidl/define the attributes" "body", "CB",
        "The global of a worker has an attribute event.";
    CurrentEventMissing "current-event-missing": "webidl/define the attributes" "body", "CB",
        "A window has no attribute event.";
    WorkerHandlersEverywhere "worker-handlers-everywhere": "webidl/define the attributes" "body", "EH",
        "Windows too have the event handlers of a service worker.";
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
    HandlerKeepsPlace "handler-keeps-place": "html/deactivate an event handler" "body", "EH",
        "An event handler that is cleared keeps its place among the listeners.";
    NullActivates "null-activates": "html/event handler IDL attribute setter" "body", "EH",
        "Setting an event handler to null gives it a place among the listeners.";
    HandlerUnreadable "handler-unreadable": "html/getting the current value of the event handler" "body", "EH",
        "An event handler that was set reads as null.";
    UncallableHandlerThrows "uncallable-handler-throws": "webidl/invoke a callback function" "callable", "EH",
        "An event handler that can not be called throws a TypeError when its event comes.";
    HandlerHandleEvent "handler-handle-event": "webidl/invoke a callback function" "callable", "EH",
        "Of an event handler that can not be called, the handleEvent is called.";
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
    SetterNeedsThis "setter-needs-this": "html/event handler IDL attribute setter" "body", "EH",
        "The setter of a handler called with undefined or null as this throws instead of taking the global.";
    HandlersUnknown "handlers-unknown": "service-workers/Run Service Worker" "9.8.1.1", "EH FFE",
        "A worker counts as having no listener for a type that only a handler was set for, and its events are skipped.";
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
    ReturnTrueCancels "return-true-cancels": "html/the event handler processing algorithm" "return value", "EH",
        "An event handler cancels by returning true.";
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
    PortsPerUse "ports-per-use": "webidl/define the attributes" "body", "EXT",
        "The ports of a message are a new array each time.";
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
    InsecureContext "insecure-context": "webidl/define the attributes" "body", "SWL IDL MDN",
        "A service worker is no secure context.";
    RegistrationPerUse "registration-per-use": "service-workers/Setup ServiceWorkerGlobalScope" "8.1", "SWL",
        "self.registration gives a new object each time.";
    FetchesOutliveClearing "fetches-outlive-clearing": "service-workers/Clear Registration" "4", "SWL",
        "The background fetches of a registration that was cleared go on, and with them their events.";
    UnregistersTwice "unregisters-twice": "service-workers/Unregister" "2.1", "SWL",
        "unregister() gives true the second time too.";
    WorkerStateFixed "worker-state-fixed": "service-workers/Update Worker State" "2", "SWL",
        "The state of a ServiceWorker object is activated from the start.";
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
    RequiredMemberOptional "required-member-optional": "webidl/convert to a dictionary" "required member", "BGE",
        "A BackgroundFetchEvent can be constructed without a registration.";
    AnyRegistration "any-registration": "webidl/convert to an interface" "body", "BGE",
        "The registration of a BackgroundFetchEvent can be any object.";
    RegistrationCopied "registration-copied": "webidl/convert to an interface" "body", "BGE",
        "The registration of a constructed BackgroundFetchEvent is a copy of the one given.";
    SettledRegistrationRefused "settled-registration-refused": "webidl/convert to an interface" "body", "BGE",
        "A BackgroundFetchEvent can not be constructed with the registration of a fetch that has ended.";
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
    UiTitleUnconverted "ui-title-unconverted": "webidl/convert to a dictionary" "read a member", "BGR",
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
    ManagerPerUse "manager-per-use": "webidl/define the attributes" "body", "BGR IDL",
        "registration.backgroundFetch gives a new manager each time.";
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
    WindowClientAuxiliary "window-client-auxiliary": "service-workers/openWindow" "7.2.7.2", "OPW",
        "The client of a window that was opened is no top-level one, but an auxiliary one.";
    NoAncestorOrigins "no-ancestor-origins": "service-workers/openWindow" "7.2.7.2", "OPW",
        "A WindowClient has no ancestorOrigins.";
    PromiseMethodsThrow "promise-methods-throw": "webidl/create an operation function" "this", "OPW BGR",
        "A method that gives a promise throws where its this or its arguments are wrong, instead of giving a rejected one.";
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
    ConstructorsWithoutLength "constructors-without-length": "webidl/internally create a new object" "body", "IDL EVC BGE EXT",
        "The length of a constructor is 0.";
    ReadOnlyWritable "read-only-writable": "webidl/define the attributes" "body", "IDL EVC ABT BGE BGR EXT",
        "Setting a read-only attribute does nothing instead of throwing.";
    WorkerInterfacesEverywhere "worker-interfaces-everywhere": "webidl/define the attributes" "body", "IDL BGE EXT MDN",
        "Interfaces of service workers exist in windows too.";
}
