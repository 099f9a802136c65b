# SPDX-License-Identifier: Apache-2.0
# What Makefile.am includes and nobody needs to build or install: the tests, and what
# developers run by hand.

# ------------------------------------------------------------------ the tests
# What each folder of tests/ has in it. Those of the kin are made from those of gpa.

unit_programs = \
	tests/unit/test_access \
	tests/unit/test_align \
	tests/unit/test_arch \
	tests/unit/test_backend_error \
	tests/unit/test_device \
	tests/unit/test_error \
	tests/unit/test_finding \
	tests/unit/test_finding_format \
	tests/unit/test_format \
	tests/unit/test_gpa \
	tests/unit/test_gpa_exported \
	tests/unit/test_gpa_range \
	tests/unit/test_gpa_range_list \
	tests/unit/test_gpa_range_list_random \
	tests/unit/test_gpa_range_pages \
	tests/unit/test_gpa_range_text \
	tests/unit/test_guest_memory \
	tests/unit/test_guest_memory_random \
	tests/unit/test_hva_ptr \
	tests/unit/test_hypercall \
	tests/unit/test_ivc \
	tests/unit/test_large \
	tests/unit/test_layout \
	tests/unit/test_machine \
	tests/unit/test_mapping_flags \
	tests/unit/test_model \
	tests/unit/test_paging \
	tests/unit/test_tap \
	tests/unit/test_text \
	tests/unit/test_text_check \
	tests/unit/test_tlb \
	tests/unit/test_vcpu_set \
	tests/unit/test_vcpu_set_text \
	tests/unit/test_version \
	tests/unit/test_vm \
	tests/unit/test_vm_config \
	tests/unit/test_vm_config_memory \
	tests/unit/test_vm_config_passthrough \
	tests/unit/test_writer
gpa_tests = \
	tests/unit/test_gpa.c \
	tests/unit/test_gpa_range.c \
	tests/unit/test_gpa_range_list.c \
	tests/unit/test_gpa_range_list_random.c \
	tests/unit/test_gpa_range_pages.c \
	tests/unit/test_gpa_range_text.c
kin_tests = \
	tests/unit/test_gva.c tests/unit/test_gva_range.c \
	tests/unit/test_gva_range_list.c tests/unit/test_gva_range_list_random.c \
	tests/unit/test_gva_range_pages.c \
	tests/unit/test_gva_range_text.c \
	tests/unit/test_hpa.c tests/unit/test_hpa_range.c \
	tests/unit/test_hpa_range_list.c tests/unit/test_hpa_range_list_random.c \
	tests/unit/test_hpa_range_pages.c \
	tests/unit/test_hpa_range_text.c \
	tests/unit/test_hva.c tests/unit/test_hva_range.c \
	tests/unit/test_hva_range_list.c tests/unit/test_hva_range_list_random.c \
	tests/unit/test_hva_range_pages.c \
	tests/unit/test_hva_range_text.c
kin_programs = $(kin_tests:.c=)
layout_programs = \
	tests/layout/test_0_7_3 \
	tests/layout/test_alloc \
	tests/layout/test_boot-address \
	tests/layout/test_boot-entry \
	tests/layout/test_boot-image \
	tests/layout/test_boot-memory \
	tests/layout/test_boot-protocol \
	tests/layout/test_check \
	tests/layout/test_cpu \
	tests/layout/test_cpu-vms \
	tests/layout/test_device-disabled \
	tests/layout/test_device-dma \
	tests/layout/test_device-emulated \
	tests/layout/test_device-host \
	tests/layout/test_device-passthrough \
	tests/layout/test_device-path \
	tests/layout/test_device-range \
	tests/layout/test_device-twice \
	tests/layout/test_host-conflict \
	tests/layout/test_host-conflict-paths \
	tests/layout/test_host-conflict-random \
	tests/layout/test_host-memory \
	tests/layout/test_irq \
	tests/layout/test_large \
	tests/layout/test_large_vms \
	tests/layout/test_last_vm \
	tests/layout/test_key-unused \
	tests/layout/test_machine-conflict \
	tests/layout/test_memory \
	tests/layout/test_overlap \
	tests/layout/test_port \
	tests/layout/test_problem \
	tests/layout/test_report \
	tests/layout/test_scratch \
	tests/layout/test_sides \
	tests/layout/test_sides_boot \
	tests/layout/test_sort \
	tests/layout/test_sweep \
	tests/layout/test_threads \
	tests/layout/test_vm-id \
	tests/layout/test_vms
