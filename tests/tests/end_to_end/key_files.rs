//! Keys and circuits for and from other tools, by the program's commands.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use tradeseal_prover::keys::FileDigest;

use crate::machine::Machine;

const STATEMENT: &str = "receivable/disclosure/v1";

#[test]
fn a_circuit_is_exported_with_its_digest_and_a_sample_for_its_owner_alone() {
    let machine = Machine::new();
    let [circuit, sample] = ["circuit.r1cs", "sample.wtns"].map(|name| machine.path(name));
    let arguments = ["keys", "export-r1cs", "--statement", STATEMENT, "--out", &circuit];
    let exported = machine
        .run(&[&arguments[..], &["--sample-wtns", &sample]].concat())
        .data();
    let bytes = fs::read(circuit).unwrap();
    assert_eq!(&bytes[..4], b"r1cs");
    assert_eq!(exported["sha256"], FileDigest::of(&bytes).sha256);
    assert_eq!(exported["statement"], STATEMENT);
    assert_eq!(&fs::read(&sample).unwrap()[..4], b"wtns");
    assert_eq!(fs::metadata(&sample).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_development_key_is_exported_and_never_imported_as_a_ceremonys() {
    let machine = Machine::new();
    let path = machine.path("key.zkey");
    let arguments = ["keys", "export-zkey", "--statement", STATEMENT, "--out", &path];
    let exported = machine.run(&arguments).data();
    assert_eq!(exported["provenance"], "insecure_dev");
    let refused = machine.run(&["keys", "import-zkey", &path]).error();
    assert_eq!(refused["code"], "key_refused");
    assert!(refused["message"].as_str().unwrap().contains("gamma"), "{refused}");
    let cut = machine.file("cut.zkey", &fs::read(&path).unwrap()[..1000]);
    let refused = machine
        .run(&["keys", "import-zkey", &cut, "--statement", STATEMENT])
        .error();
    assert!(refused["message"].as_str().unwrap().contains("cut short"), "{refused}");
    let records = machine.run(&["keys", "list"]).data();
    let ceremonies = records["keys"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|key| key["provenance"] != "insecure_dev");
    assert_eq!(ceremonies.count(), 0);
}

#[test]
fn the_bench_compares_both_provers_on_the_threads_asked_for() {
    let machine = Machine::new();
    let arguments = [
        "bench",
        "prove",
        "--statement",
        STATEMENT,
        "--runs",
        "1",
        "--threads",
        "1",
        "--load",
        "0",
    ];
    let figures = machine.run(&arguments).data();
    let results = figures["results"].as_array().unwrap();
    let provers: Vec<_> = results.iter().map(|line| line["prover"].as_str().unwrap()).collect();
    assert_eq!(provers, ["tradeseal", "ark-groth16"]);
    for line in results {
        assert_eq!(
            (&line["statement"], &line["threads"], &line["runs"]),
            (&STATEMENT.into(), &1.into(), &1.into())
        );
        assert_eq!(line["constraints"], 4187);
        assert!(line["median_ms"].as_f64().unwrap() > 0.0);
    }
}
