//! Strings by number: event types, names of members, names of exceptions.

use std::collections::HashMap;

/// A string, by its number in [`Atoms`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Atom(pub(crate) u32);

/// The strings behind [`Atom`]s. The well-known ones of this module are always there.
#[derive(Clone, Debug)]
pub struct Atoms {
    strings: Vec<Box<str>>,
    numbers: HashMap<Box<str>, Atom>,
}

impl Atoms {
    /// The well-known strings alone.
    #[must_use]
    pub fn new() -> Self {
        let mut atoms = Atoms { strings: Vec::new(), numbers: HashMap::new() };
        for text in WELL_KNOWN {
            let before = atoms.strings.len();
            atoms.intern(text);
            debug_assert_eq!(atoms.strings.len(), before + 1, "{text} is listed twice");
        }
        atoms
    }

    /// The number of a string, given now if it had none.
    pub fn intern(&mut self, text: &str) -> Atom {
        if let Some(&atom) = self.numbers.get(text) {
            return atom;
        }
        let atom = Atom(u32::try_from(self.strings.len()).expect("fewer than 2^32 strings"));
        self.strings.push(text.into());
        self.numbers.insert(text.into(), atom);
        atom
    }

    /// The string of a number.
    #[must_use]
    pub fn text(&self, atom: Atom) -> &str {
        &self.strings[atom.0 as usize]
    }

    /// The number of a string that already has one.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<Atom> {
        self.numbers.get(text).copied()
    }
}

impl Default for Atoms {
    fn default() -> Self {
        Atoms::new()
    }
}

macro_rules! well_known {
    ($($name:ident = $text:literal),* $(,)?) => {
        const WELL_KNOWN: &[&str] = &[$($text),*];
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "one number for each well-known string")]
        enum Number { $($name),* }
        $(#[doc = concat!("The string `", $text, "`.")]
        pub const $name: Atom = Atom(Number::$name as u32);)*
    };
}

