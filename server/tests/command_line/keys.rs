//! The registry of keys.

use serde_json::Value;

use crate::machine::Machine;

#[test]
fn an_empty_registry_lists_no_keys_and_knows_none() {
    let machine = Machine::new();
    assert_eq!(
        machine.run(&["keys", "list", "--json"]).data()["keys"],
        Value::Array(Vec::new())
    );
    let error = machine.run(&["keys", "show", "receivable/mint/v1", "--json"]).error();
    assert_eq!(error["code"], "key_unknown");
    assert!(error["remedy"].as_str().unwrap().contains("tradeseal keys dev-setup"));
}
