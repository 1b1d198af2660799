//! Where files go: the profile, its buckets, the endpoint, or the sandbox.

mod buckets;

use crate::aws::{AccountOptions, Environment, EnvironmentKeys, Profile};
use crate::engine::{BucketList, Code, Command, Failure};
use crate::store::{Destination, DestinationKind, Ticket};
use crate::ui::action::Effect;

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Nothing yet.
    Nothing,
    /// A profile, and perhaps a bucket of it.
    Account {
        /// Whose.
        account: AccountOptions,
        /// Which.
        bucket: Option<String>,
    },
    /// A function that hands out forms, or one form; with options of its own.
    Handed(Box<Destination>),
    /// The embedded S3.
    Sandbox,
}

/// Buckets of the chosen profile.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Buckets {
    /// Not asked for.
    Unknown,
    /// Asked for; what was known before is still shown.
    Loading(Option<BucketList>),
    /// Here they are, or why not.
    Listed(BucketList),
}

/// The embedded S3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SandboxState {
    /// Not needed so far.
    Off,
    /// On its way.
    Starting,
    /// Running.
    Running,
    /// Why it could not start.
    Failed(Box<Failure>),
}

/// The destination picker.
#[derive(Debug)]
pub(crate) struct Picker {
    pub(crate) choice: Choice,
    /// `None` while they are read.
    pub(crate) profiles: Option<Result<Vec<Profile>, Failure>>,
    /// What can be picked beside the profiles, and which of them goes first.
    pub(crate) environment: Environment,
    pub(crate) buckets: Buckets,
    pub(crate) sandbox: SandboxState,
    /// The filter over the buckets, which is also where a name is typed.
    pub(crate) filter: String,
    /// The field "Endpoint URL".
    pub(crate) endpoint: String,
    /// The field "Region".
    pub(crate) region: String,
    /// Over profiles and saved destinations, where there are many.
    pub(crate) profile_filter: String,
    /// The saved destination that is chosen, with options of its own.
    saved: Option<Destination>,
    /// Template and options that go with whatever is chosen without a name.
    base: Destination,
    looks_again_at: Option<f64>,
    /// Nobody has asked for the list that is on its way.
    looks_quietly: bool,
}

impl Picker {
    /// With `initial` chosen: one of `saved` where it has the name of one and goes to the same place.
    pub(crate) fn new(initial: Option<Destination>, saved: &[Destination]) -> Self {
        let is_initial = |saved: &&Destination| {
            let initial = initial.as_ref();
            initial.is_some_and(|initial| initial.name == saved.name && initial.kind == saved.kind)
        };
        let saved = saved.iter().find(is_initial).cloned();
        let plain = || Destination::new("", DestinationKind::Sandbox);
        let chosen = saved.clone().or(initial);
        let base = if saved.is_some() {
            plain()
        } else {
            chosen.clone().unwrap_or_else(plain)
        };
        let mut picker = Self {
            choice: Choice::Nothing,
            profiles: None,
            environment: Environment::default(),
            buckets: Buckets::Unknown,
            sandbox: SandboxState::Off,
            filter: String::new(),
            endpoint: String::new(),
            region: String::new(),
            profile_filter: String::new(),
            looks_again_at: None,
            looks_quietly: false,
            saved,
            base,
        };
        if let Some(chosen) = chosen.filter(|chosen| !chosen.name.is_empty()) {
            picker.take_choice(&chosen);
        }
        picker
    }

    /// Where files go now; `None` while something is missing.
    pub(crate) fn destination(&self) -> Option<Destination> {
        let (name, kind) = match &self.choice {
            Choice::Account {
                account,
                bucket: Some(bucket),
            } => (
                format!("{} · {bucket}", self.profile_name(account)),
                DestinationKind::Account {
                    profile: account.profile.clone(),
                    bucket: bucket.clone(),
                    region: account.region.clone(),
                    endpoint_url: account.endpoint_url.clone(),
                },
            ),
            Choice::Handed(handed) => return self.saved.clone().or_else(|| Some(Destination::clone(handed))),
            Choice::Sandbox if self.sandbox == SandboxState::Running => {
                (DestinationKind::SANDBOX_NAME.to_owned(), DestinationKind::Sandbox)
            }
            Choice::Account { bucket: None, .. } | Choice::Sandbox | Choice::Nothing => return None,
        };
        Some(match &self.saved {
            Some(saved) => saved.clone(),
            None => Destination {
                name,
                kind,
                ..self.base.clone()
            },
        })
    }

