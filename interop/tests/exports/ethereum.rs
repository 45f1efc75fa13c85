//! The generated contract, compiled by solc and run in revm with a pairing other than ours and arkworks' (substrate-bn).

use ark_bn254::{Fq, Fq2, Fr, G2Affine};
use ark_ff::{BigInteger, One, PrimeField, UniformRand};
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use revm::context::TxEnv;
use revm::context::result::{ExecutionResult, Output};
use revm::database::{CacheDB, EmptyDB};
use revm::primitives::{Address, Bytes, TxKind, U256, keccak256};
use revm::state::{AccountInfo, Bytecode};
use revm::{Context, ExecuteEvm, MainBuilder, MainContext};
use tradeseal_verifier::groth16::{Proof, Provenance, verify};
use tradeseal_verifier::interop::solidity;
use tradeseal_verifier::statement::StatementId;

use crate::node;
use crate::trapdoor::Trapdoor;

const CONTRACT: Address = Address::repeat_byte(0x42);
const GAS_LIMIT: u64 = 5_000_000;

struct Contract(Bytes);

impl Contract {
    fn compile(trapdoor: &Trapdoor) -> Self {
        let source = solidity::verifier_contract(trapdoor.key.key(), Provenance::InsecureDev);
        let code = node("solc.cjs", &source);
        Self(code.trim().parse().unwrap())
    }

    /// The contract's answer and the gas of the whole transaction.
    fn verify(&self, proof: &[u8], rows: &[U256]) -> (bool, u64) {
        let mut database = CacheDB::new(EmptyDB::default());
        let code = Bytecode::new_raw(self.0.clone());
        database.insert_account_info(CONTRACT, AccountInfo::from_bytecode(code));
        let mut machine = Context::mainnet().with_db(database).build_mainnet();
        let call = TxEnv::builder()
            .kind(TxKind::Call(CONTRACT))
            .data(call_data(proof, rows))
            .gas_limit(GAS_LIMIT)
            .build()
            .unwrap();
        match machine.transact(call).unwrap().result {
            ref result @ ExecutionResult::Success {
                output: Output::Call(ref answer),
                ..
            } => (U256::from_be_slice(answer) == U256::ONE, result.gas_used()),
            other => panic!("the contract did not answer: {other:?}"),
        }
    }
}

/// `verify(bytes,uint256[])` by the rules of the contract ABI.
fn call_data(proof: &[u8], rows: &[U256]) -> Bytes {
    let mut data = keccak256("verify(bytes,uint256[])")[..4].to_vec();
    let padded = proof.len().div_ceil(32) * 32;
    let mut word = |value: usize| data.extend(U256::from(value).to_be_bytes::<32>());
    word(64);
    word(64 + 32 + padded);
    word(proof.len());
    data.extend(proof);
    data.resize(data.len() + padded - proof.len(), 0);
    data.extend(U256::from(rows.len()).to_be_bytes::<32>());
    rows.iter().for_each(|row| data.extend(row.to_be_bytes::<32>()));
    data.into()
}

fn word(value: impl PrimeField) -> U256 {
    U256::from_be_slice(&value.into_bigint().to_bytes_be())
}

/// What our verifier says, from the same bytes.
fn ours(trapdoor: &Trapdoor, proof: &[u8], rows: &[U256]) -> bool {
    let modulus = U256::from_be_slice(&Fr::MODULUS.to_bytes_be());
    let canonical: Option<Vec<Fr>> = rows
        .iter()
        .map(|row| (*row < modulus).then(|| Fr::from_be_bytes_mod_order(&row.to_be_bytes::<32>())))
        .collect();
    let (Some(rows), Ok(proof)) = (canonical, Proof::from_bytes(proof)) else {
        return false;
    };
    verify(&trapdoor.key, &proof, &rows).is_ok()
}

