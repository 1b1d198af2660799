//! 함수의 응답과 붙여넣은 양식.

use crate::engine::Text;
use crate::s3::{TicketError, VendorReplyError};

pub(super) fn vendor_reply(error: &VendorReplyError) -> Text {
    use VendorReplyError as E;
    match error {
        E::TooLong => Text::new("응답이 1 MiB보다 길어 양식이 아닙니다", CHECK_URL),
        E::Empty => Text::new("응답이 비어 있습니다", ASK_FOR_FORM),
        E::Html => Text::new("양식이 아니라 웹 페이지를 받았습니다", CHECK_URL),
        E::Xml => Text::new("양식이 아니라 XML을 받았습니다", CHECK_URL),
        E::NotJson => Text::new("응답이 JSON이 아닙니다", ASK_FOR_FORM),
        E::TooDeep => Text::new("응답이 너무 깊게 중첩되어 있습니다", ASK_FOR_FORM),
        E::NoForm => Text::new("응답에 URL과 양식 필드가 없습니다", ASK_FOR_FORM),
        E::FunctionError { error_type, message } => Text::new(
            format!("함수에서 오류가 났습니다: {error_type}: {message}"),
            "함수를 관리하는 사람에게 보여 주세요. 필요한 이름이 빠졌다면 요청 형식을 바꿀 수 있습니다",
        ),
        E::Refused { status, message } => {
            let status = status.map_or(String::new(), |status| format!(" ({status})"));
            let what = if message.is_empty() {
                format!("함수가 요청을 거부했습니다{status}")
            } else {
                format!("함수가 요청을 거부했습니다{status}: {message}")
            };
            Text::new(what, "함수를 관리하는 사람에게 문의하세요")
        }
        E::DuplicateField { name } => Text::new(format!("양식에 “{name}” 필드가 두 번 있습니다"), SIGN_ANEW),
        E::FileField => Text::new("양식에 파일 자리인 “file” 필드가 이미 있습니다", SIGN_ANEW),
        E::FieldValue { name } => Text::new(format!("양식의 “{name}” 필드 값이 텍스트가 아닙니다"), SIGN_ANEW),
        E::LineBreak { field } => Text::new(
            format!("양식의 “{field}” 필드에 줄바꿈이나 제어 문자가 있습니다"),
            SIGN_ANEW,
        ),
        E::UnsafeTarget => Text::new(
            "양식의 주소가 HTTPS가 아니어서 파일과 양식이 그대로 노출됩니다",
            "양식을 만든 사람이 https:// 주소로 서명해야 합니다. 이 컴퓨터로 보낼 때만 예외입니다",
        ),
    }
}

pub(super) fn ticket(error: &TicketError) -> Text {
    let whole = "“url”과 “fields”가 있는 JSON이나 curl로 시작하는 줄을 빠짐없이 복사하세요";
    match error {
        TicketError::Neither => Text::new("양식의 JSON도 curl 명령도 아닙니다", whole),
        TicketError::Quotes => Text::new("curl 명령에 따옴표의 짝이 맞지 않습니다", whole),
        TicketError::NoUrl => Text::new("curl 명령에 URL이 없습니다", whole),
        TicketError::NoFields => Text::new("curl 명령에 양식 필드(-F 이름=값)가 없습니다", whole),
        TicketError::FieldFromFile { name } => Text::new(
            format!("curl 명령의 “{name}” 필드가 파일에서 값을 읽습니다"),
            "값을 명령에 직접 적으세요",
        ),
        TicketError::Form(error) => vendor_reply(error),
    }
}

const CHECK_URL: &str = "함수의 URL과 스테이지, 경로를 확인하세요";
const ASK_FOR_FORM: &str = "함수가 {\"url\": …, \"fields\": {…}} 모양의 양식을 주도록 관리하는 사람에게 요청하세요";
const SIGN_ANEW: &str = "양식을 만든 사람이 다시 서명해야 합니다";
