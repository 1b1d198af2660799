//! S3까지 가는 길.

use crate::engine::Text;
use crate::engine::failure::TransferReason;
use crate::transfer::ConnectKind;
use crate::ui::format::size;

const CHECK_NETWORK: &str = "네트워크를 확인하고 다시 시도하세요";

pub(super) fn korean(reason: &TransferReason) -> Text {
    match reason {
        TransferReason::Stalled { seconds } => {
            Text::new(format!("{seconds}초 동안 전송이 멈춰 있었습니다"), CHECK_NETWORK)
        }
        TransferReason::NoConnection(kind) => not_connected(*kind),
        TransferReason::BrokenEarly { sent_bytes } => Text::new(
            format!(
                "{}를 보낸 뒤 연결이 끊겼습니다. 저장소가 양식을 거부한 것 같습니다",
                size(*sent_bytes)
            ),
            "s3:PutObject 권한, 버킷 이름과 리전, 프로필의 키를 확인하거나 다시 시도하세요",
        ),
        TransferReason::BrokenLate => Text::new("S3가 응답하기 전에 연결이 끊겼습니다", CHECK_NETWORK),
    }
}

fn not_connected(kind: ConnectKind) -> Text {
    match kind {
        ConnectKind::Url => Text::new(
            "양식의 URL을 사용할 수 없습니다",
            "엔드포인트를 확인하세요 (예: https://s3.example.com)",
        ),
        ConnectKind::Dns => Text::new(
            "서버 이름을 찾을 수 없습니다",
            "네트워크를 확인하고, 엔드포인트와 리전에 오타가 없는지 보세요",
        ),
        ConnectKind::Refused => Text::new(
            "서버가 연결을 받지 않습니다",
            "서버가 실행 중인지, 엔드포인트의 포트가 맞는지 확인하세요",
        ),
        ConnectKind::TimedOut => Text::new(
            "서버가 제때 응답하지 않았습니다",
            "네트워크와 엔드포인트를 확인하세요. 방화벽이 막고 있을 수도 있습니다",
        ),
        ConnectKind::NotTrusted => Text::new(
            "서버의 인증서를 신뢰할 수 없습니다",
            "엔드포인트의 이름을 확인하세요. 회사 자체 인증 기관은 AWS_CA_BUNDLE에 지정합니다",
        ),
        ConnectKind::Tls => Text::new(
            "보안 연결을 맺을 수 없습니다",
            "엔드포인트의 포트를 확인하세요. 암호화하지 않는 HTTP 포트일 수 있습니다",
        ),
        ConnectKind::Proxy => Text::new(
            "프록시가 연결을 거부했습니다",
            "HTTPS_PROXY(주소, 사용자, 비밀번호)를 확인하거나 NO_PROXY에 호스트를 추가하세요",
        ),
        ConnectKind::Network => Text::new("S3에 연결할 수 없습니다", CHECK_NETWORK),
    }
}
