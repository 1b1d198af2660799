//! Examples of what is wrong with forms that were signed elsewhere.

use super::FIELD;
use crate::s3::{TicketError, VendorReplyError};

pub(super) fn after_reply(reason: &VendorReplyError) -> Option<VendorReplyError> {
    use VendorReplyError as R;
    let field = || FIELD.to_owned();
    Some(match reason {
        R::TooLong => R::Empty,
        R::Empty => R::Html,
        R::Html => R::Xml,
        R::Xml => R::NotJson,
        R::NotJson => R::TooDeep,
        R::TooDeep => R::NoForm,
        R::NoForm => R::FunctionError {
            error_type: "KeyError".to_owned(),
            message: "'object_name'".to_owned(),
        },
        R::FunctionError { .. } => R::Refused {
            status: None,
            message: String::new(),
        },
        R::Refused { status: None, .. } => R::Refused {
            status: Some(403),
            message: "not today".to_owned(),
        },
        R::Refused { status: Some(_), .. } => R::DuplicateField { name: field() },
        R::DuplicateField { .. } => R::FileField,
        R::FileField => R::FieldValue { name: field() },
        R::FieldValue { .. } => R::LineBreak { field: field() },
        R::LineBreak { .. } => R::UnsafeTarget,
        R::UnsafeTarget => return None,
    })
}

pub(super) fn after_ticket(reason: &TicketError) -> Option<TicketError> {
    use TicketError as R;
    Some(match reason {
        R::Neither => R::Quotes,
        R::Quotes => R::NoUrl,
        R::NoUrl => R::NoFields,
        R::NoFields => R::FieldFromFile { name: FIELD.to_owned() },
        R::FieldFromFile { .. } => R::Form(VendorReplyError::NoForm),
        R::Form(_) => return None,
    })
}
