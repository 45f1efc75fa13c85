//! What every statement provides: public rows, private inputs, a native check and constraints that agree with it.
//!
//! In scope: the trait and its bridge to arkworks. Out of scope: any one statement.
//! An attacker who owns this part proves one statement under another's name.

use ark_relations::gr1cs::{ConstraintSynthesizer, ConstraintSystemRef, SynthesisError};
use tradeseal_primitives::Fr;
use tradeseal_verifier::statement::StatementId;

use crate::circuit::Circuit;

/// A statement: what is public, what is private, and what must hold between them.
pub trait Statement {
    /// Its versioned name.
    const ID: StatementId;
    /// Named public values in a fixed order.
    type Public: Clone;
    /// Private inputs: wiped when dropped, never printed.
    type Private;
    /// Which condition fails.
    type Violation: core::error::Error;

    /// The public rows as the circuit takes them.
    fn rows(public: &Self::Public) -> Vec<Fr>;

    /// The native check. Holds exactly if the constraints can be satisfied with these inputs.
    ///
    /// # Errors
    /// The first condition that fails.
    fn check(public: &Self::Public, private: &Self::Private) -> Result<(), Self::Violation>;

    /// Inputs of the right shape and no meaning, for making keys.
    fn blank() -> (Self::Public, Self::Private);

    /// Allocates every variable and enforces every condition; the same constraints whatever the values.
    ///
    /// # Errors
    /// arkworks' own.
    fn constrain(circuit: &mut Circuit, public: &Self::Public, private: &Self::Private) -> Result<(), SynthesisError>;
}

/// A statement with inputs: what arkworks synthesizes.
#[derive(Debug)]
pub struct Instance<'a, S: Statement> {
    /// Public values.
    pub public: &'a S::Public,
    /// Private inputs.
    pub private: &'a S::Private,
}

impl<S: Statement> Clone for Instance<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Statement> Copy for Instance<'_, S> {}

impl<S: Statement> ConstraintSynthesizer<Fr> for Instance<'_, S> {
    fn generate_constraints(self, system: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        S::constrain(&mut Circuit::new(system), self.public, self.private)
    }
}

/// A statement without inputs, for making keys and counting constraints.
#[derive(Debug)]
pub struct Blank<S>(core::marker::PhantomData<S>);

impl<S> Clone for Blank<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Blank<S> {}

impl<S> Default for Blank<S> {
    fn default() -> Self {
        Self(core::marker::PhantomData)
    }
}

impl<S: Statement> ConstraintSynthesizer<Fr> for Blank<S> {
    fn generate_constraints(self, system: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        let (public, private) = S::blank();
        S::constrain(&mut Circuit::new(system), &public, &private)
    }
}

/// `violation` unless `condition` holds: one line for each condition of a native check.
pub(crate) fn ensure<V>(condition: bool, violation: V) -> Result<(), V> {
    if condition { Ok(()) } else { Err(violation) }
}
