//! 양식을 주는 함수.

use crate::aws::ConnectKind;
use crate::engine::Text;
use crate::engine::failure::LambdaReason;
use crate::signer::lambda::{HeaderError, NameError, RefusalKind, TemplateError, UrlError};

const CHECK_NETWORK: &str = "네트워크를 확인하고 다시 시도하세요";

pub(super) fn korean(reason: &LambdaReason) -> Text {
    match reason {
        LambdaReason::Url(error) => url(error),
        LambdaReason::Name(error) => name(error),
        LambdaReason::Template(error) => template(error),
        LambdaReason::Header(error) => header(error),
        LambdaReason::HeaderUnknown { lambda, header } => Text::new(
            format!("헤더 “{header}”의 값이 이 컴퓨터에 없습니다 (함수: {lambda})"),
            "위치를 편집해 값을 다시 입력하세요",
        ),
        LambdaReason::NoRegion => Text::new(
            "함수의 리전을 알 수 없습니다",
            "업로드 위치에 리전을 지정하거나(예: us-east-1) 함수의 전체 ARN을 입력하세요",
        ),
        LambdaReason::NoConnection(kind) => not_connected(*kind),
        LambdaReason::Broken => Text::new("함수의 응답이 오기 전에 연결이 끊겼습니다", CHECK_NETWORK),
        LambdaReason::NotInTime { seconds } => Text::new(
            format!("함수가 {seconds}초 안에 응답하지 않았습니다"),
            "다시 시도하세요. 같은 일이 반복되면 함수를 관리하는 사람에게 문의하세요",
        ),
        LambdaReason::OtherHost { host } => Text::new(
            format!("함수의 URL이 다른 호스트로 연결됩니다: {host} (그곳에는 아무것도 보내지 않았습니다)"),
            "함수를 관리하는 사람에게 현재 주소를 확인하세요. 로그인 페이지라면 프로그램이 쓸 수 없는 주소입니다",
        ),
        LambdaReason::Moved { path } => Text::new(
            format!("함수의 URL이 다른 경로로 연결됩니다: {path}"),
            "URL의 경로를 그렇게 바꾸세요",
        ),
        LambdaReason::TooLong => Text::new(
            "함수의 응답이 1 MiB보다 커서 양식이 아닙니다",
            "함수의 URL과 스테이지, 경로를 확인하세요",
        ),
        LambdaReason::Compressed => Text::new(
            "압축을 요청하지 않았는데 함수의 응답이 압축되어 있습니다",
            "Accept-Encoding이 identity이면 압축하지 않고 보내도록 함수를 관리하는 사람에게 요청하세요",
        ),
        LambdaReason::Refused { kind, status, message } => {
            let text = refused(*kind);
            let what = match message {
                Some(message) => format!("{} (상태 {status}: {message})", text.what),
                None => format!("{} (상태 {status})", text.what),
            };
            Text::new(what, text.hint)
        }
    }
}

fn url(error: &UrlError) -> Text {
    match error {
        UrlError::NotAUrl => Text::new(
            "함수의 주소가 URL이 아닙니다",
            "주소 전체를 붙여넣으세요: https://ID.lambda-url.REGION.on.aws/ 또는 https://ID.execute-api.REGION.amazonaws.com/STAGE/PATH",
        ),
        UrlError::NotSafe => Text::new(
            "HTTPS를 쓰지 않으면 함수가 준 양식이 그대로 노출됩니다",
            "https://로 시작하는 주소를 쓰세요. 이 컴퓨터에서 실행하는 함수만 예외입니다",
        ),
        UrlError::UserInfo => Text::new(
            "함수의 URL에 사용자 이름이나 비밀번호가 들어 있습니다",
            "URL에서 지우고 Authorization 같은 헤더를 쓰세요",
        ),
    }
}