test_programs = $(unit_programs) $(kin_programs) $(layout_programs) tests/build/test_proof_stubs
check_PROGRAMS += $(test_programs)
test_scripts = \
	tests/build/test_bootstrap.sh \
	tests/build/test_configure.sh \
	tests/build/test_debian.sh \
	tests/build/test_demo.sh \
	tests/build/test_flush.sh \
	tests/build/test_fuzz.sh \
	tests/build/test_guest.sh \
	tests/build/test_headers.sh \
	tests/build/test_house.sh \
	tests/build/test_insn.sh \
	tests/build/test_install.sh \
	tests/build/test_man.sh \
	tests/build/test_names.sh \
	tests/build/test_proofs.sh \
	tests/build/test_release.sh \
	tests/build/test_skips.sh \
	tests/build/test_symbols.sh \
	tests/lint/test_codes.sh
python_tests = \
	tests/layout/test_random.py \
	tests/lint/test_boot.py \
	tests/lint/test_file_format.py \
	tests/lint/test_lint.py \
	tests/lint/test_lint_0_7_3.py \
	tests/lint/test_lint_allow.py \
	tests/lint/test_lint_board.py \
	tests/lint/test_lint_board_today.py \
	tests/lint/test_lint_codes.py \
	tests/lint/test_lint_field.py \
	tests/lint/test_lint_file_format.py \
	tests/lint/test_lint_files.py \
	tests/lint/test_lint_fix.py \
	tests/lint/test_lint_fixer.py \
	tests/lint/test_lint_formats.py \
	tests/lint/test_lint_guide.py \
	tests/lint/test_lint_hostile.py \
	tests/lint/test_lint_house.py \
	tests/lint/test_lint_images.py \
	tests/lint/test_lint_labels.py \
	tests/lint/test_lint_light.py \
	tests/lint/test_lint_meanings.py \
	tests/lint/test_lint_migrate.py \
	tests/lint/test_lint_migrate_files.py \
	tests/lint/test_lint_json_schema.py \
	tests/lint/test_lint_mistakes.py \
	tests/lint/test_lint_models.py \
	tests/lint/test_lint_options.py \
	tests/lint/test_lint_output.py \
	tests/lint/test_lint_pictures.py \
	tests/lint/test_lint_places.py \
	tests/lint/test_lint_png.py \
	tests/lint/test_lint_rules.py \
	tests/lint/test_lint_sarif.py \
	tests/lint/test_lint_schema.py \
	tests/lint/test_lint_steps.py \
	tests/lint/test_lint_streams.py \
	tests/lint/test_lint_syntax.py \
	tests/lint/test_lint_tree.py \
	tests/lint/test_places.py \
	tests/unit/test_python.py \
	tests/unit/test_python_functions.py \
	tests/unit/test_python_layout.py \
	tests/unit/test_python_memory.py \
	tests/unit/test_python_model.py \
	tests/unit/test_tap.py
TESTS = $(test_programs) $(test_scripts) $(python_tests)
EXTRA_DIST += $(test_scripts) $(python_tests) tests/tap.py tests/tap.sh

# What the layout check has to find of a random machine, by family of rules.
EXTRA_DIST += \
	tests/layout/expected/__init__.py \
	tests/layout/expected/base.py \
	tests/layout/expected/boot.py \
	tests/layout/expected/emulated.py \
	tests/layout/expected/generate.py \
	tests/layout/expected/images.py \
	tests/layout/expected/memory.py \
	tests/layout/expected/numbers.py \
	tests/layout/expected/passthrough.py \
	tests/layout/expected/paths.py \
	tests/layout/expected/places.py

