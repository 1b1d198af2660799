//! S3의 응답.

use crate::engine::Text;
use crate::engine::failure::{RequestReason, S3Reason};

pub(super) fn korean(reason: &S3Reason) -> Text {
    match reason {
        S3Reason::AccountDisabled => Text::new(
            "계정이나 버킷이 비활성화되어 있습니다",
            "계정 소유자에게 AWS 콘솔에서 상태를 확인해 달라고 하세요",
        ),
        S3Reason::AccessDenied {
            profile,
            object,
            acl,
            secret_may_be_wrong,
        } => access_denied(profile.as_deref(), object, acl.as_deref(), *secret_may_be_wrong),
        S3Reason::NotAllowed {
            profile,
            action,
            resource,
        } => not_allowed(profile.as_deref(), action, resource),
        S3Reason::Forbidden {
            action,
            resource,
            policy,
        } => Text::new(
            format!("정책이 {resource}에 대한 {action} 작업을 금지합니다 (명시적 거부: {policy})"),
            "권한을 더 받아도 소용없습니다. 정책을 만든 사람에게 어떤 요청을 허용하는지 물어보세요 (TLS, VPC 엔드포인트나 IP 주소, 암호화 키)",
        ),
        S3Reason::FormExpired => Text::new(
            "양식이 만료되었다고 S3가 응답했습니다",
            "다시 시도하세요. 같은 일이 반복되면 이 컴퓨터의 시계를 맞추세요",
        ),
        S3Reason::PolicyRefused { message } => Text::new(
            format!("양식과 정책이 서로 맞지 않습니다 ({message})"),
            "정책과 양식에서 이 필드를 서로 맞추세요",
        ),
        S3Reason::AclRefused => Text::new(
            "버킷이 공개 ACL을 거부합니다",
            "ACL 없이 올리세요. 2023년 4월 이후에 만든 버킷은 ACL이 꺼져 있으므로 버킷 정책으로 공개해야 합니다",
        ),
        S3Reason::ClockWrong => Text::new(
            "이 컴퓨터의 시계가 S3와 15분 넘게 차이 납니다",
            "시계를 맞추고 다시 시도하세요",
        ),
        S3Reason::TooLarge => Text::new(
            "파일이 양식이나 저장소의 한도보다 큽니다",
            "더 작은 파일을 보내거나, 양식을 만든 사람에게 한도를 늘려 달라고 하세요",
        ),
        S3Reason::TooSmall => Text::new(
            "파일이 양식의 최소 크기보다 작습니다",
            "더 큰 파일을 보내거나, 양식을 만든 사람에게 한도를 낮춰 달라고 하세요",
        ),
        S3Reason::SecretWrong { profile } => Text::new(
            format!("{}비밀 액세스 키가 틀렸습니다", of(profile.as_deref())),
            "앞뒤 공백 없이 키를 다시 입력하세요",
        ),
        S3Reason::AccessKeyUnknown { profile } => Text::new(
            format!("{}액세스 키를 S3에서 찾을 수 없습니다", of(profile.as_deref())),
            "액세스 키 ID가 이 저장소의 것인지, 삭제되지 않았는지 확인하세요",
        ),
        S3Reason::NotSignedUp { profile } => Text::new(
            format!("{}계정이 S3에 가입되어 있지 않습니다", of(profile.as_deref())),
            "AWS 콘솔에서 S3에 가입하세요",
        ),
        S3Reason::SessionExpired { profile } => Text::new(
            format!("{}세션이 만료되었거나 올바르지 않습니다", of(profile.as_deref())),
            "다시 로그인하거나 임시 자격 증명을 새로 받으세요",
        ),
        S3Reason::OtherRegion { bucket, region } => other_region(bucket.as_deref(), region.as_deref()),
        S3Reason::SignedWrongly => Text::new(
            "S3가 양식의 서명을 받아들이지 않습니다",
            "양식을 준 사람에게 문의하세요. 서명에 쓴 키가 틀렸거나, 만료되었거나, 삭제되었습니다",
        ),
        S3Reason::AclOfForm => Text::new(
            "버킷이 양식의 ACL을 거부합니다",
            "양식을 준 사람에게 acl 없이 서명해 달라고 요청하세요. 2023년 4월 이후에 만든 버킷은 ACL이 꺼져 있습니다",
        ),
        S3Reason::OldSignature => Text::new(
            "이 S3는 양식의 오래된 서명 방식을 받지 않습니다",
            "양식을 준 사람에게 서명 버전 4로 서명해 달라고 요청하세요. boto3에서는 Config(signature_version=\"s3v4\")입니다",
        ),
        S3Reason::SignedForOtherRegion { region } => Text::new(
            "양식이 버킷과 다른 리전으로 서명되었습니다",
            match region {
                Some(region) => format!("양식을 준 사람에게 {region} 리전으로 서명해 달라고 요청하세요"),
                None => "양식을 준 사람에게 버킷의 리전으로 서명해 달라고 요청하세요".to_owned(),
            },
        ),
        S3Reason::OtherBytesReceived => Text::new(
            "S3가 받은 데이터가 보낸 데이터와 다릅니다",
            "다시 시도하세요. 같은 일이 반복되면 데이터를 바꾸는 프록시나 디스크가 없는지 살펴보세요",
        ),
        S3Reason::Busy => Text::new("S3가 혼잡하거나 일시적인 오류가 있습니다", "잠시 뒤 다시 시도하세요"),
        S3Reason::Request(reason) => request(*reason),
        S3Reason::Other { said } => Text::new(
            format!("S3가 양식을 거부했습니다: {said}"),
            "‘자세히’를 보고, 저장소의 지원 센터에 요청 ID를 알려 주세요",
        ),
    }
}

