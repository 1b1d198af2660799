//! 프로필, 자격 증명, 버킷.

use crate::engine::Text;
use crate::engine::failure::{AccountReason, exports};

pub(super) fn korean(reason: &AccountReason) -> Text {
    match reason {
        AccountReason::NoProfile => Text::new(
            "이 컴퓨터에 AWS 프로필이나 AWS 키가 없습니다",
            "프로필을 만들거나, 프로필이 필요 없는 샌드박스를 써 보세요",
        ),
        AccountReason::UnknownProfile { name } => Text::new(
            format!("“{name}” AWS 프로필을 찾을 수 없습니다"),
            "다른 프로필을 선택하거나 이 프로필을 만드세요",
        ),
        AccountReason::LoginExpired { profile, command } => Text::new(
            format!("“{profile}” 프로필의 로그인이 만료되었습니다"),
            format!("다시 로그인하세요: {command}"),
        ),
        AccountReason::WantsMfa { profile, command } => Text::new(
            format!("“{profile}” 프로필의 역할에는 MFA 코드가 필요합니다. 코드는 AWS CLI가 물어볼 수 있습니다"),
            format!(
                "터미널에서 {command} 명령으로 코드를 입력하고, credential_process = {}인 프로필을 사용하세요",
                exports(profile)
            ),
        ),
        AccountReason::NoCredentials { profile } => Text::new(
            format!("“{profile}” 프로필에서 자격 증명을 가져올 수 없습니다"),
            "‘자세히’에서 AWS SDK의 메시지를 보고 프로필을 고친 뒤 다시 시도하세요",
        ),
        AccountReason::Files => Text::new(
            "AWS 설정 파일을 읽을 수 없습니다",
            "~/.aws/config와 ~/.aws/credentials를 고치세요. 잘못된 위치는 ‘자세히’에 있습니다",
        ),
        AccountReason::CaBundle { path } => Text::new(
            format!("AWS_CA_BUNDLE이 가리키는 {path}에 읽을 수 있는 인증서가 없습니다"),
            "AWS_CA_BUNDLE에 PEM 파일을 지정하거나 설정을 해제하세요",
        ),
        AccountReason::HttpClient => Text::new(
            "HTTP 연결을 준비할 수 없습니다",
            "HTTPS_PROXY와 시스템의 프록시 설정을 확인하세요",
        ),
        AccountReason::ListDenied => Text::new(
            "이 프로필은 버킷 목록을 볼 권한이 없습니다",
            "버킷 이름을 입력하거나 s3:ListAllMyBuckets 권한을 요청하세요",
        ),
        AccountReason::NoRegion { bucket } => Text::new(
            format!("“{bucket}” 버킷의 리전을 알 수 없습니다"),
            "업로드 위치에 리전을 지정하세요 (예: us-east-1)",
        ),
        AccountReason::NoSuchBucket { bucket } => Text::new(
            match bucket {
                Some(bucket) => format!("“{bucket}” 버킷을 찾을 수 없습니다"),
                None => "버킷을 찾을 수 없습니다".to_owned(),
            },
            "버킷 이름, 프로필, 엔드포인트가 맞는지 확인하세요",
        ),
    }
}
