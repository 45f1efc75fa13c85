//! A court and two notaries watch the log: nothing has a receipt before all three have cosigned.
//!
//! In scope: three log witnesses as processes of their own, one of them away for a while, a thousand product cards anchored in
//! between. Out of scope: whom to believe; witnesses that the log's own operator runs vouch for nothing.

use tradeseal_prover::Progress;
use tradeseal_verifier::anchored::verify_anchored_item;
use tradeseal_verifier::trust::Trust;
use tradeseal_verifier::verdict::Verdict;

use super::super::stage::{Stage, unexpected};
use crate::operations::anchors::{self, Items};
use crate::operations::append::Standing;
use crate::operations::evidence::KeptCheckpoints;
use crate::operations::witness_processes::WitnessProcess;
use crate::operations::{LocalLedger, trust, witness_policy};
use crate::wallet::{AnchorKey, ItemName};
use crate::{Failure, files};

/// A card for each, a line for each: what a maker would print on a product.
const CARDS: u32 = 1000;

/// The three, and what they and those who believe them go by.
pub(super) struct Watch {
    notary_2: WitnessProcess,
    /// Kept running.
    _others: [WitnessProcess; 2],
    policy: String,
    /// What the court believes: this log, if all three have cosigned.
    pub(super) trust: Trust,
}

impl Watch {
    /// The log's checkpoints that all three cosigned.
    pub(super) fn kept(&self, stage: &Stage<'_>) -> Result<KeptCheckpoints, Failure> {
        let policy = tradeseal_verifier::log::WitnessPolicy::parse(&self.policy)?;
        KeptCheckpoints::new(&policy, vec![], stage.local.ledger().log_key())
    }
}

/// Starts the three and opens the ledger again under their policy.
pub(super) fn begin<'a>(mut stage: Stage<'a>, progress: &mut dyn Progress) -> Result<(Stage<'a>, Watch), Failure> {
    let log = stage.local.ledger().log_key().clone();
    let folder = stage.context.dir().join("witnesses");
    let start = |name: &str| WitnessProcess::start(&folder.join(name), &format!("{name}.example/witness"), &log);
    let (court, notary_1, notary_2) = (start("court")?, start("notary-1")?, start("notary-2")?);
    let policy = format!(
        "log {log}\nwitness court {}\nwitness notary-1 {}\nwitness notary-2 {}\n\
         group notaries all notary-1 notary-2\ngroup court-and-notaries all court notaries\nquorum court-and-notaries\n",
        court.line(),
        notary_1.line(),
        notary_2.line()
    );
    witness_policy::set(stage.context, policy.clone().into_bytes())?;
    drop(stage.local);
    stage.local = LocalLedger::open(stage.context, &stage.wallet, progress)?;
    let title = "From now on a court and two notaries must have seen the log before anything has a receipt";
    let published = stage.local.ledger().wait_until_published();
    published.map_err(|missing| unexpected(title, &missing.to_string()))?;
    let size = stage.local.ledger().view()?.size();
    stage.scene(title, "done", format!("all three cosigned the log of {size} entries"));
    let trust = trust::trust(stage.context, &stage.local, (true, Some(&policy)), progress)?;
    let watch = Watch {
        notary_2,
        _others: [court, notary_1],
        policy,
        trust,
    };
    Ok((stage, watch))
}

/// A maker anchors its cards while a notary is away.
pub(super) fn a_notary_is_away(stage: &mut Stage<'_>, watch: &mut Watch) -> Result<(), Failure> {
    let cards: String = (1..=CARDS)
        .map(|serial| format!("https://id.gs1.org/01/09506000134352/21/{serial:06}\n"))
        .collect();
    let path = stage.context.dir().join("product-cards.txt");
    files::write(&path, cards.as_bytes())?;
    watch.notary_2.stop();
    let name: ItemName = "maker".parse()?;
    let (key, _) = stage.wallet.get_or_make(&name, AnchorKey::generate)?;
    // Who plays twice on one ledger anchors twice.
    let size = stage.local.ledger().view()?.size();
    let purpose = format!("product identity cards, made after entry {}", size - 1)
        .parse()
        .map_err(|cause| unexpected("The purpose of the cards", &format!("{cause}")))?;
    let made = anchors::make(stage.context, &stage.local, &key, &Items::Lines(path), purpose)?;
    let title = format!("A maker anchors {CARDS} product cards in one entry while a notary is away");
    let Some(Standing::Pending(missing)) = made.accepted.map(|accepted| accepted.standing) else {
        return Err(unexpected(&title, "it had a receipt without the notary"));
    };
    stage.scene(
        title,
        "pending",
        format!("entry {} is durable, and has no receipt yet: {missing}", made.index),
    );

    watch.notary_2.come_back()?;
    let title = "The notary is back, and a buyer checks one card, offline";
    let published = stage.local.ledger().wait_until_published();
    published.map_err(|missing| unexpected(title, &missing.to_string()))?;
    let card = b"https://id.gs1.org/01/09506000134352/21/000417".to_vec();
    let made = anchors::prove(
        stage.context,
        &stage.local.ledger().view()?,
        card,
        Some(made.index),
        None,
    )?;
    let proof = made.proof.to_json();
    let report = verify_anchored_item(&proof, &watch.trust);
    if report.verdict != Verdict::Verified {
        return Err(unexpected(title, &report.sentence));
    }
    stage.write("product-card.anchored.json", &proof)?;
    stage.scene(title, report.verdict.label(), report.sentence);
    Ok(())
}

/// The three go home: who plays on with the folder has a log without them.
pub(super) fn end(stage: &Stage<'_>, watch: Watch) -> Result<Trust, Failure> {
    witness_policy::clear(stage.context)?;
    Ok(watch.trust)
}