# What the tests of axvm-lint share.
EXTRA_DIST += \
	tests/lint/code_cases.py \
	tests/lint/counting.py \
	tests/lint/field \
	tests/lint/file_format_0_7_3.py \
	tests/lint/file_format_good.py \
	tests/lint/file_format_random.py \
	tests/lint/guests.py \
	tests/lint/linting.py \
	tests/lint/migrate_random.py \
	tests/lint/pages.py \
	tests/lint/toml_1_1.py \
	tests/lint/trees.py

# Programs of a user, which test_install.sh builds.
EXTRA_DIST += tests/build/consumer.c tests/build/consumer.cc

# Images without an operating system, which test_flush.sh builds and boots.
EXTRA_DIST += \
	tests/build/baremetal/bare.h \
	tests/build/baremetal/aarch64.S tests/build/baremetal/aarch64.c tests/build/baremetal/aarch64.ld \
	tests/build/baremetal/riscv.S tests/build/baremetal/riscv.c tests/build/baremetal/riscv.ld

# Of a kernel only what examples/ivc-publish.c asks for.
fake_kernel = \
	tests/build/kernel/asm/barrier.h tests/build/kernel/asm/cpufeature.h tests/build/kernel/linux/io.h \
	tests/build/kernel/linux/module.h tests/build/kernel/linux/slab.h tests/build/kernel/linux/string.h \
	tests/build/kernel/linux/types.h
EXTRA_DIST += tests/build/kernel/publish.c

# Plain ELF files rather than libtool's scripts: an emulator can run them.
AM_LDFLAGS = -no-install
LDADD = libaxvm-types.la
noinst_HEADERS = \
	$(fake_kernel) \
	tests/error_rows.h \
	tests/guard.h \
	tests/layout/layout_boot.h \
	tests/layout/layout_devices.h \
	tests/layout/layout_direct.h \
	tests/layout/layout_large.h \
	tests/layout/layout_pairs.h \
	tests/layout/layout_sample.h \
	tests/layout/layout_sides.h \
	tests/layout/layout_vms.h \
	tests/tap.h \
	tests/unit/config_cases.h
nodist_tests_unit_test_gva_SOURCES = tests/unit/test_gva.c
nodist_tests_unit_test_gva_range_SOURCES = tests/unit/test_gva_range.c
nodist_tests_unit_test_gva_range_list_SOURCES = tests/unit/test_gva_range_list.c
nodist_tests_unit_test_gva_range_list_random_SOURCES = tests/unit/test_gva_range_list_random.c
nodist_tests_unit_test_gva_range_pages_SOURCES = tests/unit/test_gva_range_pages.c
nodist_tests_unit_test_gva_range_text_SOURCES = tests/unit/test_gva_range_text.c
nodist_tests_unit_test_hpa_SOURCES = tests/unit/test_hpa.c
nodist_tests_unit_test_hpa_range_SOURCES = tests/unit/test_hpa_range.c
nodist_tests_unit_test_hpa_range_list_SOURCES = tests/unit/test_hpa_range_list.c
nodist_tests_unit_test_hpa_range_list_random_SOURCES = tests/unit/test_hpa_range_list_random.c
nodist_tests_unit_test_hpa_range_pages_SOURCES = tests/unit/test_hpa_range_pages.c
nodist_tests_unit_test_hpa_range_text_SOURCES = tests/unit/test_hpa_range_text.c
nodist_tests_unit_test_hva_SOURCES = tests/unit/test_hva.c
nodist_tests_unit_test_hva_range_SOURCES = tests/unit/test_hva_range.c
nodist_tests_unit_test_hva_range_list_SOURCES = tests/unit/test_hva_range_list.c
nodist_tests_unit_test_hva_range_list_random_SOURCES = tests/unit/test_hva_range_list_random.c
nodist_tests_unit_test_hva_range_pages_SOURCES = tests/unit/test_hva_range_pages.c
nodist_tests_unit_test_hva_range_text_SOURCES = tests/unit/test_hva_range_text.c
# Without inlining it calls the symbols of the library.
tests_unit_test_gpa_exported_SOURCES = tests/unit/test_gpa.c
tests_unit_test_gpa_exported_CFLAGS = $(AM_CFLAGS) -fno-inline
tests_layout_test_threads_LDFLAGS = $(AM_LDFLAGS) -pthread
tests_unit_test_tlb_CPPFLAGS = $(AM_CPPFLAGS) -DTLB_BACKEND='"$(TLB_BACKEND)"'
# Not exported, so compiled in; flags of its own give it an object of its own.
tests_unit_test_writer_SOURCES = tests/unit/test_writer.c src/writer.c
tests_unit_test_writer_CFLAGS = $(AM_CFLAGS)
tests_unit_test_format_SOURCES = tests/unit/test_format.c src/writer.c
tests_unit_test_format_CFLAGS = $(AM_CFLAGS)
tests_unit_test_vm_config_memory_SOURCES = tests/unit/test_vm_config_memory.c \
	src/members.c src/names.c src/writer.c