/// A point of the twist outside the subgroup, encoded.
fn stray(rng: &mut StdRng) -> Vec<u8> {
    loop {
        if let Some(point) = G2Affine::get_point_from_x_unchecked(Fq2::rand(rng), true) {
            let parts: [Fq; 4] = [point.x.c1, point.x.c0, point.y.c1, point.y.c0];
            return parts.iter().flat_map(|part| part.into_bigint().to_bytes_be()).collect();
        }
    }
}

type Case = (String, Vec<u8>, Vec<U256>);

fn tampered(trapdoor: &Trapdoor, rows: &[Fr], rng: &mut StdRng) -> Vec<Case> {
    let good = trapdoor.proof(rows, rng).to_bytes().to_vec();
    let words: Vec<U256> = rows.iter().map(|row| word(*row)).collect();
    let mut cases: Vec<Case> = Vec::new();
    let mut with_rows = |name: String, rows: Vec<U256>| cases.push((name, good.clone(), rows));
    for at in 0..words.len() {
        let mut changed = words.clone();
        changed[at] = word(rows[at] + Fr::one());
        with_rows(format!("row {at} changed"), changed.clone());
        changed[at] = words[at] + U256::from_be_slice(&Fr::MODULUS.to_bytes_be());
        with_rows(format!("row {at} not reduced"), changed);
    }
    with_rows("no rows".into(), Vec::new());
    with_rows("a row missing".into(), words[1..].to_vec());
    with_rows("a row too many".into(), [&words[..], &[U256::ZERO]].concat());
    let mut with_proof = |name: String, edit: &dyn Fn(&mut Vec<u8>)| {
        let mut proof = good.clone();
        edit(&mut proof);
        cases.push((name, proof, words.clone()));
    };
    for coordinate in 0..8 {
        with_proof(format!("coordinate {coordinate} changed"), &|proof| {
            proof[coordinate * 32 + 31] ^= 1
        });
        with_proof(format!("coordinate {coordinate} too large"), &|proof| {
            proof[coordinate * 32] |= 0xc0
        });
    }
    with_proof("a byte short".into(), &|proof| proof.truncate(255));
    with_proof("a byte long".into(), &|proof| proof.push(0));
    with_proof("empty".into(), &Vec::clear);
    with_proof("A the identity".into(), &|proof| proof[..64].fill(0));
    with_proof("B the identity".into(), &|proof| proof[64..192].fill(0));
    with_proof("A and C swapped".into(), &|proof| {
        let (a, c) = (proof[..64].to_vec(), proof[192..].to_vec());
        proof[..64].copy_from_slice(&c);
        proof[192..].copy_from_slice(&a);
    });
    let stray = stray(rng);
    with_proof("B outside the subgroup".into(), &|proof| {
        proof[64..192].copy_from_slice(&stray)
    });
    cases.push((
        "C the identity where the equation holds".into(),
        trapdoor.proof_with_identity_c(rows, rng),
        words,
    ));
    cases
}

#[test]
fn the_contract_accepts_what_we_accept_and_refuses_what_we_refuse() {
    let mut rng = StdRng::seed_from_u64(42);
    for (statement, _) in StatementId::REGISTRY {
        let trapdoor = Trapdoor::new(statement, &mut rng);
        let contract = Contract::compile(&trapdoor);
        let rows = trapdoor.rows(&mut rng);
        let zeros = vec![Fr::from(0u64); rows.len()];
        for rows in [&rows, &zeros] {
            let proof = trapdoor.proof(rows, &mut rng).to_bytes();
            let words: Vec<U256> = rows.iter().map(|row| word(*row)).collect();
            let (accepted, gas) = contract.verify(&proof, &words);
            assert!(accepted && ours(&trapdoor, &proof, &words), "{statement}");
            println!(
                "{statement}: {} rows, {gas} gas, {} bytes of code",
                rows.len(),
                contract.0.len()
            );
        }
        for (name, proof, rows) in tampered(&trapdoor, &rows, &mut rng) {
            assert!(!ours(&trapdoor, &proof, &rows), "{statement}: we accept: {name}");
            assert!(
                !contract.verify(&proof, &rows).0,
                "{statement}: the contract accepts: {name}"
            );
        }
    }
}