    /// The name of the saved destination that is chosen.
    pub(crate) fn saved_name(&self) -> Option<&str> {
        self.saved.as_ref().map(|saved| saved.name.as_str())
    }

    /// The saved destination that is chosen is no longer saved: files go there all the same, until something else is chosen.
    /// A function whose key is gone would only refuse them.
    pub(super) fn forget_saved(&mut self, has_lost_key: bool) {
        if has_lost_key {
            self.saved = None;
            self.choice = Choice::Nothing;
        } else if let Some(saved) = self.saved.take() {
            self.use_options_of(saved);
        }
    }

    /// What is chosen goes by these options from now on.
    pub(super) fn use_options_of(&mut self, destination: Destination) {
        match &mut self.choice {
            Choice::Handed(handed) => **handed = destination,
            _ => self.base = destination,
        }
    }

    /// What is chosen needs this when the window opens.
    pub(super) fn first_effects(&mut self) -> Vec<Effect> {
        match self.choice {
            Choice::Account { .. } => self.list_buckets(),
            Choice::Sandbox => self.start_sandbox(),
            Choice::Handed(_) | Choice::Nothing => Vec::new(),
        }
    }

    pub(super) fn pick_profile(&mut self, profile: Option<String>) -> Vec<Effect> {
        self.endpoint.clear();
        self.region.clear();
        self.pick_account(
            AccountOptions {
                profile,
                ..AccountOptions::default()
            },
            None,
        )
    }

    pub(super) fn pick_bucket(&mut self, name: String) {
        if let Choice::Account { bucket, .. } = &mut self.choice {
            if bucket.as_ref() != Some(&name) {
                self.saved = None;
            }
            *bucket = Some(name);
            self.filter.clear();
        }
    }

    pub(super) fn pick_sandbox(&mut self) -> Vec<Effect> {
        self.choice = Choice::Sandbox;
        self.saved = None;
        self.looks_again_at = None;
        self.start_sandbox()
    }

    /// Files go by a form that was pasted, and are copied as before.
    pub(super) fn pick_ticket(&mut self, ticket: Ticket) {
        let destination = Destination {
            copy: self.base.copy.clone(),
            ..Destination::new(ticket.place().to_owned(), DestinationKind::Ticket(ticket))
        };
        self.take_choice(&destination);
        self.saved = None;
        self.looks_again_at = None;
    }

