//! 보내기 전에 알 수 있는 것: 객체 키, 템플릿, 옵션, 주소, 정책.

use crate::engine::Text;
use crate::s3::upload_options::OptionsError;
use crate::s3::{AddressError, KeyTemplateError, ObjectKeyError, PolicyError, Refusal};
use crate::ui::format::size;

const USE_HTTPS: &str = "https://를 사용하세요. 이 컴퓨터 자신(127.0.0.1, localhost)만 예외입니다";
const AGREE: &str = "정책과 양식에서 이 필드를 서로 맞추세요. 이대로는 S3가 거부합니다";

pub(super) fn object_key(error: &ObjectKeyError) -> Text {
    match error {
        ObjectKeyError::Empty => Text::new("객체 키가 비어 있습니다", "키 템플릿에 {name} 등을 넣으세요"),
        ObjectKeyError::TooLong { bytes } => Text::new(
            format!("객체 키가 {bytes}바이트입니다. S3는 1,024바이트까지 받습니다"),
            "파일 이름이나 키 템플릿을 줄이세요",
        ),
        ObjectKeyError::DoubleDollar => Text::new(
            "객체 키에 S3가 저장할 수 없는 “$$”가 있습니다",
            "파일 이름을 바꾸거나 키 템플릿에서 {name} 단어를 지우세요",
        ),
        ObjectKeyError::ControlCharacter => {
            Text::new("객체 키에 제어 문자가 있습니다", "키 템플릿에서 제어 문자를 지우세요")
        }
        ObjectKeyError::DotSegment => Text::new(
            "객체 키에 URL로 쓸 수 없는 부분 “.” 또는 “..”이 있습니다",
            "키 템플릿에서 그 부분의 이름을 바꾸세요",
        ),
    }
}

pub(super) fn key_template(error: &KeyTemplateError) -> Text {
    match error {
        KeyTemplateError::UnknownWord { word } => Text::new(
            format!("키 템플릿에 {{{word}}} 단어는 쓸 수 없습니다"),
            "쓸 수 있는 것: {name} {stem} {ext} {dir} {date} {year} {month} {day} {time} {rand} {uuid} {user} {host}",
        ),
        KeyTemplateError::LoneBrace { at } => Text::new(
            format!("키 템플릿의 {at}번째 바이트에 짝이 없는 중괄호가 있습니다"),
            "중괄호 자체를 쓰려면 {{ 또는 }}로 입력하세요",
        ),
        KeyTemplateError::Empty => Text::new("키 템플릿이 비어 있습니다", "보통 {rand}/{name} 형식을 씁니다"),
    }
}

pub(super) fn options(error: &OptionsError) -> Text {
    match error {
        OptionsError::ControlCharacter { field } => Text::new(
            format!("{field}에 줄바꿈이나 제어 문자가 있습니다"),
            "한 줄로 입력하세요",
        ),
        OptionsError::NotForHeaders { field } => Text::new(
            format!("{field}에 헤더로 보낼 수 없는 글자가 있습니다"),
            "영문자로 바꾸거나 서명된 양식(POST)으로 보내세요",
        ),
        OptionsError::MetadataTooLarge { bytes } => Text::new(
            format!("메타데이터가 {bytes}바이트입니다. S3는 2,048바이트까지 받습니다"),
            "메타데이터를 줄이세요",
        ),
        OptionsError::MetadataName { name } => Text::new(
            format!("메타데이터 이름 “{name}”에는 영문자, 숫자와 -_.만 쓸 수 있습니다"),
            "이름을 바꾸세요",
        ),
        OptionsError::MetadataTwice { name } => {
            Text::new(format!("“{name}” 메타데이터가 두 번 있습니다"), "둘 중 하나를 지우세요")
        }
        OptionsError::ExpiresIn => Text::new("양식은 1초에서 7일까지 유효할 수 있습니다", "그 사이의 값을 선택하세요"),
        OptionsError::Tags => Text::new(
            "S3는 서로 다른 태그를 10개까지 받습니다. 이름은 1~128자, 값은 256자까지입니다",
            "태그를 줄이거나 더 짧게 입력하세요",
        ),
    }
}

