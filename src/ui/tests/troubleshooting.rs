//! The troubleshooting page in Korean: the window says failures in it, so that is what people search for.

use crate::engine::Reason;
use crate::engine::failure::troubleshooting::{PageWords, assert_page};
use crate::ui::words::KOREAN;

const PAGE: PageWords = PageWords {
    introduction: "
# 문제 해결

창에 나오는 모든 실패 문장과 고칠 것, 그리고 스크립트가 보는 이름(`dropslot put --json`의 `error.code`)입니다. 보이는 문장을 이 페이지에서
찾으세요. 문장 안의 이름은 예시입니다: 프로필은 `work`, 버킷은 `media-assets`입니다. 이 페이지는 프로그램의 문장에서 만들어지며,
테스트가 어긋나지 않게 지킵니다.

대부분은 다음 세 가지로 풀립니다.

- `dropslot doctor`는 업로드 위치까지 가는 길을 한 단계씩 시험하고, 빠진 권한이나 설정을 알려 줍니다.
- 창에서 실패한 업로드 아래의 **자세히**에는 S3가 한 말과 요청 ID가 있습니다. AWS는 요청 ID로 요청을 찾습니다.
- 로그에는 그 전에 일어난 일이 있습니다: **설정 → 진단 → 로그 폴더 열기**, 리눅스에서는 `~/.local/share/dropslot/log`.
  `RUST_LOG=dropslot=debug`로 더 자세히 남길 수 있습니다.

문제를 알릴 때는 `dropslot diagnostics`의 출력이나 설정 페이지의 **진단 정보 복사**를 붙여넣으세요: 버전, 설정, 최근 실패와 로그의
마지막 줄이 들어가며, 키와 서명, 버킷·프로필·파일·호스트 이름은 들어가지 않습니다.
",
    area: |reason| match reason {
        Reason::Account(_) => "프로필, 자격 증명, 버킷",
        Reason::Profile(_) => "프로필 쓰기",
        Reason::File(_) => "이 컴퓨터의 파일",
        Reason::Transfer(_) => "네트워크",
        Reason::S3(_) => "S3가 거부한 것",
        Reason::Lambda(_) => "양식을 나눠 주는 함수",
        Reason::Upload(_) => "업로드",
        Reason::Object(_) => "객체 삭제",
        Reason::Unfinished(_) => "끝나지 않은 업로드",
        Reason::Store(_) => "디스크에 저장하는 것",
        Reason::Sandbox(_) => "샌드박스",
        Reason::ObjectKey(_) => "객체 키",
        Reason::KeyTemplate(_) => "키 템플릿",
        Reason::Options(_) => "업로드 옵션",
        Reason::Address(_) => "버킷, 리전, 엔드포인트",
        Reason::Form(_) => "양식의 정책이 거부하는 것",
        Reason::Reply(_) => "함수의 응답",
        Reason::Ticket(_) => "붙여넣은 양식",
        Reason::Watch(_) => "폴더 지켜보기",
        Reason::Kept(_) => panic!("no example is an old text"),
    },
    say: |reason| KOREAN.reason(reason),
};

#[test]
fn the_korean_page_of_troubleshooting_says_what_the_window_says() {
    assert_page("troubleshooting.ko.md", &PAGE);
}