/// 알고 있으면 `“work” 프로필의 `.
fn of(profile: Option<&str>) -> String {
    profile.map_or(String::new(), |profile| format!("“{profile}” 프로필의 "))
}

fn not_allowed(profile: Option<&str>, action: &str, resource: &str) -> Text {
    Text::new(
        match profile {
            Some(profile) => format!("“{profile}” 프로필에 {action} 권한이 없습니다"),
            None => format!("{action} 권한이 없습니다"),
        },
        format!("{resource}에 대한 {action} 권한을 요청하세요"),
    )
}

fn access_denied(profile: Option<&str>, object: &str, acl: Option<&str>, secret_may_be_wrong: bool) -> Text {
    let what = match profile {
        Some(profile) => format!("“{profile}” 프로필에는 이 객체를 쓸 권한이 없습니다"),
        None => "이 객체를 쓸 권한이 없습니다".to_owned(),
    };
    let first = if secret_may_be_wrong {
        format!("{}비밀 액세스 키가 맞는지 확인하거나, ", of(profile))
    } else {
        String::new()
    };
    let (permission, then) = match acl {
        Some(acl) => (
            "s3:PutObject와 s3:PutObjectAcl",
            format!(" “{acl}” ACL 없이 올려도 됩니다(공개 ACL은 퍼블릭 액세스 차단이 거부합니다)."),
        ),
        None => ("s3:PutObject", String::new()),
    };
    let hint = format!(
        "{first}{object}에 대한 {permission} 권한을 요청하세요.{then} KMS로 암호화한 버킷에는 kms:GenerateDataKey 권한도 필요합니다. 다른 계정의 버킷은 그 버킷에서도 허용해야 하고, 요청자 지불이면 안 됩니다"
    );
    Text::new(what, hint)
}

fn other_region(bucket: Option<&str>, region: Option<&str>) -> Text {
    let bucket = bucket.map_or("버킷이".to_owned(), |bucket| format!("“{bucket}” 버킷이"));
    match region {
        Some(region) => Text::new(
            format!("{bucket} {region} 리전에 있습니다"),
            format!("업로드 위치의 리전을 버킷의 리전({region})으로 바꾸세요"),
        ),
        None => Text::new(
            format!("{bucket} 다른 리전에 있습니다"),
            "업로드 위치의 리전을 버킷의 리전으로 바꾸세요",
        ),
    }
}

fn request(reason: RequestReason) -> Text {
    let (what, hint) = match reason {
        RequestReason::ObjectKeyTooLong => ("객체 키가 너무 깁니다", "파일 이름이나 키 템플릿을 줄이세요"),
        RequestReason::MetadataTooLarge => ("메타데이터가 2 KB를 넘습니다", "메타데이터를 줄이세요"),
        RequestReason::StorageClassUnknown => (
            "이 저장소에 없는 스토리지 클래스입니다",
            "다른 스토리지 클래스를 선택하거나 비워 두세요",
        ),
        RequestReason::TagsRefused => (
            "저장소가 이 태그를 거부합니다",
            "태그에는 일반 문자, 숫자와 + - = . _ : / @만 쓰세요",
        ),
        RequestReason::EncryptionRefused => (
            "저장소가 이 키나 알고리즘으로 암호화할 수 없습니다",
            "다른 암호화를 선택하거나 비워 두세요",
        ),
        RequestReason::BucketNameRefused => (
            "저장소가 받지 않는 버킷 이름입니다",
            "버킷 이름에 오타가 없는지 확인하세요",
        ),
        RequestReason::TakesNoForms => (
            "이 저장소는 양식 업로드(POST Object)를 받지 않습니다",
            "엔드포인트를 확인하세요. Cloudflare R2와 Backblaze B2에는 이 방식으로 보낼 수 없습니다",
        ),
        RequestReason::PreconditionFailed => (
            "저장소의 조건이 맞지 않습니다",
            "객체가 이미 있는지 확인하고 다른 키로 시도하세요",
        ),
        RequestReason::NoS3Here => ("이 주소에는 S3가 없습니다", "엔드포인트의 호스트와 포트를 확인하세요"),
        RequestReason::GatewayLimit => (
            "저장소 앞의 프록시나 게이트웨이가 이 크기의 파일을 거부합니다",
            "그 한도를 늘리거나(nginx: client_max_body_size) 더 작은 파일을 보내세요",
        ),
        RequestReason::ProxyWantsLogin => (
            "프록시가 사용자 이름과 비밀번호를 요구합니다",
            "HTTPS_PROXY에 입력하거나 NO_PROXY에 호스트를 추가하세요",
        ),
        RequestReason::LockWantsChecksum => (
            "객체를 잠그는 버킷(Object Lock)이라서, 기본 보존 기간이 있으면 양식으로 받지 않습니다",
            "체크섬이 함께 가는 나누어 올리기로 보내거나, 기본 보존 기간이 없는 버킷을 요청하세요",
        ),
        RequestReason::FormTooLong => ("양식의 필드가 너무 깁니다", "메타데이터와 태그를 줄이세요"),
    };
    Text::new(what, hint)
}