tests_unit_test_vm_config_memory_CFLAGS = $(AM_CFLAGS)
tests_layout_test_report_SOURCES = tests/layout/test_report.c src/layout/boot.c \
	src/layout/devices.c src/layout/range.c src/layout/report.c src/layout/span.c src/layout/sort.c
tests_layout_test_report_CFLAGS = $(AM_CFLAGS)
tests_layout_test_sort_SOURCES = tests/layout/test_sort.c src/layout/devices.c src/layout/path.c \
	src/layout/sort.c src/layout/span.c
tests_layout_test_sort_CFLAGS = $(AM_CFLAGS)
tests_layout_test_alloc_SOURCES = tests/layout/test_alloc.c $(layout_sources)
tests_layout_test_alloc_CFLAGS = $(AM_CFLAGS)

TEST_EXTENSIONS = .py .sh
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_COMPILER = env $(find_library) $(TEST_EMULATOR)
SH_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_COMPILER = $(SHELL)
PY_LOG_DRIVER = $(LOG_DRIVER)
if WITH_PYTHON
PY_LOG_COMPILER = env $(in_tree) $(PYTHON)
else
PY_LOG_COMPILER = printf '1..0 \043 SKIP no Python 3.11 for %s\n'
endif
AM_TESTS_ENVIRONMENT = \
	AWK='$(AWK)' CC='$(CC)' CXX='$(CXX)' AM_CFLAGS='$(AM_CFLAGS)' CFLAGS='$(CFLAGS)' CPPFLAGS='$(CPPFLAGS)' LDFLAGS='$(LDFLAGS)' \
	NM='$(NM)' OBJDUMP='$(OBJDUMP)' PYTHON='$(PYTHON)' TEST_EMULATOR='$(TEST_EMULATOR)' \
	host='$(host)' build='$(build)' srcdir='$(srcdir)' builddir='$(builddir)'; \
	export AWK CC CXX AM_CFLAGS CFLAGS CPPFLAGS LDFLAGS NM OBJDUMP PYTHON TEST_EMULATOR host build srcdir builddir;

# The last words of make check: what was not tried, and what to install for it.
EXTRA_DIST += tests/skips.awk
check-local: check-TESTS
	@$(AWK) -f $(srcdir)/tests/skips.awk $(TEST_LOGS) /dev/null

# ------------------------------------------------------------- the benchmarks
# By hand only: make check has no timing in it.

EXTRA_PROGRAMS = bench/bench bench/load_rounds
bench_bench_SOURCES = \
	bench/bench.c bench/bench.h \
	bench/address.c \
	bench/chart.c \
	bench/config.c \
	bench/layout.c \
	bench/memory.c \
	bench/names.c \
	bench/others.c \
	bench/set.c \
	bench/text.c
bench_bench_LDADD = bench/libexported.a libaxvm-types.la -ldl -lm
bench_load_rounds_LDADD = -ldl
# Inline functions once more, as calls of the library's symbols.
EXTRA_LIBRARIES = bench/libexported.a
bench_libexported_a_SOURCES = bench/address.c bench/set.c
bench_libexported_a_CFLAGS = $(AM_CFLAGS) -fno-inline -DBENCH_EXPORTED
EXTRA_DIST += bench/lint_rounds.py bench/rust_peer.rs
CLEANFILES += $(EXTRA_LIBRARIES) bench/empty.so bench/rust_peer.so bench/bench.svg