fn name(error: &NameError) -> Text {
    match error {
        NameError::IsUrl => Text::new("함수 이름이 아니라 URL입니다", "함수의 URL로 입력하세요"),
        NameError::OtherArn => Text::new(
            "Lambda 함수의 ARN이 아닙니다",
            "arn:aws:lambda:REGION:ACCOUNT:function:NAME 형식으로 입력하세요",
        ),
        NameError::NotAName => Text::new(
            "함수 이름이 올바르지 않습니다",
            "함수 이름, NAME:ALIAS, ARN 중 하나를 입력하세요",
        ),
    }
}

fn template(error: &TemplateError) -> Text {
    let example = "예: {\"file\":\"{object_name}\",\"type\":\"{content_type}\",\"size\":\"{size_bytes}\"}";
    match error {
        TemplateError::NotJson { line, column } => Text::new(
            format!("요청 본문 템플릿이 JSON이 아닙니다 ({line}번째 줄, {column}번째 글자)"),
            example,
        ),
        TemplateError::NoObjectName => Text::new(
            "요청 본문 템플릿에 {object_name} 자리가 없어 함수가 어떤 파일인지 알 수 없습니다",
            example,
        ),
        TemplateError::NotAnObject => Text::new("쿼리로 보내려면 요청 본문 템플릿이 JSON 객체여야 합니다", example),
    }
}

fn header(error: &HeaderError) -> Text {
    match error {
        HeaderError::Name => Text::new(
            "헤더 이름이 올바르지 않습니다",
            "이름에는 영문자, 숫자, 하이픈만 쓸 수 있습니다 (예: x-api-key)",
        ),
        HeaderError::Reserved { name } => {
            Text::new(format!("Dropslot이 직접 정하는 헤더입니다: {name}"), "이 헤더를 빼세요")
        }
        HeaderError::Value { name } => Text::new(
            format!("헤더의 값이 비어 있거나 값에 제어 문자가 있습니다: {name}"),
            "값을 한 줄로 다시 복사하세요",
        ),
    }
}

fn not_connected(kind: ConnectKind) -> Text {
    match kind {
        ConnectKind::Url => Text::new(
            "함수의 URL을 사용할 수 없습니다",
            "URL을 확인하세요 (예: https://ID.lambda-url.REGION.on.aws/)",
        ),
        ConnectKind::Dns => Text::new(
            "함수의 호스트 이름을 찾을 수 없습니다",
            "네트워크를 확인하고, URL과 리전에 오타가 없는지 보세요",
        ),
        ConnectKind::Refused => Text::new(
            "함수의 호스트가 연결을 받지 않습니다",
            "함수가 실행 중인지, URL의 포트가 맞는지 확인하세요",
        ),
        ConnectKind::TimedOut => Text::new(
            "함수의 호스트가 제때 응답하지 않았습니다",
            "네트워크를 확인하세요. 방화벽이 막고 있거나 회사 안에서만 접속할 수 있는 주소일 수 있습니다",
        ),
        ConnectKind::NotTrusted => Text::new(
            "함수의 호스트 인증서를 신뢰할 수 없습니다",
            "URL을 확인하세요. 회사 자체 인증 기관은 AWS_CA_BUNDLE에 지정합니다",
        ),
        ConnectKind::Tls => Text::new(
            "함수와 보안 연결을 맺을 수 없습니다",
            "URL의 포트를 확인하세요. 암호화하지 않는 HTTP 포트일 수 있습니다",
        ),
        ConnectKind::Proxy => Text::new(
            "프록시가 함수와의 연결을 거부했습니다",
            "HTTPS_PROXY(주소, 사용자, 비밀번호)를 확인하거나 NO_PROXY에 호스트를 추가하세요",
        ),
        ConnectKind::Network => Text::new("함수에 연결할 수 없습니다", CHECK_NETWORK),
    }
}