well_known! {
    EMPTY = "",
    // Event types.
    ABORT = "abort",
    ERROR = "error",
    PROGRESS = "progress",
    INSTALL = "install",
    ACTIVATE = "activate",
    MESSAGE_ERROR = "messageerror",
    BACKGROUND_FETCH_CLICK = "backgroundfetchclick",
    BACKGROUND_FETCH_SUCCESS = "backgroundfetchsuccess",
    BACKGROUND_FETCH_FAIL = "backgroundfetchfail",
    BACKGROUND_FETCH_ABORT = "backgroundfetchabort",
    UNHANDLED_REJECTION = "unhandledrejection",
    REJECTION_HANDLED = "rejectionhandled",
    ON_UNHANDLED_REJECTION = "onunhandledrejection",
    ON_REJECTION_HANDLED = "onrejectionhandled",
    TOUCH_START = "touchstart",
    TOUCH_MOVE = "touchmove",
    WHEEL = "wheel",
    MOUSE_WHEEL = "mousewheel",
    ANIMATION_END = "animationend",
    ANIMATION_ITERATION = "animationiteration",
    ANIMATION_START = "animationstart",
    TRANSITION_END = "transitionend",
    WEBKIT_ANIMATION_END = "webkitAnimationEnd",
    WEBKIT_ANIMATION_ITERATION = "webkitAnimationIteration",
    WEBKIT_ANIMATION_START = "webkitAnimationStart",
    WEBKIT_TRANSITION_END = "webkitTransitionEnd",
    // Event handlers.
    ON_ABORT = "onabort",
    ON_ERROR = "onerror",
    ON_PROGRESS = "onprogress",
    ON_INSTALL = "oninstall",
    ON_ACTIVATE = "onactivate",
    ON_MESSAGE = "onmessage",
    ON_MESSAGE_ERROR = "onmessageerror",
    ON_BACKGROUND_FETCH_CLICK = "onbackgroundfetchclick",
    ON_BACKGROUND_FETCH_SUCCESS = "onbackgroundfetchsuccess",
    ON_BACKGROUND_FETCH_FAIL = "onbackgroundfetchfail",
    ON_BACKGROUND_FETCH_ABORT = "onbackgroundfetchabort",
    // Members of events.
    TYPE = "type",
    TARGET = "target",
    SRC_ELEMENT = "srcElement",
    CURRENT_TARGET = "currentTarget",
    COMPOSED_PATH = "composedPath",
    EVENT_PHASE = "eventPhase",
    STOP_PROPAGATION = "stopPropagation",
    STOP_IMMEDIATE_PROPAGATION = "stopImmediatePropagation",
    CANCEL_BUBBLE = "cancelBubble",
    BUBBLES = "bubbles",
    CANCELABLE = "cancelable",
    COMPOSED = "composed",
    RETURN_VALUE = "returnValue",
    PREVENT_DEFAULT = "preventDefault",
    DEFAULT_PREVENTED = "defaultPrevented",
    IS_TRUSTED = "isTrusted",
    TIME_STAMP = "timeStamp",
    INIT_EVENT = "initEvent",
    INIT_CUSTOM_EVENT = "initCustomEvent",
    DETAIL = "detail",
    NONE = "NONE",
    CAPTURING_PHASE = "CAPTURING_PHASE",
    AT_TARGET = "AT_TARGET",
    BUBBLING_PHASE = "BUBBLING_PHASE",
    MESSAGE = "message",
    FILENAME = "filename",
    LINENO = "lineno",
    COLNO = "colno",
    WAIT_UNTIL = "waitUntil",
    REGISTRATION = "registration",
    UPDATE_UI = "updateUI",
    PROMISE = "promise",
    DATA = "data",
    ORIGIN = "origin",
    LAST_EVENT_ID = "lastEventId",
    SOURCE = "source",
    PORTS = "ports",
    // Members of targets, controllers and signals.
    ADD_EVENT_LISTENER = "addEventListener",
    REMOVE_EVENT_LISTENER = "removeEventListener",
    DISPATCH_EVENT = "dispatchEvent",
    HANDLE_EVENT = "handleEvent",
    CAPTURE = "capture",
    ONCE = "once",
    PASSIVE = "passive",
    SIGNAL = "signal",
    ABORTED = "aborted",
    REASON = "reason",
    THROW_IF_ABORTED = "throwIfAborted",
    TIMEOUT = "timeout",
    ANY = "any",
    // Members of the Background Fetch interfaces.
    BACKGROUND_FETCH = "backgroundFetch",
    FETCH = "fetch",
    GET = "get",
    GET_IDS = "getIds",
    ID = "id",
    UPLOAD_TOTAL = "uploadTotal",
    UPLOADED = "uploaded",
    DOWNLOAD_TOTAL = "downloadTotal",
    DOWNLOADED = "downloaded",
    RESULT = "result",
    FAILURE_REASON = "failureReason",
    RECORDS_AVAILABLE = "recordsAvailable",
    MATCH = "match",
    MATCH_ALL = "matchAll",
    REQUEST = "request",
    RESPONSE_READY = "responseReady",
    ICONS = "icons",
    TITLE = "title",
    METHOD = "method",
    GET_METHOD = "GET",
    IGNORE_METHOD = "ignoreMethod",
    IGNORE_SEARCH = "ignoreSearch",
    IGNORE_VARY = "ignoreVary",
    MODE = "mode",
    NO_CORS = "no-cors",
    BODY = "body",
    // Results and reasons of a background fetch.
    SUCCESS = "success",
    FAILURE = "failure",
    BAD_STATUS = "bad-status",
    FETCH_ERROR = "fetch-error",
    QUOTA_EXCEEDED = "quota-exceeded",
    DOWNLOAD_TOTAL_EXCEEDED = "download-total-exceeded",
    // Members of the worker's global object and of clients.
    SELF = "self",
    EVENT_LOWER = "event",
    CLIENTS = "clients",
    OPEN_WINDOW = "openWindow",
    FRAME_TYPE = "frameType",
    URL = "url",
    VISIBILITY_STATE = "visibilityState",
    FOCUSED = "focused",
    FOCUS = "focus",
    ANCESTOR_ORIGINS = "ancestorOrigins",
    TOP_LEVEL = "top-level",
    NESTED = "nested",
    WINDOW = "window",
    VISIBLE = "visible",
    HIDDEN = "hidden",
    ACTIVE = "active",
    WAITING = "waiting",
    INSTALLING = "installing",
    STATE = "state",
    PARSED = "parsed",
    INSTALLED = "installed",
    ACTIVATING = "activating",
    ACTIVATED = "activated",
    REDUNDANT = "redundant",
    SKIP_WAITING = "skipWaiting",
    POST_MESSAGE = "postMessage",
    UNREGISTER = "unregister",
    IS_SECURE_CONTEXT = "isSecureContext",
    THE_ORIGIN = "https://origin.invalid",
    PERFORMANCE = "performance",
    NOW = "now",
    // Of functions, arrays, exceptions and objects in general.
    NAME = "name",
    CODE = "code",
    LENGTH = "length",
    CONSTRUCTOR = "constructor",
    PROTOTYPE = "prototype",
    CALL = "call",
    TO_STRING = "toString",
    THEN = "then",
    // Exceptions.
    ERROR_NAME = "Error",
    TYPE_ERROR = "TypeError",
    ABORT_ERROR = "AbortError",
    TIMEOUT_ERROR = "TimeoutError",
    INVALID_STATE_ERROR = "InvalidStateError",
    INVALID_ACCESS_ERROR = "InvalidAccessError",
    NOT_ALLOWED_ERROR = "NotAllowedError",
    QUOTA_EXCEEDED_ERROR = "QuotaExceededError",
    // The constants of exceptions.
    INDEX_SIZE_ERR = "INDEX_SIZE_ERR",
    DOMSTRING_SIZE_ERR = "DOMSTRING_SIZE_ERR",
    HIERARCHY_REQUEST_ERR = "HIERARCHY_REQUEST_ERR",
    WRONG_DOCUMENT_ERR = "WRONG_DOCUMENT_ERR",
    INVALID_CHARACTER_ERR = "INVALID_CHARACTER_ERR",
    NO_DATA_ALLOWED_ERR = "NO_DATA_ALLOWED_ERR",
    NO_MODIFICATION_ALLOWED_ERR = "NO_MODIFICATION_ALLOWED_ERR",
    NOT_FOUND_ERR = "NOT_FOUND_ERR",
    NOT_SUPPORTED_ERR = "NOT_SUPPORTED_ERR",
    INUSE_ATTRIBUTE_ERR = "INUSE_ATTRIBUTE_ERR",
    INVALID_STATE_ERR = "INVALID_STATE_ERR",
    SYNTAX_ERR = "SYNTAX_ERR",
    INVALID_MODIFICATION_ERR = "INVALID_MODIFICATION_ERR",
    NAMESPACE_ERR = "NAMESPACE_ERR",
    INVALID_ACCESS_ERR = "INVALID_ACCESS_ERR",
    VALIDATION_ERR = "VALIDATION_ERR",
    TYPE_MISMATCH_ERR = "TYPE_MISMATCH_ERR",
    SECURITY_ERR = "SECURITY_ERR",
    NETWORK_ERR = "NETWORK_ERR",
    ABORT_ERR = "ABORT_ERR",
    URL_MISMATCH_ERR = "URL_MISMATCH_ERR",
    QUOTA_EXCEEDED_ERR = "QUOTA_EXCEEDED_ERR",
    TIMEOUT_ERR = "TIMEOUT_ERR",
    INVALID_NODE_TYPE_ERR = "INVALID_NODE_TYPE_ERR",
    DATA_CLONE_ERR = "DATA_CLONE_ERR",
    // Results of conversions.
    UNDEFINED = "undefined",
    NULL = "null",
    TRUE = "true",
    FALSE = "false",
    NAN = "NaN",
    ZERO = "0",
    // Results of typeof.
    BOOLEAN = "boolean",
    NUMBER = "number",
    STRING = "string",
    SYMBOL = "symbol",
    BIGINT = "bigint",
    OBJECT = "object",
    FUNCTION = "function",
}