RUSTC = rustc
RUSTFLAGS = --edition 2021 -C opt-level=3

# Peers that may be absent: the rows that need them are skipped, and say so.
bench-programs: all
	$(AM_V_at)$(MAKE) $(AM_MAKEFLAGS) $(EXTRA_PROGRAMS)
	$(AM_V_at)echo > bench/empty.c && \
	$(CC) $(CFLAGS) $(LDFLAGS) -fPIC -shared -o bench/empty.so bench/empty.c; rm -f bench/empty.c
	$(AM_V_at)rm -f bench/rust_peer.so; ! command -v $(RUSTC) > /dev/null || \
	$(RUSTC) $(RUSTFLAGS) --crate-type cdylib -o bench/rust_peer.so $(srcdir)/bench/rust_peer.rs

# Python where there is one that loads the library; others skip the rows of axvm-lint.
run_bench = $(in_tree) \
	BENCH_LINT="$${BENCH_LINT-$(PYTHON) '$(srcdir)/bench/lint_rounds.py' python/axvm-lint '$(srcdir)/examples/linux-aarch64.toml'}" \
	BENCH_INSN='$(SHELL) $(srcdir)/bench/insn.sh $(srcdir) $(builddir) $(CC)' \
	$(TEST_EMULATOR) bench/bench

# BENCHFLAGS=--json, or a word: BENCHFLAGS=dlopen takes the rows that have it.
bench: bench-programs
	$(run_bench) $(BENCHFLAGS)

bench-chart: bench-programs
	$(run_bench) --svg bench/bench.svg $(BENCHFLAGS)

# Instructions are counted, not timed: test_insn.sh does so in make check, by one compiler.
bench-insn: $(BUILT_SOURCES)
	$(SHELL) $(srcdir)/bench/insn.sh $(srcdir) $(builddir)

EXTRA_DIST += bench/insn.c bench/insn.sh

.PHONY: bench bench-chart bench-insn bench-programs

# ---------------------------------------------------------------- the fuzzers
# By hand, with clang's libFuzzer: so many seconds for each target, or some of them
# (FUZZ_TARGETS="parse layout"). make check replays the seeds without it.

fuzz_programs = \
	fuzz/fuzz_copy fuzz/fuzz_format fuzz/fuzz_ivc fuzz/fuzz_layout fuzz/fuzz_list fuzz/fuzz_parse
check_PROGRAMS += $(fuzz_programs)
noinst_HEADERS += fuzz/fuzz.h
fuzz_fuzz_copy_SOURCES = fuzz/fuzz_copy.c fuzz/driver.c src/members.c src/names.c src/writer.c
fuzz_fuzz_copy_CFLAGS = $(AM_CFLAGS)
fuzz_fuzz_format_SOURCES = fuzz/fuzz_format.c fuzz/driver.c
fuzz_fuzz_ivc_SOURCES = fuzz/fuzz_ivc.c fuzz/driver.c
fuzz_fuzz_layout_SOURCES = fuzz/fuzz_layout.c fuzz/driver.c
fuzz_fuzz_list_SOURCES = fuzz/fuzz_list.c fuzz/driver.c
fuzz_fuzz_parse_SOURCES = fuzz/fuzz_parse.c fuzz/driver.c
EXTRA_DIST += fuzz/corpus fuzz/fuzz.dict fuzz/fuzz.sh fuzz/fuzz_lint.py

FUZZ_SECONDS = 60
FUZZ_TARGETS =
fuzz: all
	FUZZ_TARGETS='$(FUZZ_TARGETS)' PYTHON='$(PYTHON)' $(SHELL) $(srcdir)/fuzz/fuzz.sh \
		$(srcdir) $(FUZZ_SECONDS) $(libaxvm_types_la_SOURCES) $(nodist_libaxvm_types_la_SOURCES)

clean-local: clean-fuzz
clean-fuzz:
	rm -rf fuzz/out

