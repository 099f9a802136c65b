/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/error.h>

#include <errno.h>
#include <unistd.h>

#include "error_rows.h"
#include "tap.h"

#define KINDS (sizeof(kind_rows) / sizeof(kind_rows[0]))
#define LINUX_ERRORS (sizeof(linux_rows) / sizeof(linux_rows[0]))
#define UNTOUCHED 12345

static void check_text(axvm_error e, const struct error_row *row, const char *prefix)
{
	char wanted[64], buf[64];
	int length;

	snprintf(wanted, sizeof(wanted), "%s::%s", prefix, row->name);
	length = (int)strlen(wanted);
	ok(axvm_error_is_valid(e), row->name);
	eq_str(axvm_error_name(e), row->name, "name");
	eq_str(axvm_error_message(e), row->message, "message");
	eq_int(axvm_error_format(e, NULL, 0), length, "format counts without a buffer");
	eq_int(axvm_error_format(e, buf, sizeof(buf)), length, "format gives the length");
	eq_str(buf, wanted, "format");
}

static void test_kinds(void)
{
	eq_uint(KINDS, 46, "46 kinds");
	each_row(i, kind_rows) {
		axvm_error e = kind_rows[i].number, kind = UNTOUCHED;

		eq_int(kind_rows[i].constant, e, "constant");
		eq_int(e, (int64_t)i + 1, "without gaps");
		check_text(e, &kind_rows[i], "AxErrorKind");
		eq_int(axvm_error_to_linux(e), kind_rows[i].converts_to, "to_linux");
		eq_int(axvm_error_canonicalize(e), e, "canonicalize leaves a kind");
		ok(axvm_error_to_kind(e, &kind), "to_kind knows a kind");
		eq_int(kind, e, "and gives it");
	}
}

static void test_linux_errors(void)
{
	eq_uint(LINUX_ERRORS, 131, "131 Linux errors");
	each_row(i, linux_rows) {
		int32_t number = linux_rows[i].number, mapped = linux_rows[i].converts_to;
		axvm_error e = -number, out = UNTOUCHED;

		eq_int(linux_rows[i].constant, number, "constant");
		check_text(e, &linux_rows[i], "LinuxError");
		eq_int(axvm_error_to_linux(e), number, "to_linux");
		ok(axvm_error_from_linux(number, &out), "from_linux knows it");
		eq_int(out, e, "and negates it");
		eq_int(axvm_error_canonicalize(e), mapped ? mapped : e, "canonicalize");
		out = UNTOUCHED;
		eq_int(axvm_error_to_kind(e, &out), mapped != 0, "to_kind returns");
		eq_int(out, mapped ? mapped : UNTOUCHED, "to_kind writes on success only");
	}
}

static void test_other_codes(void)
{
	static const int32_t invalid[] = { -41,	 -58,	    -134,      -1000,	      47,
					   1000, INT32_MAX, INT32_MIN, INT32_MIN + 1, -65536 - 1 };
	static const int32_t no_linux[] = { 0, -1, 41, 58, 134, 1000, INT32_MAX, INT32_MIN };
	char buf[32], wanted[32];
	axvm_error out = UNTOUCHED;

	each_row(i, invalid) {
		axvm_error e = invalid[i];

		ok(!axvm_error_is_valid(e), "an invalid code is reported");
		eq_str(axvm_error_name(e), "Unknown", "its name");
		eq_str(axvm_error_message(e), "Unknown error", "its message");
		eq_int(axvm_error_canonicalize(e), e, "canonicalize leaves it");
		eq_int(axvm_error_to_linux(e), -1, "to_linux refuses it");
		ok(!axvm_error_to_kind(e, &out), "so does to_kind");
		snprintf(wanted, sizeof(wanted), "Unknown(%" PRId32 ")", e);
		eq_int(axvm_error_format(e, buf, sizeof(buf)), (int)strlen(wanted), "format");
		eq_str(buf, wanted, "format carries the number");
	}
	each_row(i, no_linux)
		ok(!axvm_error_from_linux(no_linux[i], &out), "from_linux refuses other numbers");
	ok(!axvm_error_to_kind(0, &out), "success is no kind");
	eq_int(out, UNTOUCHED, "nothing was written");

	ok(!axvm_error_is_valid(AXVM_OK), "success is no error");
	eq_int(AXVM_OK, 0, "success is 0");
	eq_str(axvm_error_name(AXVM_OK), "Ok", "its name");
	eq_str(axvm_error_message(AXVM_OK), "Success", "its message");
	eq_int(axvm_error_canonicalize(AXVM_OK), 0, "canonicalize leaves it");
	eq_int(axvm_error_to_linux(AXVM_OK), 0, "to_linux of it");
	eq_int(axvm_error_format(AXVM_OK, buf, sizeof(buf)), 2, "format of it");
	eq_str(buf, "Ok", "format of it");
	eq_int(axvm_error_format(-1, buf, 4), 17, "format cuts");
	eq_str(buf, "Lin", "and ends by a NUL");
}

#if AXVM_ERROR_TEXT_SIZE < 1
#error "TEXT_SIZE does not work in #if"
#endif

/* Of every valid code, and of the longest number that is none. */
static void test_text_size(void)
{
	int longest = axvm_error_format(INT32_MIN, NULL, 0);

	for (int32_t e = -1000; e <= 1000; e++) {
		int length = axvm_error_format(e, NULL, 0);

		longest = length > longest ? length : longest;
	}
	eq_int(AXVM_ERROR_TEXT_SIZE, longest + 1, "TEXT_SIZE holds the longest");
}

