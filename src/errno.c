/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/error.h>

#include <errno.h>

#include "export.h"

/* clang-format off */
/* Those of POSIX, and those that Linux adds. */
#define POSIX_NAMES(X)                                                                     \
	X(EPERM) X(ENOENT) X(ESRCH) X(EINTR) X(EIO) X(ENXIO) X(E2BIG) X(ENOEXEC)            \
	X(EBADF) X(ECHILD) X(EAGAIN) X(ENOMEM) X(EACCES) X(EFAULT) X(EBUSY) X(EEXIST)       \
	X(EXDEV) X(ENODEV) X(ENOTDIR) X(EISDIR) X(EINVAL) X(ENFILE) X(EMFILE) X(ENOTTY)     \
	X(ETXTBSY) X(EFBIG) X(ENOSPC) X(ESPIPE) X(EROFS) X(EMLINK) X(EPIPE) X(EDOM)         \
	X(ERANGE) X(EDEADLK) X(ENAMETOOLONG) X(ENOLCK) X(ENOSYS) X(ENOTEMPTY) X(ELOOP)      \
	X(ENOMSG) X(EIDRM) X(ENOLINK) X(EPROTO) X(EMULTIHOP) X(EBADMSG) X(EOVERFLOW)        \
	X(EILSEQ) X(ENOTSOCK) X(EDESTADDRREQ) X(EMSGSIZE) X(EPROTOTYPE) X(ENOPROTOOPT)      \
	X(EPROTONOSUPPORT) X(EOPNOTSUPP) X(EAFNOSUPPORT) X(EADDRINUSE) X(EADDRNOTAVAIL)     \
	X(ENETDOWN) X(ENETUNREACH) X(ENETRESET) X(ECONNABORTED) X(ECONNRESET)               \
	X(ENOBUFS) X(EISCONN) X(ENOTCONN) X(ETIMEDOUT) X(ECONNREFUSED) X(EHOSTUNREACH)      \
	X(EALREADY) X(EINPROGRESS) X(ESTALE) X(EDQUOT) X(ECANCELED) X(EOWNERDEAD)           \
	X(ENOTRECOVERABLE)

#ifdef __linux__
#define LINUX_NAMES(X)                                                                     \
	X(ENOTBLK) X(ECHRNG) X(EL2NSYNC) X(EL3HLT) X(EL3RST) X(ELNRNG) X(EUNATCH)           \
	X(ENOCSI) X(EL2HLT) X(EBADE) X(EBADR) X(EXFULL) X(ENOANO) X(EBADRQC) X(EBADSLT)     \
	X(EBFONT) X(ENOSTR) X(ENODATA) X(ETIME) X(ENOSR) X(ENONET) X(ENOPKG) X(EREMOTE)     \
	X(EADV) X(ESRMNT) X(ECOMM) X(EDOTDOT) X(ENOTUNIQ) X(EBADFD) X(EREMCHG)              \
	X(ELIBACC) X(ELIBBAD) X(ELIBSCN) X(ELIBMAX) X(ELIBEXEC) X(ERESTART) X(ESTRPIPE)     \
	X(EUSERS) X(ESOCKTNOSUPPORT) X(EPFNOSUPPORT) X(ESHUTDOWN) X(ETOOMANYREFS)           \
	X(EHOSTDOWN) X(EUCLEAN) X(ENOTNAM) X(ENAVAIL) X(EISNAM) X(EREMOTEIO)                \
	X(ENOMEDIUM) X(EMEDIUMTYPE) X(ENOKEY) X(EKEYEXPIRED) X(EKEYREVOKED)                 \
	X(EKEYREJECTED) X(ERFKILL) X(EHWPOISON)
#else
#define LINUX_NAMES(X)
#endif
/* clang-format on */

/* By &, as all of them are one constant then, without a branch for each. */
#define IS_GENERIC(name) &(name == AXVM_LINUX_##name)
#define CASE(name)                                                                                 \
	case name:                                                                                 \
		return -AXVM_LINUX_##name;

/* Second names, where a host gives them numbers of their own. */
static int first_name(int errnum)
{
#if defined(EDEADLOCK) && EDEADLOCK != EDEADLK
	if (errnum == EDEADLOCK)
		return EDEADLK;
#endif
#if EWOULDBLOCK != EAGAIN
	if (errnum == EWOULDBLOCK)
		return EAGAIN;
#endif
#if ENOTSUP != EOPNOTSUPP
	if (errnum == ENOTSUP)
		return EOPNOTSUPP;
#endif
	return errnum;
}

AXVM_EXPORT axvm_error axvm_error_from_errno(int errnum, axvm_error fallback)
{
	axvm_error e;

	errnum = first_name(errnum);
	/* On most hosts the numbers are the same, and nothing else is compiled. */
	if (true POSIX_NAMES(IS_GENERIC) LINUX_NAMES(IS_GENERIC))
		return axvm_error_from_linux(errnum, &e) ? e : fallback;
	switch (errnum) {
		POSIX_NAMES(CASE)
		LINUX_NAMES(CASE)
	default:
		return fallback;
	}
}