.PHONY: fuzz clean-fuzz

# ----------------------------------------------------------------- the proofs
# By hand only, with CBMC. PROVE="gpa_add vcpu" takes those with such a name.

EXTRA_DIST += \
	proofs/fetch-cbmc.sh \
	proofs/proof.h \
	proofs/proof_names.h \
	proofs/proof_text.h \
	proofs/prove.sh \
	proofs/sources \
	proofs/stubs.h \
	proofs/unproved \
	proofs/unwind \
	proofs/prove_access.c \
	proofs/prove_align.c \
	proofs/prove_arch.c \
	proofs/prove_backend_error.c \
	proofs/prove_device.c \
	proofs/prove_error.c \
	proofs/prove_finding.c \
	proofs/prove_gpa.c \
	proofs/prove_gpa_range.c \
	proofs/prove_gpa_range_list.c \
	proofs/prove_gpa_range_text.c \
	proofs/prove_gpa_text.c \
	proofs/prove_guest_memory.c \
	proofs/prove_hva_ptr.c \
	proofs/prove_hypercall.c \
	proofs/prove_ivc.c \
	proofs/prove_layout.c \
	proofs/prove_layout_host_memory.c \
	proofs/prove_layout_overlap.c \
	proofs/prove_machine.c \
	proofs/prove_mapping_flags.c \
	proofs/prove_model.c \
	proofs/prove_paging.c \
	proofs/prove_text.c \
	proofs/prove_text_check.c \
	proofs/prove_text_step.c \
	proofs/prove_vcpu_set.c \
	proofs/prove_vcpu_set_text.c \
	proofs/prove_vm.c \
	proofs/prove_vm_config.c \
	proofs/prove_vm_config_text.c \
	proofs/prove_writer.c

PROVE =
prove: $(BUILT_SOURCES) $(kin_sources)
	@$(MKDIR_P) proofs && PROVE='$(PROVE)' $(SHELL) $(srcdir)/proofs/prove.sh $(srcdir)

clean-local: clean-proofs
clean-proofs:
	rm -rf proofs/out proofs/cbmc

.PHONY: prove clean-proofs

# ------------------------------------------------- every architecture at once
# The same tests on other machines, compilers and libcs; CROSS="riscv64 i686" takes
# those rows only. From the files of a release: sources that are configured do not build
# elsewhere.

EXTRA_DIST += tools/check-cross.sh

check-cross:
	rm -rf check-cross && $(MKDIR_P) check-cross
	$(AM_V_at)$(MAKE) -s distdir distdir=check-cross/source
	+$(AM_V_at)cd check-cross && MAKE='$(MAKE)' $(SHELL) source/tools/check-cross.sh source $(CROSS)

check-sanitizers:
	+$(MAKE) $(AM_MAKEFLAGS) check-cross CROSS="asan-gcc asan-clang tsan"
check-valgrind:
	+$(MAKE) $(AM_MAKEFLAGS) check-cross CROSS=valgrind

# The packages of packaging/, as far as this system can build them.
EXTRA_DIST += packaging/APKBUILD packaging/axvm-types.spec tools/check-packaging.sh

check-packaging: dist
	rm -rf check-packaging && $(MKDIR_P) check-packaging
	+$(AM_V_at)cd check-packaging && MAKEFLAGS= $(SHELL) $(abs_srcdir)/tools/check-packaging.sh \
		$(abs_srcdir) $(abs_builddir)/$(distdir).tar.xz

# Every line and branch of src/ and the inline headers, by the C tests alone.
EXTRA_DIST += tools/coverage.sh

coverage:
	rm -rf coverage && $(MKDIR_P) coverage/build
	$(AM_V_at)$(MAKE) -s distdir distdir=coverage/source
	+$(AM_V_at)cd coverage/build && MAKE='$(MAKE)' $(SHELL) ../source/tools/coverage.sh ../source

