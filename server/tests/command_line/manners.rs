//! Help, usage errors, exit codes.

use clap::CommandFactory;

use crate::machine::Machine;

fn leaves(command: &clap::Command, path: &str, visit: &mut dyn FnMut(&str, &clap::Command)) {
    visit(path, command);
    for verb in command.get_subcommands() {
        leaves(verb, &format!("{path} {}", verb.get_name()), visit);
    }
}

#[test]
fn every_commands_help_shows_an_example_of_it() {
    let mut seen = 0;
    leaves(&tradeseal_server::Cli::command(), "tradeseal", &mut |path, command| {
        if command.has_subcommands() {
            return;
        }
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.contains("Example") && help.contains(path), "{path}: {help:?}");
        seen += 1;
    });
    assert!(seen >= 8, "{seen} commands");
    tradeseal_server::Cli::command().debug_assert();
}

#[test]
fn help_and_version_go_to_stdout_and_exit_0() {
    for arguments in [vec!["--help"], vec!["--version"], vec!["party", "new", "--help"]] {
        let answer = Machine::new().run(&arguments);
        assert_eq!((answer.code, answer.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(!answer.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn arguments_that_make_no_sense_exit_2_with_cause_then_remedy_on_stderr() {
    for arguments in [
        vec!["frobnicate"],
        vec!["party"],
        vec![],
        vec!["party", "new", "x", "--colour"],
    ] {
        let answer = Machine::new().run(&arguments);
        assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(
            answer.stderr.starts_with("error: ") && answer.stderr.contains("\n\n"),
            "{}",
            answer.stderr
        );
    }
}

#[test]
fn usage_errors_honour_json() {
    for arguments in [
        vec!["frobnicate", "--json"],
        vec!["--json", "verify"],
        vec!["--json", "party"],
    ] {
        assert_eq!(Machine::new().run(&arguments).error()["code"], "usage", "{arguments:?}");
    }
    let answer = Machine::new().run(&["party", "new", "acme", "--id", "nonsense", "--json"]);
    assert!(answer.error()["message"].as_str().unwrap().contains("SCHEME:VALUE"));
}
