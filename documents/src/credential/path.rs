//! Where a value stands in a document: `credentialSubject.items[].name`.
//!
//! In scope: every value that a path leads to. Out of scope: what to do with several.
//! An attacker who owns this part has a value read from another place than the mapping names.

use super::json::Json;

/// Every value at `path`. `[]` after a name goes through a list; a single value stands for a list of one.
pub(super) fn values<'a>(document: &'a Json, path: &str) -> Vec<&'a Json> {
    path.split('.').fold(vec![document], |found, step| {
        let (name, through) = step.strip_suffix("[]").map_or((step, false), |name| (name, true));
        found
            .into_iter()
            .filter_map(|value| value.member(name))
            .flat_map(|value| {
                if through {
                    value.elements()
                } else {
                    core::slice::from_ref(value)
                }
            })
            .filter(|value| **value != Json::Null)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_every_value_and_through_lists_and_single_values() {
        let document = Json::parse(br#"{"a":[{"b":1},{"b":null},{"c":2},{"b":[3,4]}],"d":{"b":5}}"#).unwrap();
        let found = |path: &str| -> Vec<String> {
            values(&document, path)
                .into_iter()
                .filter_map(|value| value.scalar().map(str::to_string))
                .collect()
        };
        assert_eq!(found("a[].b"), ["1"]);
        assert_eq!(found("a[].b[]"), ["1", "3", "4"]);
        assert_eq!(found("d[].b"), ["5"]);
        assert_eq!(found("a.b"), Vec::<String>::new());
        assert_eq!(found("x.y"), Vec::<String>::new());
    }
}