# Breaks the library in one place at a time, to see which breaks no test sees: a token, a side of a
# condition, a type, a variable, a loop's bound, a return, the order of two statements.
# All of them take an hour of a processor; MUTATE=sample takes 2000, MUTATE="--only src/text.c" a
# file's, and MUTATE="--names FILE" those that another run printed into a file.
EXTRA_DIST += tools/mutate.py tools/mutants.py tools/mutants_code.py tools/mutants-equivalent.txt

MUTATE =
mutate:
	rm -rf mutate && $(MKDIR_P) mutate/build
	$(AM_V_at)$(MAKE) -s distdir distdir=mutate/source
	+$(AM_V_at)cd mutate/build && ../source/configure --disable-shared --with-python=no \
		CC='$(CC)' LDFLAGS=-Wl,--gc-sections \
		CFLAGS='-O1 -fno-inline -fPIC -ffunction-sections -fdata-sections -fsanitize=undefined -fsanitize-undefined-trap-on-error' \
		> configure.log && $(MAKE) -s check TESTS= > make.log 2>&1 || { tail *.log; exit 1; }
	cd mutate && $(PYTHON) source/tools/mutate.py source build \
		`echo '$(MUTATE)' | $(SED) 's/^sample$$/--sample 2000/'`

# What the last commit changes in the binary interface, or since a release, all that was not
# announced: see the program.
EXTRA_DIST += tools/abi-check.sh

abi-check:
	rm -rf abi-check && $(MKDIR_P) abi-check
	+$(AM_V_at)cd abi-check && MAKE='$(MAKE)' $(SHELL) $(abs_srcdir)/tools/abi-check.sh $(abs_srcdir)

# What tools/coverage.sh and tools/mutate.py ask for.
print-test-programs:
	@echo $(test_programs)
print-compile:
	@echo $(CC) $(DEFAULT_INCLUDES) $(AM_CPPFLAGS) $(CPPFLAGS) $(AM_CFLAGS) $(CFLAGS)

clean-local: clean-checks
clean-checks:
	chmod -R u+w abi-check check-cross check-packaging coverage mutate 2> /dev/null; \
	rm -rf abi-check check-cross check-packaging coverage mutate

.PHONY: abi-check check-cross check-packaging check-sanitizers check-valgrind coverage mutate print-test-programs print-compile clean-checks

# ---------------------------------------------------------- the documentation
# HTML by Doxygen, and by mandoc the manual pages that are written by hand.

EXTRA_DIST += doc/Doxyfile doc/anchors.awk doc/doxygen.awk doc/manual.awk tools/check-html.sh

