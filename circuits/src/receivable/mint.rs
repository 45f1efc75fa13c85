//! `receivable/mint/v1`: an enrolled supplier makes a note of an invoice it issued, acknowledged by the debtor or not.
//!
//! In scope: `docs/protocol.md` section 3.1. Out of scope: that the same invoice is minted once; the rows reserved for the duplicate tag.
//! An attacker who finds a gap here makes receivables of nothing, or in another's name.
//!
//! Of an unacknowledged receivable the flags, the document hash and the debtor are the supplier's own word; an acknowledgment makes flags and
//! debtor the debtor's word too. Whose address a supplier is enrolled with is the registrar's duty: the owner of the new note is that address.

use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{
    Fr,
    eddsa::{PrivateKey, PublicKey, Signature},
    hash::{Domain, hash},
    party::{Address, PartyId, directory_leaf},
    receivable::{
        Acknowledgment, AmountMinor, Commitment, CurrencyCode, Day, DocumentHash, Fingerprint, Flags, Note,
        NoteRandomness, Terms,
    },
    tree::{DIRECTORY_DEPTH, MerklePath, Siblings},
};
use tradeseal_verifier::statement::{DirectoryRoot, EntryDigest, StatementId, receivable::mint};
use zeroize::Zeroize;

use crate::{
    circuit::{Circuit, Wire},
    gadget::{
        eddsa, merkle, poseidon, range,
        receivable::{self as formula, CURRENCY_BITS, DAY_BITS, TermsWires},
    },
    statement::{Statement, ensure},
};

pub use mint::Public;

/// The statement.
#[derive(Debug)]
pub struct Mint;

/// A party's entry in the directory: its key, its address and where the leaf is.
#[derive(Clone)]
pub struct Enrolled {
    /// Party id.
    pub party: PartyId,
    /// Key that signs.
    pub key: PublicKey,
    /// Address enrolled with it.
    pub address: Address,
    /// Path of the leaf.
    pub path: MerklePath<DIRECTORY_DEPTH>,
}

impl Enrolled {
    fn root(&self) -> Fr {
        self.path.root(directory_leaf(self.party, &self.key, self.address))
    }

    fn blank() -> Self {
        let siblings = [Siblings::default(); DIRECTORY_DEPTH];
        let Some(path) = MerklePath::new(0, siblings) else {
            unreachable!("index 0 is in every tree")
        };
        Self {
            party: PartyId::from_fr(Fr::from(0u64)),
            key: blank_key(),
            address: Address::from_fr(Fr::from(0u64)),
            path,
        }
    }
}

/// The debtor's side of an acknowledged receivable.
#[derive(Clone)]
pub struct Acknowledged {
    /// The debtor's entry in the directory.
    pub debtor: Enrolled,
    /// Its signature over the acknowledgment.
    pub signature: Signature,
}

/// Everything about the invoice that stays with its owner.
#[derive(Clone)]
pub struct Invoice {
    /// Invoice number as a field element (`receivable::invoice_number_field`).
    pub number: Fr,
    /// Issue day.
    pub issue_day: Day,
    /// Payable amount.
    pub amount: AmountMinor,
    /// Its currency.
    pub currency: CurrencyCode,
    /// Due day.
    pub due_day: Day,
    /// Who owes it.
    pub debtor: PartyId,
    /// The document.
    pub document: DocumentHash,
    /// Flags but for "acknowledged", which follows from [`Private::acknowledged`].
    pub other_flags: Flags,
}

/// Private inputs; the note's secrets are wiped when dropped, and nothing of this is ever printed.
pub struct Private {
    /// The invoice.
    pub invoice: Invoice,
    /// Salt of the fingerprint.
    pub salt: Fr,
    /// What hides the note.
    pub randomness: NoteRandomness,
    /// The supplier, who is the first owner.
    pub supplier: Enrolled,
    /// The supplier's signature over [`signed_message`].
    pub owner_signature: Signature,
    /// The debtor's acknowledgment, if there is one.
    pub acknowledged: Option<Acknowledged>,
}

