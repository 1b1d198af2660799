//! `dropslot doctor`: a small file all the way there and away again, one line a step, each failure with what to change.
//!
//! The examination is the engine's own: what is told here is what the window shows, and what an upload would meet.

mod findings;

use super::args::DoctorArgs;
use super::interrupt::Interrupt;
use super::problem::{Problem, Status, print_failure};
use super::put::{self, engine_gone};
use super::stdout::Lines;
use crate::aws::{Account, AccountOptions};
use crate::engine::{Checkup, CheckupNews, Command, Engine, EngineConfig, EngineGone, Event, Failure, doctor};
use crate::s3::KeyTemplate;
use crate::store::{Destination, DestinationKind, Folders};
use findings::Findings;
use std::sync::Arc;

pub(super) async fn run(args: DoctorArgs) -> Result<Status, Problem> {
    let mut destination = super::destination::of_args(&args.destination)?;
    if let Some(template) = &args.key {
        KeyTemplate::parse(template).map_err(|error| Problem::usage_of(Failure::from(&error)))?;
        destination.key_template.clone_from(template);
    }
    if args.policy {
        return print_policy(&destination).await;
    }
    let mut interrupt = Interrupt::catch()?;
    let sandbox = put::sandbox_for(&destination.kind, true).await?;
    let mut engine = Engine::start(EngineConfig {
        folders: Folders::of_this_user(),
        jobs: Some(1),
        wake: Arc::new(|_| {}),
        adopt_interrupted: false,
        forget_done: false,
        sandbox,
        network_patience: std::time::Duration::ZERO,
    });
    let checkup = Checkup {
        id: 1,
        destination: Box::new(destination),
        abort_unfinished: args.abort_unfinished,
    };
    engine.send(Command::Examine(checkup)).map_err(engine_gone)?;
    let mut findings = Findings::new(args.json);
    let ended = tokio::select! {
        ended = follow(&mut engine, &mut findings) => Some(ended),
        () = interrupt.next() => None,
    };
    put::shut_down(engine, |failure| print_failure(None, &failure)).await;
    match ended {
        Some(ended) => ended.map(|()| findings.status()),
        None => Ok(Status::Interrupted),
    }
}

/// To its end, each step told as it comes.
async fn follow(engine: &mut Engine, findings: &mut Findings) -> Result<(), Problem> {
    loop {
        let event = engine.events.recv().await;
        match event.ok_or_else(|| engine_gone(EngineGone))? {
            Event::Checkup { news, .. } => match news {
                CheckupNews::Begins(_) => {}
                CheckupNews::Found(finding) => findings.tell(&finding)?,
                CheckupNews::Ended { policy } => {
                    return policy.map_or(Ok(()), |policy| findings.policy(&policy));
                }
            },
            Event::Trouble(failure) => findings.trouble(&failure)?,
            _ => {}
        }
    }
}

/// The policy alone, so that it can be piped; nothing is asked of the network.
async fn print_policy(destination: &Destination) -> Result<Status, Problem> {
    let region = match &destination.kind {
        DestinationKind::Account {
            profile,
            region,
            endpoint_url,
            ..
        } => {
            let options = AccountOptions {
                profile: profile.clone(),
                region: region.clone(),
                endpoint_url: endpoint_url.clone(),
            };
            let account = Account::load(&options).await.ok();
            account.and_then(|account| account.region().map(str::to_owned))
        }
        _ => None,
    };
    let Some(policy) = doctor::policy(destination, region.as_deref()) else {
        return Err(Problem::usage(
            "Only uploads to a bucket by a profile go by a policy of this account",
            "Name the bucket by --bucket or --to",
        ));
    };
    Lines::default().line(&policy)?;
    Ok(Status::Done)
}
