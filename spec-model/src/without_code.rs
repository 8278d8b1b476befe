/// All steps without code.
pub const WITHOUT_CODE: &[WithoutCode] = &[];