impl Drop for Private {
    fn drop(&mut self) {
        self.salt.zeroize();
        self.invoice.number.zeroize();
        self.invoice.amount.0.zeroize();
    }
}

/// Which condition of the native check fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// Nothing to mint.
    #[error("the amount is 0")]
    ZeroAmount,
    /// The public flag says otherwise than the private inputs.
    #[error("the public flag `acknowledged` does not match the private inputs")]
    AcknowledgedFlag,
    /// The flags given say "acknowledged", which only a signature may.
    #[error("`acknowledged` was set by hand")]
    FlagSetByHand,
    /// A debt to oneself.
    #[error("the invoice's debtor is its supplier")]
    SelfOwed,
    /// `cm` is another note's.
    #[error("the commitment is not that of the private inputs")]
    Commitment,
    /// The supplier is not in the directory of that root.
    #[error("the supplier is not enrolled under the directory root")]
    SupplierNotEnrolled,
    /// The supplier's signature is not over this entry.
    #[error("the supplier's signature does not verify for this entry")]
    OwnerSignature,
    /// The acknowledging party is not the debtor.
    #[error("the acknowledgment comes from another party than the debtor")]
    WrongDebtor,
    /// The debtor is not in the directory of that root.
    #[error("the debtor is not enrolled under the directory root")]
    DebtorNotEnrolled,
    /// The debtor signed something else.
    #[error("the debtor's acknowledgment does not verify for this invoice, amount, currency, due day and owner")]
    Acknowledgment,
}

impl Private {
    /// All flags, "acknowledged" included.
    pub fn flags(&self) -> Flags {
        let acknowledged = if self.acknowledged.is_some() {
            Flags::ACKNOWLEDGED
        } else {
            Flags::NONE
        };
        self.invoice.other_flags.with(acknowledged)
    }

    /// The invoice's fingerprint.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::from_parts(self.supplier.party, self.invoice.number, self.invoice.issue_day)
    }

    /// The receivable's terms.
    pub fn terms(&self) -> Terms {
        Terms {
            currency: self.invoice.currency,
            due_day: self.invoice.due_day,
            debtor: self.invoice.debtor,
            creditor: self.supplier.party,
            document: self.invoice.document,
            receivable: self.fingerprint().salted(self.salt),
            flags: self.flags(),
        }
    }

    /// The note.
    pub fn note(&self) -> Note {
        Note {
            amount: self.invoice.amount,
            terms: self.terms().hash(),
            owner: self.supplier.address,
            randomness: self.randomness.clone(),
        }
    }

    fn acknowledgment(&self) -> Acknowledgment {
        Acknowledgment {
            fingerprint: self.fingerprint(),
            amount: self.invoice.amount,
            currency: self.invoice.currency,
            due_day: self.invoice.due_day,
            debtor: self.invoice.debtor,
            first_owner: self.supplier.address,
            other_flags: Flags::from_bits(self.flags().bits() & !Flags::ACKNOWLEDGED.bits()),
        }
    }

    /// What stands in the debtor's variables: its entry and signature, or the supplier's, of which nothing is then required.
    fn debtor_or_filler(&self) -> (&Enrolled, &Signature) {
        match &self.acknowledged {
            Some(acknowledged) => (&acknowledged.debtor, &acknowledged.signature),
            None => (&self.supplier, &self.owner_signature),
        }
    }
}

/// What the first owner signs: `H(mint-signature; digest, cm)`.
pub fn signed_message(digest: EntryDigest, commitment: Commitment) -> Fr {
    hash(Domain::MINT_SIGNATURE, &[digest.to_fr(), commitment.to_fr()])
}

impl Statement for Mint {
    const ID: StatementId = StatementId::RECEIVABLE_MINT_V1;
    type Public = Public;
    type Private = Private;
    type Violation = Violation;

    fn rows(public: &Public) -> Vec<Fr> {
        public.rows().to_vec()
    }

