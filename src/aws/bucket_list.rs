//! The account's buckets: every page of `ListBuckets`, tried again where that may help.

use super::buckets::{BucketsError, ClockAhead};
use super::connect;
use super::credentials_error::chain_in_one_line;
use super::http::{read_body, request_of};
use super::{Account, http_client};
use crate::s3::bucket_list::{self, BucketsPage};
use crate::s3::{BucketAddress, Credentials, Remedy, RequestToSign, Resource, S3Error};
use jiff::Timestamp;
use reqwest::header::HeaderMap;
use std::time::Duration;

/// Longest wait for one page.
const PAGE_TIMEOUT: Duration = Duration::from_secs(20);
/// Stores that know no pages tell all buckets at once; each takes some 150 bytes.
const MAX_PAGE_BYTES: usize = 16 * 1024 * 1024;
/// Before the second try; doubled before each further one.
const FIRST_WAIT: Duration = Duration::from_millis(300);

/// All buckets of the account, by name, every page.
///
/// # Errors
/// See [`BucketsError`].
pub async fn list_buckets(account: &Account) -> Result<Vec<String>, BucketsError> {
    let mut list = List {
        account,
        address: account.store_address()?,
        client: http_client().map_err(|error| unreachable(&error))?,
        clock_ahead: None,
        is_renewed: false,
    };
    let mut names = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let page = list.page(next.as_deref()).await?;
        names.extend(page.names);
        // The same page again would have no end.
        if page.next.is_none() || page.next == next {
            names.sort_unstable();
            return Ok(names);
        }
        next = page.next;
    }
}

struct List<'a> {
    account: &'a Account,
    address: BucketAddress,
    client: reqwest::Client,
    clock_ahead: Option<ClockAhead>,
    /// New credentials were asked for.
    is_renewed: bool,
}

impl List<'_> {
    async fn page(&mut self, next: Option<&str>) -> Result<BucketsPage, BucketsError> {
        let mut attempts = 1;
        let mut wait = FIRST_WAIT;
        loop {
            let credentials = self.account.credentials().await?;
            let error = match self.ask(next, &credentials).await {
                Ok(page) => return Ok(page),
                Err(refused) => refused,
            };
            if !self.is_mended(&error).await {
                if attempts >= self.account.max_attempts() || !error.is_passing() {
                    return Err(error.into());
                }
                tokio::time::sleep(wait).await;
                attempts += 1;
                wait *= 2;
            }
        }
    }

    async fn ask(&self, next: Option<&str>, credentials: &Credentials) -> Result<BucketsPage, Unlisted> {
        let now = Timestamp::now();
        let request = RequestToSign {
            method: "GET",
            address: &self.address,
            resource: Resource::Buckets,
            query: &bucket_list::query(next),
            headers: &[],
            body: Some(b""),
        };
        let signed = request.sign(
            credentials,
            self.clock_ahead.map_or(now, |ahead| ahead.time_there(now, 0)),
        );
        let request = request_of(&self.client, &signed).timeout(PAGE_TIMEOUT);
        let lost = |error: reqwest::Error| Unlisted::Lost(connect::reason(error));
        let response = request.send().await.map_err(lost)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        read_body(response, MAX_PAGE_BYTES, &mut body).await.map_err(lost)?;
        let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
        bucket_list::read(status, header, &body).map_err(|error| Unlisted::Refused(error, headers.clone()))
    }

    /// Whether the refusal has shown what to do better the next time, once for each.
    async fn is_mended(&mut self, error: &Unlisted) -> bool {
        let Unlisted::Refused(error, headers) = error else {
            return false;
        };
        match error.code.as_str() {
            // A session may have been ended from outside before its time.
            "ExpiredToken" | "InvalidToken" if !self.is_renewed => {
                self.account.forget_credentials().await;
                self.is_renewed = true;
                true
            }
            _ if error.remedy() == Remedy::CorrectClock && self.clock_ahead.is_none() => {
                self.clock_ahead = ClockAhead::of_answer(headers);
                self.clock_ahead.is_some()
            }
            _ => false,
        }
    }
}

/// Why a page did not come.
enum Unlisted {
    /// No answer, or none to its end.
    Lost(String),
    Refused(S3Error, HeaderMap),
}

impl Unlisted {
    fn is_passing(&self) -> bool {
        match self {
            Self::Lost(_) => true,
            Self::Refused(error, _) => error.remedy() == Remedy::Retry,
        }
    }
}

impl From<Unlisted> for BucketsError {
    fn from(error: Unlisted) -> Self {
        match error {
            Unlisted::Lost(reason) => Self::Unreachable { reason },
            Unlisted::Refused(error, _) => match error.code.as_str() {
                "AccessDenied" | "AllAccessDisabled" | "HTTP 403" => Self::Denied,
                _ => Self::S3(error),
            },
        }
    }
}

fn unreachable(error: &super::HttpError) -> BucketsError {
    BucketsError::Unreachable {
        reason: chain_in_one_line(error),
    }
}