pub(super) fn address(error: &AddressError) -> Text {
    const ENDPOINT_FORM: &str = "엔드포인트는 https://s3.example.com과 같은 형식입니다";
    match error {
        AddressError::BucketName { bucket } => Text::new(
            format!("버킷 이름으로 쓸 수 없습니다: “{bucket}”"),
            "버킷 이름은 영문 소문자, 숫자, 점, 하이픈으로 된 3~63자입니다",
        ),
        AddressError::DirectoryBucket { bucket } => Text::new(
            format!("“{bucket}” 버킷은 양식을 받지 않는 디렉터리 버킷입니다"),
            "범용 버킷을 사용하세요",
        ),
        AddressError::Region { region } => Text::new(
            format!("리전 이름이 아닙니다: “{region}”"),
            "리전은 us-east-1과 같은 형식입니다",
        ),
        AddressError::EndpointUrl => Text::new("엔드포인트가 URL이 아닙니다", ENDPOINT_FORM),
        AddressError::EndpointExtras => Text::new(
            "엔드포인트에 사용자 이름, 쿼리, 프래그먼트를 넣을 수 없습니다",
            ENDPOINT_FORM,
        ),
        AddressError::PlainHttp => Text::new(
            "엔드포인트가 암호화하지 않는 HTTP를 사용합니다. 파일과 서명이 그대로 드러납니다",
            USE_HTTPS,
        ),
    }
}

pub(super) fn refusal(refusal: &Refusal) -> Text {
    match refusal {
        Refusal::Expired { ago_secs } => Text::new(
            format!("양식이 {ago_secs}초 전에 만료되었습니다"),
            "다시 시도하면 새 양식에 서명합니다",
        ),
        Refusal::TooLarge { size_bytes, max_bytes } => Text::new(
            format!(
                "파일은 {}인데 양식은 {}까지 받습니다",
                size(*size_bytes),
                size(*max_bytes)
            ),
            "더 작은 파일을 보내거나, 양식을 만든 사람에게 한도를 늘려 달라고 하세요",
        ),
        Refusal::TooSmall { size_bytes, min_bytes } => Text::new(
            format!(
                "파일은 {}인데 양식은 {}부터 받습니다",
                size(*size_bytes),
                size(*min_bytes)
            ),
            "더 큰 파일을 보내거나, 양식을 만든 사람에게 한도를 낮춰 달라고 하세요",
        ),
        Refusal::ExtraField { field } => Text::new(format!("양식의 “{field}” 필드가 정책에 없습니다"), AGREE),
        Refusal::ConditionFailed { field } => Text::new(format!("양식의 “{field}” 필드가 정책에 맞지 않습니다"), AGREE),
        Refusal::ContentType { content_type, allowed } => Text::new(
            format!("파일 형식은 {content_type}인데, 양식은 이 형식만 받습니다: {allowed}"),
            "맞는 형식의 파일을 보내거나, 양식을 만든 사람에게 이 형식도 받아 달라고 하세요",
        ),
        Refusal::NoKey => Text::new(
            "양식에 객체 키가 없습니다",
            "양식을 만든 사람이 key 필드를 추가해야 합니다",
        ),
        Refusal::Key(error) => object_key(error),
        Refusal::Policy(PolicyError::Unreadable(_)) => Text::new(
            "양식의 정책을 읽을 수 없습니다",
            "양식을 만든 사람이 다시 서명해야 합니다",
        ),
        Refusal::FormTooLarge { bytes } => Text::new(
            format!("양식의 필드가 {bytes}바이트입니다. S3는 20,480바이트까지 받습니다"),
            "메타데이터와 태그를 줄이세요",
        ),
        Refusal::LineBreak { field } => Text::new(
            format!("양식의 “{field}” 필드에 줄바꿈이 있습니다"),
            "값을 한 줄로 입력하세요",
        ),
        Refusal::SignedHeader { name } => Text::new(
            format!("URL의 서명에 “{name}” 헤더가 들어 있는데, 그 값을 받지 못했습니다"),
            "URL에 서명하는 쪽에서 헤더도 함께 알려 주거나, 헤더 없이 서명해야 합니다",
        ),
        Refusal::UnsafeTarget => Text::new("양식의 URL이 HTTPS가 아닙니다", USE_HTTPS),
    }
}
