//! ECMAScript, as far as events need it: conversions of values, promises. <https://tc39.es/ecma262/>

pub mod conversions;
pub mod promise;