/* A second witness for the numbers: a host whose errno is the generic one. */
static void test_host(void)
{
#if defined(__linux__) && !defined(__mips__) && !defined(__sparc__) && !defined(__alpha__) &&      \
	!defined(__hppa__)
	eq_int(AXVM_LINUX_EPERM, EPERM, "EPERM is the host's");
	eq_int(AXVM_LINUX_EINVAL, EINVAL, "EINVAL");
	eq_int(AXVM_LINUX_ENOSYS, ENOSYS, "ENOSYS");
	eq_int(AXVM_LINUX_EDEADLK, EDEADLK, "EDEADLK");
	eq_int(AXVM_LINUX_ENOMSG, ENOMSG, "ENOMSG");
	eq_int(AXVM_LINUX_EBFONT, EBFONT, "EBFONT");
	eq_int(AXVM_LINUX_EILSEQ, EILSEQ, "EILSEQ");
	eq_int(AXVM_LINUX_EOPNOTSUPP, EOPNOTSUPP, "EOPNOTSUPP");
	eq_int(AXVM_LINUX_EADDRINUSE, EADDRINUSE, "EADDRINUSE");
	eq_int(AXVM_LINUX_EINPROGRESS, EINPROGRESS, "EINPROGRESS");
	eq_int(AXVM_LINUX_EHWPOISON, EHWPOISON, "EHWPOISON");
#else
	skip("errno of the host", "its numbers are not Linux's generic ones");
#endif
}

static void test_from_errno(void)
{
	axvm_error e;

	/* The host's number of a name, whatever that is. */
	eq_int(axvm_error_from_errno(EPERM, 7), -AXVM_LINUX_EPERM, "EPERM");
	eq_int(axvm_error_from_errno(EDEADLK, 7), -AXVM_LINUX_EDEADLK, "EDEADLK");
	eq_int(axvm_error_from_errno(ENAMETOOLONG, 7), -AXVM_LINUX_ENAMETOOLONG, "ENAMETOOLONG");
	eq_int(axvm_error_from_errno(ELOOP, 7), -AXVM_LINUX_ELOOP, "ELOOP");
	eq_int(axvm_error_from_errno(ENOTSUP, 7), -AXVM_LINUX_EOPNOTSUPP, "ENOTSUP");
	eq_int(axvm_error_from_errno(EWOULDBLOCK, 7), -AXVM_LINUX_EAGAIN, "EWOULDBLOCK");
#ifdef EDEADLOCK
	eq_int(axvm_error_from_errno(EDEADLOCK, 7), -AXVM_LINUX_EDEADLK, "EDEADLOCK");
#endif
#ifdef EHWPOISON
	eq_int(axvm_error_from_errno(EHWPOISON, 7), -AXVM_LINUX_EHWPOISON, "EHWPOISON");
#endif
	eq_int(axvm_error_from_errno(0, AXVM_ERROR_IO), AXVM_ERROR_IO, "0 is no error");
	eq_int(axvm_error_from_errno(-EPERM, -5), -5, "nor is a negative number");
	eq_int(axvm_error_from_errno(99999, AXVM_OK), AXVM_OK, "any fallback");
	eq_int(axvm_error_from_errno(INT32_MIN, 12345), 12345, "even an invalid one");
	eq_int(axvm_error_from_errno(INT32_MAX, 7), 7, "the greatest number");
	e = access("/nowhere/at/all", F_OK) == 0 ? AXVM_OK : axvm_error_from_errno(errno, 7);
	eq_int(e, -AXVM_LINUX_ENOENT, "as errno has it");
}

/* A host with other numbers, as MIPS is. */
#undef EDEADLK
#define EDEADLK 1045
#undef EDEADLOCK
#define EDEADLOCK 1056
#undef ENAMETOOLONG
#define ENAMETOOLONG 1078
#undef EDQUOT
#define EDQUOT 1133
#undef EWOULDBLOCK
#define EWOULDBLOCK 1246
#undef ENOTSUP
#define ENOTSUP 1252
#undef AXVM_EXPORT
#define axvm_error_from_errno other_from_errno
axvm_error other_from_errno(int errnum, axvm_error fallback);
#include "errno.c"
#undef axvm_error_from_errno

static void test_other_from_errno(void)
{
#define NUMBERS(name) { name, AXVM_LINUX_##name, #name },
	static const struct {
		int there, generic;
		const char *name;
	} rows[] = { POSIX_NAMES(NUMBERS) LINUX_NAMES(NUMBERS) };

	each_row(i, rows)
		eq_int(other_from_errno(rows[i].there, 7), -rows[i].generic, rows[i].name);
	eq_int(other_from_errno(1045, 7), -AXVM_LINUX_EDEADLK, "EDEADLK");
	eq_int(other_from_errno(1056, 7), -AXVM_LINUX_EDEADLK, "EDEADLOCK is EDEADLK");
	eq_int(other_from_errno(1078, 7), -AXVM_LINUX_ENAMETOOLONG, "ENAMETOOLONG");
	eq_int(other_from_errno(1133, 7), -AXVM_LINUX_EDQUOT, "EDQUOT");
	eq_int(other_from_errno(1246, 7), -AXVM_LINUX_EAGAIN, "EWOULDBLOCK is EAGAIN");
	eq_int(other_from_errno(1252, 7), -AXVM_LINUX_EOPNOTSUPP, "ENOTSUP is EOPNOTSUPP");
	eq_int(other_from_errno(AXVM_LINUX_EDQUOT, 7), 7, "a number that no name has there");
	eq_int(other_from_errno(0, 7), 7, "0");
	eq_int(other_from_errno(-1, 7), 7, "-1");
}

int main(void)
{
	test(test_kinds);
	test(test_linux_errors);
	test(test_other_codes);
	test(test_text_size);
	test(test_host);
	test(test_from_errno);
	test(test_other_from_errno);
	return done();
}