fn refused(kind: RefusalKind) -> Text {
    match kind {
        RefusalKind::NotAllowed => Text::new(
            "함수의 URL을 호출할 권한이 없습니다",
            "함수를 관리하는 사람이 lambda:InvokeFunctionUrl 권한과 lambda:InvokeFunction 권한을 모두 허용해야 합니다. AWS_IAM 인증을 쓰는 URL이라면 서명할 프로필을 선택하세요",
        ),
        RefusalKind::InvokeNotAllowed => Text::new(
            "이 프로필은 함수를 호출할 권한이 없습니다",
            "lambda:InvokeFunction 권한을 요청하거나 다른 프로필을 선택하세요",
        ),
        RefusalKind::ApiNotAllowed => Text::new(
            "이 프로필은 API를 호출할 권한이 없습니다",
            "execute-api:Invoke 권한을 요청하거나 다른 프로필을 선택하세요",
        ),
        RefusalKind::ApiKey => Text::new(
            "API Gateway가 키나 토큰을 거부했습니다",
            "x-api-key 같은 헤더를 확인하고, 이 스테이지에서 쓸 수 있는 키인지 관리하는 사람에게 문의하세요",
        ),
        RefusalKind::WrongPath => Text::new(
            "API Gateway에 없는 경로이거나 서명이 필요한 주소입니다",
            "URL의 스테이지와 경로, 요청 방식을 확인하세요. AWS_IAM 인증을 쓰는 API라면 서명할 프로필을 선택하세요",
        ),
        RefusalKind::Unauthorized => Text::new(
            "함수가 인증을 요구합니다",
            "Authorization이나 x-api-key처럼 함수를 관리하는 사람에게 받은 헤더를 확인하세요",
        ),
        RefusalKind::SessionExpired => Text::new("프로필의 로그인이 만료되었습니다", "다시 로그인한 뒤 시도하세요"),
        RefusalKind::Signature => Text::new(
            "AWS가 요청의 서명을 받아들이지 않습니다",
            "프로필의 키와 업로드 위치의 리전을 확인하세요",
        ),
        RefusalKind::Clock => Text::new("이 컴퓨터의 시계가 맞지 않습니다", "시계를 맞추고 다시 시도하세요"),
        RefusalKind::NotFound => Text::new(
            "함수의 URL에 아무것도 없습니다",
            "스테이지와 경로를 확인하세요. 함수를 지우고 다시 만들면 URL이 바뀝니다",
        ),
        RefusalKind::NoFunction => Text::new(
            "그런 함수가 없습니다",
            "함수 이름과 별칭, 리전을 확인하고, 프로필이 같은 계정인지 확인하세요",
        ),
        RefusalKind::Method => Text::new(
            "함수의 URL이 이 요청 방식을 받지 않습니다",
            "POST 대신 GET처럼 다른 요청 방식을 선택하세요",
        ),
        RefusalKind::TooLarge => Text::new(
            "함수가 받는 크기보다 파일이 큽니다",
            "더 작은 파일을 보내거나, 함수를 관리하는 사람에게 한도를 늘려 달라고 요청하세요",
        ),
        RefusalKind::MediaType => Text::new(
            "함수가 이 파일 형식이나 JSON을 받지 않습니다",
            "다른 형식의 파일을 보내거나 함수를 관리하는 사람에게 문의하세요. JSON 때문이라면 요청 방식으로 GET을 선택하세요",
        ),
        RefusalKind::WebPage => Text::new(
            "함수의 URL에서 웹 페이지를 받았습니다",
            "URL을 확인하세요. 사람이 보는 페이지의 주소입니다",
        ),
        RefusalKind::Busy => Text::new(
            "함수가 지금 바쁩니다",
            "잠시 뒤에 다시 시도하세요. 자주 일어나면 함수의 동시성을 늘려야 합니다",
        ),
        RefusalKind::Failed => Text::new(
            "함수에서 오류가 났습니다",
            "다시 시도하세요. 원인은 함수를 관리하는 사람이 CloudWatch 로그에서 찾을 수 있습니다",
        ),
        RefusalKind::Other => Text::new("함수가 요청을 거부했습니다", "함수를 관리하는 사람에게 문의하세요"),
    }
}
