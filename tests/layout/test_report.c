/* SPDX-License-Identifier: Apache-2.0 */
/* The severity of a rule by version of the model, with versions that are not there yet. */
#include "layout/report.h"
#include "tap.h"

#define LATER(n) (AXVM_MODEL_0_7 + (n))

static axvm_severity reported;

static bool found(const axvm_finding *finding, void *ctx)
{
	(void)ctx;
	reported = finding->severity;
	eq_uint(finding->code, AXVM_FINDING_CPU_COUNT, "code");
	eq_str(finding->text, "is wrong", "text");
	eq_str(finding->hint, "Do this.", "hint");
	return true;
}

static axvm_severity severity_at(const struct axvm_rule *rule, axvm_model model)
{
	static const axvm_layout_vm vm = { .size = sizeof(vm), .cpu_num = 1 };
	struct axvm_check c = { .vms = &vm, .vm_count = 1, .found = found };

	c.limits.model = model;
	reported = 0;
	axvm_report(&c, rule, 0, AXVM_LAYOUT_TABLE_CPU_NUM, 0, 0);
	return reported;
}

static const struct axvm_rule always =
	AXVM_RULE(AXVM_FINDING_CPU_COUNT, AXVM_SEVERITY_ERROR, "is wrong", "Do this.");
static const struct axvm_rule since = AXVM_RULE_SINCE(AXVM_FINDING_CPU_COUNT, LATER(1),
						      AXVM_SEVERITY_NOTE, "is wrong", "Do this.");
static const struct axvm_rule until = AXVM_RULE_BY_MODEL(
	AXVM_FINDING_CPU_COUNT,
	AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_7, AXVM_SEVERITY_WARNING), AXVM_GONE(LATER(2))),
	"is wrong", "Do this.");
static const struct axvm_rule three =
	AXVM_RULE_BY_MODEL(AXVM_FINDING_CPU_COUNT,
			   AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_WARNING),
				      AXVM_SINCE(AXVM_MODEL_0_7, AXVM_SEVERITY_NOTE),
				      AXVM_SINCE(LATER(2), AXVM_SEVERITY_ERROR)),
			   "is wrong", "Do this.");

static void test_severities(void)
{
	static const struct {
		axvm_model model;
		axvm_severity always, since, until, three;
	} rows[] = {
		{ AXVM_MODEL_0_5, AXVM_SEVERITY_ERROR, 0, 0, AXVM_SEVERITY_WARNING },
		{ AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR, 0, AXVM_SEVERITY_WARNING,
		  AXVM_SEVERITY_NOTE },
		{ LATER(1), AXVM_SEVERITY_ERROR, AXVM_SEVERITY_NOTE, AXVM_SEVERITY_WARNING,
		  AXVM_SEVERITY_NOTE },
		{ LATER(2), AXVM_SEVERITY_ERROR, AXVM_SEVERITY_NOTE, 0, AXVM_SEVERITY_ERROR },
		{ LATER(3), AXVM_SEVERITY_ERROR, AXVM_SEVERITY_NOTE, 0, AXVM_SEVERITY_ERROR },
	};

	each_row(i, rows) {
		eq_uint(severity_at(&always, rows[i].model), rows[i].always, "always");
		eq_uint(severity_at(&since, rows[i].model), rows[i].since, "from a version on");
		eq_uint(severity_at(&until, rows[i].model), rows[i].until, "until a version");
		eq_uint(severity_at(&three, rows[i].model), rows[i].three, "three severities");
	}
}

int main(void)
{
	test(test_severities);
	return done();
}
