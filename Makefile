# One profile (release) for everything: RocksDB's C++ is compiled once, through ccache where it is installed.
CARGO ?= cargo
DEMO_DIR ?= tradeseal-data

.PHONY: demo test lint bench doc pins portable setup build tiny interop page page-test fuzz

demo: build
	target/release/tradeseal --dir $(DEMO_DIR) demo

build: setup
	$(CARGO) build --release --locked --bin tradeseal

test: setup
	$(CARGO) test --release --locked --workspace

lint: setup
	$(CARGO) fmt --all --check
	$(CARGO) clippy --release --locked --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS=-Dwarnings $(CARGO) doc --release --locked --workspace --no-deps

doc: setup
	$(CARGO) doc --release --locked --workspace --no-deps

bench: setup
	$(CARGO) bench --locked --package tradeseal-benches

# Only after a circuit was changed on purpose: keys made for the old circuit stop working.
pins:
	$(CARGO) run --release --locked --package tradeseal-tests --bin pins

# For x86_64 processors without BMI2 and ADX: arkworks' portable arithmetic instead of its assembly.
portable: setup
	RUSTFLAGS="-C target-cpu=x86-64" $(CARGO) build --release --locked --bin tradeseal --target-dir target/portable

# The stand-alone verifier alone: no ledger, no network, no RocksDB to compile.
tiny:
	$(CARGO) build --profile tiny --locked --package tradeseal-verifier --bin tradeseal-verify

# The page that verifies in a browser, one file: verifier/page/dist/verify.html. Installs what building it needs.
page:
	scripts/page

# That page in a real browser with the network off, beside the native verifier. Pictures go to PAGE_SCREENSHOTS if that is set.
page-test: page tiny
	scripts/page-test

# Every fuzz target for SECONDS each. Installs cargo-fuzz into the target folder.
SECONDS ?= 5
fuzz: setup
	scripts/fuzz $(SECONDS)

# Other people's verifiers on our proofs: snarkjs (needs Node.js and npm) and a contract in an EVM.
interop:
	cd interop && npm ci --no-audit --no-fund && $(CARGO) test --release --locked

setup:
	@scripts/setup
