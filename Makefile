# A thin layer over CMake and Ninja: `make help` lists what there is.
BUILD ?= build
PREFIX ?= /usr/local
DESTDIR ?=
MINUTES ?= 1
JOBS ?= $(shell nproc)
CONFIGURE = cmake -S . -G Ninja -DCMAKE_INSTALL_PREFIX=$(PREFIX) -Wno-dev

all: ## build the library and the program
	@tools/deps.sh
	@$(CONFIGURE) -B $(BUILD) > $(BUILD).log 2>&1 || { cat $(BUILD).log; exit 1; }
	@rm -f $(BUILD).log
	@ninja -C $(BUILD) -j $(JOBS)

python: ## the same with the Python engine in it; its first build on a machine fetches sources and takes minutes
	@tools/deps.sh python
	@$(MAKE) --no-print-directory all CONFIGURE="$(CONFIGURE) -DCLOCHE_PYTHON=ON"

test: ## prove it: unit tests, command line, hostile corpus, sanitizers, valgrind
	@tools/deps.sh test
	@tools/test.sh

check: all ## the quick part of `make test`: no sanitizers, no second compiler
	@tools/test.sh quick

demo: all ## run a script as a model writes it on real input, and show it
	@examples/demo.sh $(BUILD)/cloche

bench: all ## measure against peers in the same run; writes docs/BENCHMARKS.md
	@tools/deps.sh bench
	@bench/run.sh $(BUILD)

fuzz: ## search for inputs that break the parsers: make fuzz MINUTES=n
	@tools/deps.sh test
	@fuzz/run.py $(MINUTES)

soak: all ## mixed load, kills and restarts, while memory and descriptors must stay flat: make soak MINUTES=n
	@$(BUILD)/tests/run_soak --seconds=$$(($(MINUTES) * 60))

lint: ## formatting, clang-tidy, the include law, banned functions
	@tools/deps.sh lint
	@tools/lint.sh $(BUILD)

docs: all ## write the pages that are made from tables and headers
	@$(BUILD)/docgen docs include/cloche.h
	@tools/fill.py docs/JAIL.md calls $(BUILD)/make_filter page
	@[ ! -x $(BUILD)/tests/drill_jail ] || tools/fill.py docs/JAIL.md drills $(BUILD)/tests/drill_jail --page

install: all ## install below $(DESTDIR)$(PREFIX)
	@DESTDIR=$(DESTDIR) cmake --install $(BUILD) --prefix $(PREFIX)

deb: ## a Debian package, into build/
	@tools/deps.sh deb
	@packaging/deb.sh $(BUILD)

clean: ## remove what was built here
	rm -rf build build-*

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

.PHONY: all python test check demo bench fuzz soak lint docs install deb clean help
