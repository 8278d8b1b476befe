//! Algorithms of Web IDL without code. <https://webidl.spec.whatwg.org/>

use super::{WithoutCode, abstracted, holds_by_type, out_of_scope};

pub(super) const WITHOUT_CODE: &[WithoutCode] = &[
    WithoutCode {
        algorithm: "webidl/convert a JavaScript value to any",
        reasons: &[holds_by_type("*", "A JavaScript value stands for the IDL value.")],
    },
    WithoutCode {
        algorithm: "webidl/convert a JavaScript value to boolean",
        reasons: &[abstracted("*", "ToBoolean gives the value.")],
    },
    WithoutCode {
        algorithm: "webidl/convert a JavaScript value to unsigned short",
        reasons: &[out_of_scope("*", "No argument or member in scope has this type.")],
    },
    WithoutCode {
        algorithm: "webidl/convert a JavaScript value to long long",
        reasons: &[out_of_scope("*", "No argument or member in scope has this type.")],
    },
    WithoutCode {
        algorithm: "webidl/IntegerPart(n)",
        reasons: &[abstracted("*", "ConvertToInt truncates numbers itself.")],
    },
    WithoutCode {
        algorithm: "webidl/convert a JavaScript value to double",
        reasons: &[out_of_scope("*", "No argument or member in scope has this type.")],
    },
    WithoutCode {
        algorithm: "webidl/convert a JavaScript value to unrestricted double",
        reasons: &[out_of_scope("*", "No argument or member in scope has this type.")],
    },
    WithoutCode {
        algorithm: "webidl/convert a JavaScript value to ByteString",
        reasons: &[abstracted(
            "*",
            "The constructor of Request converts the method, its only use in scope, and knows no other characters.",
        )],
    },
    WithoutCode {
        algorithm: "webidl/convert a JavaScript value to object",
        reasons: &[out_of_scope("*", "No argument or member in scope has this type.")],
    },
    WithoutCode {
        algorithm: "webidl/convert a JavaScript value to enumeration",
        reasons: &[abstracted(
            "*",
            "The constructor of Request converts the mode, the only enumeration in scope that script gives.",
        )],
    },
    WithoutCode {
        algorithm: "webidl/convert a JavaScript value to promise",
        reasons: &[abstracted("*", "waitUntil() converts its argument itself, as either reading of the text has it.")],
    },
    WithoutCode {
        algorithm: "webidl/convert a nullable to a JavaScript value",
        reasons: &[holds_by_type("*", "A JavaScript value stands for the IDL value.")],
    },
    WithoutCode {
        algorithm: "webidl/convert a sequence to a JavaScript value",
        reasons: &[abstracted("*", "The functions that return a sequence make the array.")],
    },
    WithoutCode {
        algorithm: "webidl/convert a dictionary to a JavaScript value",
        reasons: &[out_of_scope("*", "Nothing in scope returns a dictionary.")],
    },
    WithoutCode {
        algorithm: "webidl/convert a Web IDL arguments list to a JavaScript arguments list",
        reasons: &[holds_by_type("*", "The arguments of callbacks are JavaScript values, and none is missing.")],
    },
    WithoutCode {
        algorithm: "webidl/construct a callback function",
        reasons: &[out_of_scope("*", "No callback function in scope is constructed.")],
    },
    WithoutCode {
        algorithm: "webidl/create a legacy callback interface object",
        reasons: &[out_of_scope("*", "No callback interface in scope has constants.")],
    },
    WithoutCode {
        algorithm: "webidl/implementation-check an object",
        reasons: &[out_of_scope("*", "Only iterators ask for it, and no interface in scope has any.")],
    },
    WithoutCode {
        algorithm: "webidl/define the regular attributes",
        reasons: &[holds_by_type("*", "The kind of a member says that it is a regular attribute.")],
    },
    WithoutCode {
        algorithm: "webidl/define the static attributes",
        reasons: &[out_of_scope("*", "No attribute in scope is static.")],
    },
    WithoutCode {
        algorithm: "webidl/define the unforgeable regular attributes",
        reasons: &[holds_by_type("*", "The kind of a member says that it is unforgeable.")],
    },
    WithoutCode {
        algorithm: "webidl/define the regular operations",
        reasons: &[holds_by_type("*", "The kind of a member says that it is a regular operation.")],
    },
    WithoutCode {
        algorithm: "webidl/define the static operations",
        reasons: &[holds_by_type("*", "The kind of a member says that it is a static operation.")],
    },
    WithoutCode {
        algorithm: "webidl/define the unforgeable regular operations",
        reasons: &[out_of_scope("*", "No operation in scope is unforgeable.")],
    },
    WithoutCode {
        algorithm: "webidl/is a platform object",
        reasons: &[abstracted("*", "The kind of an object says which interface it implements, if any.")],
    },
    WithoutCode {
        algorithm: "webidl/implements",
        reasons: &[abstracted(
            "*",
            "The kind of an object says which interface it implements, and the interface what it inherits from.",
        )],
    },
    WithoutCode {
        algorithm: "webidl/create a new object implementing the interface",
        reasons: &[holds_by_type("*", "Machine::create_object_in makes objects of all kinds.")],
    },
];
