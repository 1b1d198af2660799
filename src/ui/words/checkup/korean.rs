//! 점검에서 알아낸 것.

use crate::engine::doctor::{Named, Place, Remark, Sent, Signed};
use crate::engine::{Text, UnfinishedList};
use crate::ui::words::reasons;
use std::time::Duration;

pub(super) fn korean(remark: &Remark) -> Text {
    match remark {
        Remark::Destination { name, place } => said(format!("“{name}”: {}", of_place(place))),
        Remark::Environment {
            proxies,
            ca_bundle,
            others,
            keys,
        } => said(environment(proxies, ca_bundle.as_deref(), others, keys)),
        Remark::KeysElsewhere => said("양식은 다른 곳에서 서명하므로 여기에는 키가 필요 없습니다"),
        Remark::Keys {
            access_key_id,
            profile,
            until,
        } => said(of_keys(access_key_id, profile.as_deref(), *until)),
        Remark::Identity { account_id, arn } => said(format!("{arn}, 계정 {account_id}")),
        Remark::NoIdentity => said("서명하는 사람은 AWS만 알려 주며(STS), 이 저장소는 AWS가 아닙니다"),
        Remark::Listed {
            buckets,
            bucket,
            is_among,
        } => said(listed(*buckets, bucket, *is_among)),
        Remark::NothingToList => said("샌드박스에는 버킷이 하나뿐입니다"),
        Remark::MayNotList => Text::new(
            "버킷 목록을 볼 권한이 없지만, 업로드에는 필요 없습니다",
            "이름을 입력하는 대신 목록에서 고르려면 *에 대한 s3:ListAllMyBuckets 권한을 요청하세요",
        ),
        Remark::Region {
            region,
            url,
            is_named,
            takes_no_forms,
        } => {
            let how = if *is_named {
                "지정한 값과 같음"
            } else {
                "자동으로 찾음"
            };
            said(format!("{region} ({how}), 버킷 주소: {url}{}", forms(*takes_no_forms)))
        }
        Remark::RegionUnsaid {
            region,
            url,
            takes_no_forms,
        } => said(format!(
            "저장소가 리전을 알려 주지 않아 {region} 리전으로 서명합니다. 버킷 주소: {url}{}",
            forms(*takes_no_forms)
        )),
        Remark::OtherRegion { region, url, named, by } => other_region(region, url, named, *by),
        Remark::ClockAgrees { seconds: 0 } => said("이 컴퓨터의 시계가 저장소와 같습니다"),
        Remark::ClockAgrees { seconds } => said(format!("이 컴퓨터의 시계와 저장소의 차이가 {seconds}초 이내입니다")),
        Remark::ClockDiffers { ahead_secs } => clock(*ahead_secs),
        Remark::ClockUnknown => said("저장소가 시각을 알려 주지 않습니다"),
        Remark::Signed { signed, elsewhere } => said(of_signed(signed, *elsewhere)),
        Remark::SignedEach => said("나누어 올릴 때는 요청마다 헤더에 서명합니다"),
        Remark::HostTrusted { function, host } => said(format!(
            "{function}의 양식은 {host} 호스트에 보내며, 이제부터 다른 호스트에는 보내지 않습니다"
        )),
        Remark::NotSpent {
            minutes_left: Some(minutes),
        } => said(format!(
            "이 양식은 시험에 쓰지 않습니다. 앞으로 {minutes}분 동안 유효합니다"
        )),
        Remark::NotSpent { minutes_left: None } => said("이 양식은 시험에 쓰지 않습니다"),
        Remark::Sent {
            size_bytes,
            way,
            took,
            attempts,
        } => said(sent(*size_bytes, *way, *took, *attempts)),
        Remark::Proven(proof) => said(format!("저장된 것이 보낸 것과 같습니다 ({})", proof.name())),
        Remark::NotProven { object } => Text::new(
            "저장소가 체크섬도 크기도 알려 주지 않아 비교할 수 없습니다",
            format!("크기라도 볼 수 있도록 {object}에 대한 s3:GetObject 권한을 요청하세요"),
        ),
        Remark::Public { url } => said(format!("누구나 열 수 있습니다: {url}")),
        Remark::Private { url } => Text::new(
            format!("비공개입니다: {url}"),
            "누구나 열 수 있어야 한다면 모두에게 s3:GetObject 작업을 허용하는 버킷 정책을 요청하세요",
        ),
        Remark::AccessUnknown { url } => Text::new(format!("확인할 수 없었습니다: {url}"), "브라우저에서 열어 보세요"),
        Remark::Deleted { place } => said(format!("{place}: 다시 삭제했습니다")),
        Remark::VersionRemains { place } => Text::new(
            format!("버전을 보관하는 버킷이어서 삭제 마커 뒤에 한 버전이 남습니다: {place}"),
            "수명 주기 규칙으로 이전 버전을 만료시킬 수 있습니다",
        ),
        Remark::Stays { place, why } => {
            let Text { what, hint } = reasons::korean(&why.reason);
            Text::new(format!("{what}. 남은 객체: {place}"), hint)
        }
        Remark::DeletedElsewhere { place } => said(format!("서명하는 쪽에서만 삭제할 수 있습니다. 남은 객체: {place}")),
        Remark::NoneUnfinished => said("남은 조각이 없습니다"),
        Remark::Unfinished(list) => Text::new(unfinished(list), "설정에서 버릴 수 있습니다. 버릴 때까지 비용이 듭니다"),
        Remark::Aborted { aborted, stay } => said(format!(
            "끝나지 않은 업로드 {aborted}개의 조각을 삭제했고, 이 컴퓨터에서 이어서 올릴 수 있는 {stay}개는 남겨 두었습니다"
        )),
        Remark::UnfinishedElsewhere => said("버킷에 서명하는 쪽에서만 볼 수 있습니다"),
    }
}