    fn check(public: &Public, private: &Private) -> Result<(), Violation> {
        ensure(private.invoice.amount.0 > 0, Violation::ZeroAmount)?;
        let by_hand = private.acknowledged.is_none() && private.flags().contains(Flags::ACKNOWLEDGED);
        ensure(!by_hand, Violation::FlagSetByHand)?;
        ensure(private.invoice.debtor != private.supplier.party, Violation::SelfOwed)?;
        ensure(
            private.acknowledged.is_some() == public.acknowledged,
            Violation::AcknowledgedFlag,
        )?;
        ensure(private.note().commitment() == public.commitment, Violation::Commitment)?;
        let root = public.directory_root.to_fr();
        ensure(private.supplier.root() == root, Violation::SupplierNotEnrolled)?;
        let message = signed_message(public.digest, public.commitment);
        private
            .supplier
            .key
            .verify(message, &private.owner_signature)
            .map_err(|_| Violation::OwnerSignature)?;
        let Some(acknowledged) = &private.acknowledged else {
            return Ok(());
        };
        ensure(
            acknowledged.debtor.party == private.invoice.debtor,
            Violation::WrongDebtor,
        )?;
        ensure(acknowledged.debtor.root() == root, Violation::DebtorNotEnrolled)?;
        let message = private.acknowledgment().message();
        acknowledged
            .debtor
            .key
            .verify(message, &acknowledged.signature)
            .map_err(|_| Violation::Acknowledgment)
    }

    fn blank() -> (Public, Private) {
        let zero = Fr::from(0u64);
        let public = Public {
            commitment: Commitment::from_fr(zero),
            directory_root: DirectoryRoot::from_fr(zero),
            acknowledged: false,
            digest: EntryDigest::from_fr(zero),
        };
        let private = Private {
            invoice: Invoice {
                number: zero,
                issue_day: Day(0),
                amount: AmountMinor(0),
                currency: CurrencyCode(0),
                due_day: Day(0),
                debtor: PartyId::from_fr(zero),
                document: DocumentHash::from_fr(zero),
                other_flags: Flags::NONE,
            },
            salt: zero,
            randomness: NoteRandomness { rho: zero, r: zero },
            supplier: Enrolled::blank(),
            owner_signature: blank_signature(),
            acknowledged: None,
        };
        (public, private)
    }

    fn constrain(circuit: &mut Circuit, public: &Public, private: &Private) -> Result<(), SynthesisError> {
        circuit.section("public rows");
        let rows = Mint::rows(public);
        let [commitment, directory_root, acknowledged, digest] = [
            circuit.public(rows[0])?,
            circuit.public(rows[1])?,
            circuit.public(rows[2])?,
            circuit.public(rows[3])?,
        ];
        let receivable = constrain_receivable(circuit, private, &acknowledged)?;
        circuit.section("note");
        let terms = receivable.terms.hash(circuit)?;
        let owner = circuit.private(private.supplier.address.to_fr())?;
        let cm = formula::commitment(circuit, &receivable.amount, &terms, &owner, &private.randomness)?;
        circuit.equal(&cm, &commitment)?;
        constrain_owner(
            circuit,
            private,
            &receivable,
            &owner,
            [&directory_root, &digest, &commitment],
        )?;
        constrain_debtor(circuit, private, &receivable, &owner, [&directory_root, &acknowledged])
    }
}

/// What both signatures are about.
struct Receivable {
    terms: TermsWires,
    amount: Wire,
    fingerprint: Wire,
    other_flags: Wire,
}