    /// The form that files go by.
    pub(crate) fn ticket(&self) -> Option<&Ticket> {
        match &self.choice {
            Choice::Handed(handed) => match &handed.kind {
                DestinationKind::Ticket(ticket) => Some(ticket),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn pick_saved(&mut self, destination: Destination) -> Vec<Effect> {
        self.take_choice(&destination);
        self.saved = Some(destination);
        self.filter.clear();
        self.looks_again_at = None;
        self.first_effects()
    }

    pub(super) fn apply_endpoint(&mut self) -> Vec<Effect> {
        let Choice::Account { account, bucket } = &self.choice else {
            return Vec::new();
        };
        let typed = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let account = AccountOptions {
            profile: account.profile.clone(),
            region: typed(&self.region),
            endpoint_url: typed(&self.endpoint),
        };
        let bucket = bucket.clone().filter(|_| self.account() == Some(&account));
        self.pick_account(account, bucket)
    }

    /// Asks for the buckets of the chosen profile.
    pub(super) fn list_buckets(&mut self) -> Vec<Effect> {
        let Choice::Account { account, .. } = &self.choice else {
            return Vec::new();
        };
        let account = account.clone();
        let known = match std::mem::replace(&mut self.buckets, Buckets::Unknown) {
            Buckets::Listed(list) | Buckets::Loading(Some(list)) if list.account == account => Some(list),
            _ => None,
        };
        self.buckets = Buckets::Loading(known);
        self.looks_again_at = None;
        self.looks_quietly = false;
        vec![Effect::send(Command::ListBuckets(account))]
    }

    pub(super) fn profiles_came(&mut self, profiles: Result<Vec<Profile>, Failure>) -> Vec<Effect> {
        self.profiles = Some(profiles);
        let first = self.known_profiles().first().map(|profile| profile.name.clone());
        if self.choice != Choice::Nothing {
            return Vec::new();
        }
        // As the AWS CLI has it: keys in the environment go before profiles, a role of the environment after them. A profile
        // that `AWS_PROFILE` misspells is picked too, and told of: files must not go to the account of another.
        match first {
            _ if self.environment.keys == EnvironmentKeys::Keys => self.pick_profile(None),
            Some(first) => self.pick_profile(self.environment.profile.clone().or(Some(first))),
            None if self.offers_environment() => self.pick_profile(None),
            None => Vec::new(),
        }
    }

    /// The profiles of this machine: none while they are read, or where they cannot be.
    pub(crate) fn known_profiles(&self) -> &[Profile] {
        match &self.profiles {
            Some(Ok(profiles)) => profiles,
            Some(Err(_)) | None => &[],
        }
    }

    /// The region that a profile of this machine names.
    pub(crate) fn region_of(&self, profile: Option<&str>) -> Option<&str> {
        let mut known = self.known_profiles().iter();
        known
            .find(|known| Some(known.name.as_str()) == profile)?
            .region
            .as_deref()
    }

    /// Whether no profile at all is something to pick: the environment's keys would sign then.
    pub(crate) fn offers_environment(&self) -> bool {
        match self.environment.keys {
            EnvironmentKeys::None => false,
            EnvironmentKeys::Keys => true,
            EnvironmentKeys::Role => {
                let is_default = |profile: &Profile| profile.name == "default";
                matches!(self.profiles, Some(Ok(_))) && !self.known_profiles().iter().any(is_default)
            }
        }
    }

    /// In the names of destinations.
    fn profile_name<'a>(&self, account: &'a AccountOptions) -> &'a str {
        let unnamed = if self.offers_environment() {
            "environment"
        } else {
            "default"
        };
        account.profile.as_deref().unwrap_or(unnamed)
    }

    /// Why the buckets cannot be listed, where it is more than a denied listing.
    pub(crate) fn failure(&self) -> Option<&Failure> {
        // Of a profile that is not chosen any more nobody needs to know.
        self.account()?;
        let failure = self.bucket_list()?.buckets.as_ref().err()?;
        (failure.code != Code::ListDenied).then_some(failure)
    }

    /// The chosen session.
    pub(crate) fn account(&self) -> Option<&AccountOptions> {
        match &self.choice {
            Choice::Account { account, .. } => Some(account),
            Choice::Handed(_) | Choice::Sandbox | Choice::Nothing => None,
        }
    }

    /// The region that the chosen session works in, where it is known.
    pub(crate) fn shown_region(&self) -> Option<&str> {
        let account = self.account()?;
        let of_list = || self.bucket_list().and_then(|list| list.region.as_deref());
        let of_profile = || self.region_of(account.profile.as_deref());
        account.region.as_deref().or_else(of_list).or_else(of_profile)
    }

    fn pick_account(&mut self, account: AccountOptions, bucket: Option<String>) -> Vec<Effect> {
        self.filter.clear();
        self.saved = None;
        self.choice = Choice::Account { account, bucket };
        self.list_buckets()
    }

    pub(super) fn start_sandbox(&mut self) -> Vec<Effect> {
        match self.sandbox {
            SandboxState::Off | SandboxState::Failed(_) => {
                self.sandbox = SandboxState::Starting;
                vec![Effect::StartSandbox]
            }
            SandboxState::Starting | SandboxState::Running => Vec::new(),
        }
    }

    fn take_choice(&mut self, destination: &Destination) {
        self.choice = match &destination.kind {
            DestinationKind::Account {
                profile,
                bucket,
                region,
                endpoint_url,
            } => {
                self.region = region.clone().unwrap_or_default();
                self.endpoint = endpoint_url.clone().unwrap_or_default();
                Choice::Account {
                    account: AccountOptions {
                        profile: profile.clone(),
                        region: region.clone(),
                        endpoint_url: endpoint_url.clone(),
                    },
                    bucket: Some(bucket.clone()).filter(|bucket| !bucket.is_empty()),
                }
            }
            // A ticket's form is not kept: without it nothing can be sent.
            DestinationKind::Ticket(ticket) if ticket.upload.is_none() => Choice::Nothing,
            DestinationKind::Lambda(_) | DestinationKind::Ticket(_) => Choice::Handed(Box::new(destination.clone())),
            DestinationKind::Sandbox => Choice::Sandbox,
        };
    }
}
