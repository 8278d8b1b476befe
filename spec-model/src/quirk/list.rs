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
    TypeMustBeString "type-must-be-string": "webidl/convert a JavaScript value to DOMString" "2", "EVC",
        "The constructor of an event throws a TypeError for a type that is no string.";
    TypeUnconverted "type-unconverted": "webidl/convert a JavaScript value to DOMString" "2", "EVC INI",
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
    ListenerTypeRefused "listener-type-refused": "webidl/convert a JavaScript value to DOMString" "2", "ADD REM",
        "addEventListener() and removeEventListener() throw an Error for a type that is neither a string nor a symbol.";
    RemovalTypeUnconverted "removal-type-unconverted": "webidl/convert a JavaScript value to DOMString" "2", "REM",
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
    GlobalEvent "global-event": "webidl/define the attributes" "body", "CB",
        "The global of a worker has an attribute event.";
    CurrentEventMissing "current-event-missing": "webidl/define the attributes" "body", "CB",
        "A window has no attribute event.";
    WorkerHandlersEverywhere "worker-handlers-everywhere": "webidl/define the attributes" "body", "EH",
        "Windows too have the event handlers of a service worker.";
    HandlerMustBeCallable "handler-must-be-callable": "webidl/convert to a callback function" "body", "EH",
        "Setting an event handler to what can not be called throws a TypeError.";
    HandlersPlain "handlers-plain": "webidl/convert to a callback function" "body", "EH",
        "An event handler attribute keeps whatever it is set to.";
    UncallableHandlerThrows "uncallable-handler-throws": "webidl/invoke a callback function" "callable", "EH",
        "An event handler that can not be called throws a TypeError when its event comes.";
    HandlerHandleEvent "handler-handle-event": "webidl/invoke a callback function" "callable", "EH",
        "Of an event handler that can not be called, the handleEvent is called.";
    SetterNeedsThis "setter-needs-this": "webidl/attribute setter" "4.5.1", "EH",
        "The setter of a handler called with undefined or null as this throws instead of taking the global.";
    UncallableHandlerNull "uncallable-handler-null": "webidl/convert to a callback function" "body", "EH",
        "An object that can't be called counts as null for an event handler.";
    IsTrustedMissing "is-trusted-missing": "webidl/define the attributes" "body", "ABT EVC DSP",
        "isTrusted does not exist.";
    ReturnValueReadOnly "return-value-read-only": "webidl/define the attributes" "body", "FLG",
        "returnValue has no setter.";
    TargetsUndefined "targets-undefined": "webidl/define the attributes" "body", "EVC DSP",
        "target and currentTarget are undefined where they should be null.";
    ListenerTypeUnconverted "listener-type-unconverted": "webidl/convert a JavaScript value to DOMString" "2", "ADD",
        "addEventListener() does not convert the type, which then equals no event's.";
    PortsPerUse "ports-per-use": "webidl/define the attributes" "body", "EXT",
        "The ports of a message are a new array each time.";
    InsecureContext "insecure-context": "webidl/define the attributes" "body", "SWL IDL MDN",
        "A service worker is no secure context.";
    RegistrationPerUse "registration-per-use": "service-workers/Setup ServiceWorkerGlobalScope" "8.1", "SWL",
        "self.registration gives a new object each time.";
    WorkerStateFixed "worker-state-fixed": "service-workers/Update Worker State" "2", "SWL",
        "The state of a ServiceWorker object is activated from the start.";
    RequiredMemberOptional "required-member-optional": "webidl/convert to a dictionary" "required member", "BGE",
        "A BackgroundFetchEvent can be constructed without a registration.";
    AnyRegistration "any-registration": "webidl/convert to an interface" "body", "BGE",
        "The registration of a BackgroundFetchEvent can be any object.";
    RegistrationCopied "registration-copied": "webidl/convert to an interface" "body", "BGE",
        "The registration of a constructed BackgroundFetchEvent is a copy of the one given.";
    SettledRegistrationRefused "settled-registration-refused": "webidl/convert to an interface" "body", "BGE",
        "A BackgroundFetchEvent can not be constructed with the registration of a fetch that has ended.";
    FetchTotalReadFirst "fetch-total-read-first": "background-fetch/fetch(id, requests, options)" "4", "BGR",
        "fetch() reads downloadTotal before the other members of its options.";
    FetchTitleUnconverted "fetch-title-unconverted": "background-fetch/fetch(id, requests, options)" "4", "BGR",
        "fetch() does not convert the title.";
    UiTitleUnconverted "ui-title-unconverted": "webidl/convert to a dictionary" "read a member", "BGR",
        "updateUI() does not convert the title.";
    ManagerPerUse "manager-per-use": "webidl/define the attributes" "body", "BGR IDL",
        "registration.backgroundFetch gives a new manager each time.";
    WindowClientAuxiliary "window-client-auxiliary": "service-workers/openWindow" "7.2.7.2", "OPW",
        "The client of a window that was opened is no top-level one, but an auxiliary one.";
    NoAncestorOrigins "no-ancestor-origins": "service-workers/openWindow" "7.2.7.2", "OPW",
        "A WindowClient has no ancestorOrigins.";
    PromiseMethodsThrow "promise-methods-throw": "webidl/create an operation function" "this", "OPW BGR",
        "A method that gives a promise throws where its this or its arguments are wrong, instead of giving a rejected one.";
    ConstructorsWithoutLength "constructors-without-length": "webidl/internally create a new object" "body", "IDL EVC BGE EXT",
        "The length of a constructor is 0.";
    ReadOnlyWritable "read-only-writable": "webidl/define the attributes" "body", "IDL EVC ABT BGE BGR EXT",
        "Setting a read-only attribute does nothing instead of throwing.";
    WorkerInterfacesEverywhere "worker-interfaces-everywhere": "webidl/define the attributes" "body", "IDL BGE EXT MDN",
        "Interfaces of service workers exist in windows too.";
}