/// Fingerprint, terms and amount, with the ranges of everything that native types bound.
fn constrain_receivable(
    circuit: &mut Circuit,
    private: &Private,
    acknowledged: &Wire,
) -> Result<Receivable, SynthesisError> {
    circuit.section("receivable");
    let invoice = &private.invoice;
    let creditor = circuit.private(private.supplier.party.to_fr())?;
    let number = circuit.private(invoice.number)?;
    let issue_day = circuit.private(Fr::from(invoice.issue_day.0))?;
    range::bits_le(circuit, &issue_day, DAY_BITS)?;
    let fingerprint = formula::fingerprint(circuit, &creditor, &number, &issue_day)?;
    let salt = circuit.private(private.salt)?;
    let receivable = poseidon::hash(circuit, Domain::RECEIVABLE, &[&fingerprint, &salt])?;
    let (flag_bits, flags) = formula::flag_bits(circuit, private.flags())?;
    circuit.equal(&flag_bits[0], acknowledged)?;
    let other_flags = &flags - &flag_bits[0];
    let amount = circuit.private(Fr::from(invoice.amount.0))?;
    formula::positive_amount(circuit, &amount)?;
    let currency = circuit.private(Fr::from(invoice.currency.0))?;
    range::bits_le(circuit, &currency, CURRENCY_BITS)?;
    let due_day = circuit.private(Fr::from(invoice.due_day.0))?;
    range::bits_le(circuit, &due_day, DAY_BITS)?;
    let debtor = circuit.private(invoice.debtor.to_fr())?;
    circuit.nonzero(&(&debtor - &creditor))?;
    let document = circuit.private(invoice.document.to_fr())?;
    let terms = TermsWires {
        currency,
        due_day,
        debtor,
        creditor,
        document,
        receivable,
        flags,
    };
    Ok(Receivable {
        terms,
        amount,
        fingerprint,
        other_flags,
    })
}

/// The owner is the enrolled supplier and signed this entry.
fn constrain_owner(
    circuit: &mut Circuit,
    private: &Private,
    receivable: &Receivable,
    owner: &Wire,
    [directory_root, digest, commitment]: [&Wire; 3],
) -> Result<(), SynthesisError> {
    circuit.section("supplier enrolled");
    let key = eddsa::private_key_point(circuit, &private.supplier.key)?;
    let leaf = formula::directory_leaf(circuit, &receivable.terms.creditor, &key, owner)?;
    let root = merkle::root(circuit, &leaf, &private.supplier.path)?;
    circuit.equal(&root, directory_root)?;
    circuit.section("owner's signature");
    let message = poseidon::hash(circuit, Domain::MINT_SIGNATURE, &[digest, commitment])?;
    eddsa::verify(circuit, &key, &message, &private.owner_signature)
}

/// Where acknowledged: the debtor named in the terms is enrolled and signed this invoice for this owner.
fn constrain_debtor(
    circuit: &mut Circuit,
    private: &Private,
    receivable: &Receivable,
    owner: &Wire,
    [directory_root, acknowledged]: [&Wire; 2],
) -> Result<(), SynthesisError> {
    circuit.section("debtor enrolled");
    let (debtor, signature) = private.debtor_or_filler();
    let key = eddsa::private_key_point(circuit, &debtor.key)?;
    let address = circuit.private(debtor.address.to_fr())?;
    let terms = &receivable.terms;
    let leaf = formula::directory_leaf(circuit, &terms.debtor, &key, &address)?;
    let root = merkle::root(circuit, &leaf, &debtor.path)?;
    circuit.equal_if(acknowledged, &root, directory_root)?;
    circuit.section("debtor's acknowledgment");
    let message = poseidon::hash(
        circuit,
        Domain::ACKNOWLEDGMENT,
        &[
            &receivable.fingerprint,
            &receivable.amount,
            &terms.currency,
            &terms.due_day,
            &terms.debtor,
            owner,
            &receivable.other_flags,
        ],
    )?;
    eddsa::verify_if(circuit, acknowledged, &key, &message, signature)
}

/// A key for making circuits; its private key is public knowledge and signs nothing.
pub(super) fn blank_key() -> PublicKey {
    PrivateKey::from_bytes([0; 32]).public()
}

/// A signature of the right shape.
pub(super) fn blank_signature() -> Signature {
    PrivateKey::from_bytes([0; 32]).sign(Fr::from(0u64))
}