fn said(what: impl Into<String>) -> Text {
    Text::new(what, "")
}

fn of_place(place: &Place) -> String {
    let (bucket, profile, endpoint_url, region) = match place {
        Place::Function(function) => return format!("{function}의 양식"),
        Place::Ticket(host) => return format!("{host}의 미리 서명된 양식"),
        Place::Sandbox => return "이 컴퓨터 안의 S3".to_owned(),
        Place::Account {
            bucket,
            profile,
            endpoint_url,
            region,
        } => (bucket, profile, endpoint_url, region),
    };
    let profile = match profile {
        Some(profile) => format!("“{profile}” 프로필"),
        None => "환경 변수의 키 또는 프로필".to_owned(),
    };
    let at = endpoint_url.as_deref().unwrap_or("AWS 또는 프로필에 적힌 곳");
    let region = match region {
        Some(region) => format!("{region} 리전"),
        None => "리전은 자동으로 찾음".to_owned(),
    };
    format!("{bucket} 버킷, {profile}, {at}, {region}")
}

fn environment(proxies: &[String], ca_bundle: Option<&str>, others: &[String], keys: &[String]) -> String {
    let mut told = Vec::new();
    if proxies.is_empty() {
        told.push("프록시 없음".to_owned());
    }
    told.extend(proxies.iter().cloned());
    told.push(match ca_bundle {
        Some(path) => format!("시스템 인증서와 AWS_CA_BUNDLE={path}"),
        None => "시스템 인증서".to_owned(),
    });
    told.extend(others.iter().cloned());
    told.extend(keys.iter().map(|name| format!("{name} 설정됨")));
    told.join(", ")
}

fn of_keys(access_key_id: &str, profile: Option<&str>, until: Option<jiff::Timestamp>) -> String {
    let mut facts = vec![access_key_id.to_owned()];
    facts.extend(profile.map(|profile| format!("“{profile}” 프로필")));
    facts.extend(until.map(|at| {
        let at = at.to_zoned_datetime(jiff::tz::TimeZone::system());
        format!("{}까지", at.strftime("%Y-%m-%d %H:%M"))
    }));
    facts.join(", ")
}

fn listed(buckets: usize, bucket: &str, is_among: bool) -> String {
    if is_among {
        return format!("버킷 {buckets}개, 그 가운데 {bucket} 버킷이 있습니다");
    }
    format!("버킷 {buckets}개, 그 가운데 {bucket} 버킷은 없습니다. 다른 계정의 버킷이거나 이름이 틀렸습니다")
}

fn forms(takes_none: bool) -> &'static str {
    if takes_none { ", 양식을 받지 않음" } else { "" }
}

fn other_region(region: &str, url: &str, named: &str, by: Named) -> Text {
    match by {
        Named::Destination => Text::new(
            format!("버킷은 {named} 리전이 아니라 {region} 리전에 있습니다. 버킷 주소: {url}"),
            format!("업로드 위치의 리전을 {region} 값으로 바꾸거나 비워 두세요. 비워 두면 자동으로 찾습니다"),
        ),
        Named::Profile => said(format!(
            "{region} (자동으로 찾음, 프로필의 리전은 {named}), 버킷 주소: {url}"
        )),
    }
}

fn clock(ahead_secs: i64) -> Text {
    let seconds = ahead_secs.unsigned_abs();
    let way = if ahead_secs > 0 { "늦습니다" } else { "빠릅니다" };
    Text::new(
        format!("이 컴퓨터의 시계가 저장소보다 {seconds}초 {way}. 서명은 저장소의 시각으로 합니다"),
        "시계를 맞추세요. 15분 넘게 차이 나면 다른 프로그램은 거부됩니다",
    )
}

fn of_signed(signed: &Signed, elsewhere: bool) -> String {
    let by = if elsewhere { "함수가 서명함" } else { "서명함" };
    let (what, names, expires_in) = match signed {
        Signed::Form { fields, expires_in } => ("양식의 필드", fields, expires_in),
        Signed::Put { headers, expires_in } => ("PUT의 헤더", headers, expires_in),
    };
    let good_for = expires_in.map(|left| format!(", {}분 동안 유효", left.as_secs().div_ceil(60)));
    format!("{by}: {what} {}{}", names.join(" "), good_for.unwrap_or_default())
}

fn sent(size_bytes: u64, way: Option<Sent>, took: Duration, attempts: u32) -> String {
    let way = match way {
        None => "서명한 방식대로",
        Some(Sent::Post) => "POST로",
        Some(Sent::Put) => "PUT으로",
        Some(Sent::PutForNoForms) => "양식(POST)을 받지 않는 저장소라서 PUT으로",
        Some(Sent::Parts) => "나누어서",
    };
    let attempts = match attempts {
        1 => String::new(),
        attempts => format!(" ({attempts}번 시도)"),
    };
    let seconds = took.as_secs_f64();
    format!("{size_bytes}바이트를 {way} {seconds:.1}초 만에 보냈습니다{attempts}")
}

fn unfinished(list: &UnfinishedList) -> String {
    let keys: Vec<_> = list
        .uploads
        .iter()
        .map(|upload| upload.object_key.as_str())
        .take(5)
        .collect();
    let more = if list.is_cut { " 이상" } else { "" };
    format!("끝나지 않은 업로드 {}개{more}: {}", list.uploads.len(), keys.join(", "))
}