# Another version of Doxygen warns of other things, so that only check-html fails over it. Late
# ones take the options --arch and --model of axvm-lint for the groups of these names.
DOXYGEN = doxygen
MANDOC = mandoc
manual_pages = $(dist_man_MANS) $(nodist_man1_MANS)
WARN_AS_ERROR = NO
html-local: $(documented) $(manual_pages)
	rm -rf doc/html doc/pages && $(MKDIR_P) doc/pages
	topics=`echo '$(documented:.h=)' | sed 's|[^ ]*include/axvm/||g; s|/|_|g'`; \
	for page in $(manual_pages); do \
		test -f $$page || page=$(srcdir)/$$page; \
		name=$${page##*/}; section=$${name##*.}; name=$${name%.*}; \
		$(MANDOC) -T html -O fragment $$page > doc/pages/fragment && \
			$(AWK) -v name=$$name -v section=$$section -v topics="$$topics" \
				-f $(srcdir)/doc/manual.awk doc/pages/fragment > doc/pages/$$name.$$section.md || exit 1; \
	done
	$(find_documented); { cat $(srcdir)/doc/Doxyfile; \
		! $(DOXYGEN) -g - | grep -q '^AUTOLINK_IGNORE_WORDS' || echo "AUTOLINK_IGNORE_WORDS = arch model"; \
		echo "PROJECT_NUMBER = $(PACKAGE_VERSION)"; \
		echo "OUTPUT_DIRECTORY = doc"; \
		echo "IMAGE_PATH = $(srcdir)/doc"; \
		echo "WARN_AS_ERROR = $(WARN_AS_ERROR)"; \
		echo "STRIP_FROM_PATH = $(abs_srcdir)/include $(abs_builddir)/include $(abs_srcdir)"; \
		echo "FILTER_PATTERNS = \"*README.md=$(AWK) -f $(srcdir)/doc/anchors.awk\" \"*.h=$(AWK) -f $(srcdir)/doc/doxygen.awk\""; \
		echo "INPUT = $$headers $(srcdir)/README.md $(srcdir)/CONTRIBUTING.md $(srcdir)/SECURITY.md doc/pages"; \
	} | $(DOXYGEN) -

clean-local: clean-html
clean-html:
	rm -rf doc/html doc/pages

# Without a warning, and with the README as its front page.

check-html:
	$(MAKE) $(AM_MAKEFLAGS) html WARN_AS_ERROR=FAIL_ON_WARNINGS
	$(SHELL) $(srcdir)/tools/check-html.sh $(srcdir)/README.md doc/html/index.html

# The picture of README.md; a test fails when it is old.
EXTRA_DIST += doc/linux-aarch64.svg
picture: all
	cd $(srcdir) && $(run_lint) -q --arch aarch64 --svg doc/linux-aarch64.svg examples/linux-aarch64.toml

.PHONY: check-html clean-html picture

# ---------------------------------------------------------------- the tarball
# One for all: debian/watch, packaging/ and make deb take it. The same files make the same bits,
# whoever makes them and whenever: the time is that of the commit, or that of the tarball that this
# one is made from. GNU tar, for developers only.

source_date = $${SOURCE_DATE_EPOCH:-`if test -e '$(srcdir)/.git'; then \
	git -C '$(srcdir)' log -1 --format=%ct; else stat -c %Y '$(srcdir)/configure.ac'; fi`}
reproducible_tar = $${TAR-tar} --sort=name --owner=0 --group=0 --numeric-owner \
	--mode=go=rX,u+rw,a-s --mtime=@$(source_date)
am__tar = $(reproducible_tar) -chof - "$$tardir"

# -------------------------------------------------------- the Debian packages
# In build-deb/, of the tarball of make dist as any other packager has it, and of debian/, which
# is not in it. DPKG_BUILDPACKAGE_FLAGS may choose profiles or hosts.

DPKG_BUILDPACKAGE_FLAGS = -us -uc
deb_name = $(PACKAGE_TARNAME)-$(PACKAGE_VERSION)
deb_orig = build-deb/$(PACKAGE_TARNAME)_$(PACKAGE_VERSION).orig.tar.xz
# Without what a build of the packages leaves there.
debian_files = (cd '$(srcdir)' && if test -e .git; then git ls-files debian; else find debian -type f; fi)

# Whatever the caller's umask, the same modes.
deb-source: dist
	$(AM_V_at)test -f '$(srcdir)/debian/control' || \
		{ echo 'make deb: no debian/ here: a release has none, take a clone' >&2; exit 1; }
	$(AM_V_at)umask 022; rm -rf build-deb && $(MKDIR_P) build-deb && \
	cp $(distdir).tar.xz $(deb_orig) && tar -xf $(deb_orig) -C build-deb && \
	$(debian_files) | $(reproducible_tar) -C '$(srcdir)' -cf - -T - | tar -xf - -C build-deb/$(deb_name)

deb: deb-source
	umask 022; cd build-deb/$(deb_name) && \
		env -u MAKEFLAGS -u MAKELEVEL dpkg-buildpackage $(DPKG_BUILDPACKAGE_FLAGS)

# By hand, as root: the README's commands and the package on each release. STEPS chooses
# some of its steps, BASES keeps the base systems for the next time.
RELEASES = bookworm trixie sid
STEPS =
EXTRA_DIST += tools/check-releases.sh tools/lintian-suppressed.sh
check-releases: deb-source
	rm -rf build-releases && git clone -q '$(srcdir)' build-releases
	bash '$(srcdir)/tools/check-releases.sh' build-releases build-deb $(RELEASES) -- $(STEPS)
	rm -rf build-releases

clean-local: clean-deb
clean-deb:
	rm -rf build-deb build-releases

.PHONY: check-releases clean-deb deb deb-source
