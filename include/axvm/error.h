/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_ERROR_H
#define AXVM_ERROR_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup error Errors
 * @brief Error codes, their names, texts and conversions.
 *
 * One number says it all, as in the model: 0 is success, 1 to 46 are kinds of
 * error (AXVM_ERROR_*), and negative numbers are minus a Linux error number
 * (AXVM_LINUX_*), valid from -1 to -133 but for -41 and -58. Every other number is
 * invalid: it can be passed on and printed.
 *
 * The Linux numbers are the generic ones of Linux on every host. The host's own
 * errno differs on Alpha, MIPS, PA-RISC and SPARC, and off Linux: translate it by
 * name there, never by number.
 *
 * Model: AxErrorKind, AxError, LinuxError and AxVmResult. Every function is
 * thread-safe and async-signal-safe.
 * @{
 */

/**
 * @brief An error code, or AXVM_OK.
 *
 * A function returns it where the model returns an AxVmResult. Model: AxError.
 */
typedef int32_t axvm_error;

/* Kinds of error. Model: AxErrorKind. */
enum axvm_error_values {
	AXVM_OK = 0, /**< Success */
	AXVM_ERROR_ADDR_IN_USE = 1, /**< Address in use */
	AXVM_ERROR_ALREADY_CONNECTED = 2, /**< Already connected */
	AXVM_ERROR_ALREADY_EXISTS = 3, /**< Entity already exists */
	AXVM_ERROR_ARGUMENT_LIST_TOO_LONG = 4, /**< Argument list too long */
	AXVM_ERROR_BAD_ADDRESS = 5, /**< Bad address */
	AXVM_ERROR_BAD_FILE_DESCRIPTOR = 6, /**< Bad file descriptor */
	AXVM_ERROR_BAD_STATE = 7, /**< Bad internal state */
	AXVM_ERROR_BROKEN_PIPE = 8, /**< Broken pipe */
	AXVM_ERROR_CONNECTION_REFUSED = 9, /**< Connection refused */
	AXVM_ERROR_CONNECTION_RESET = 10, /**< Connection reset */
	AXVM_ERROR_CROSSES_DEVICES = 11, /**< Cross-device link or rename */
	AXVM_ERROR_DIRECTORY_NOT_EMPTY = 12, /**< Directory not empty */
	AXVM_ERROR_FILESYSTEM_LOOP = 13, /**< Filesystem loop or indirection limit */
	AXVM_ERROR_ILLEGAL_BYTES = 14, /**< Illegal byte sequence */
	AXVM_ERROR_IN_PROGRESS = 15, /**< Operation in progress */
	AXVM_ERROR_INTERRUPTED = 16, /**< Operation interrupted */
	AXVM_ERROR_INVALID_DATA = 17, /**< Invalid data */
	AXVM_ERROR_INVALID_EXECUTABLE = 18, /**< Invalid executable format */
	AXVM_ERROR_INVALID_INPUT = 19, /**< Invalid input parameter */
	AXVM_ERROR_IO = 20, /**< I/O error */
	AXVM_ERROR_IS_A_DIRECTORY = 21, /**< Is a directory */
	AXVM_ERROR_NAME_TOO_LONG = 22, /**< Filename too long */
	AXVM_ERROR_NO_MEMORY = 23, /**< Out of memory */
	AXVM_ERROR_NO_SUCH_DEVICE = 24, /**< No such device */
	AXVM_ERROR_NO_SUCH_DEVICE_OR_ADDRESS = 25, /**< No such device or address */
	AXVM_ERROR_NO_SUCH_PROCESS = 26, /**< No such process */
	AXVM_ERROR_NOT_A_DIRECTORY = 27, /**< Not a directory */
	AXVM_ERROR_NOT_A_SOCKET = 28, /**< Not a socket */
	AXVM_ERROR_NOT_A_TTY = 29, /**< Inappropriate ioctl for device */
	AXVM_ERROR_NOT_CONNECTED = 30, /**< Not connected */
	AXVM_ERROR_NOT_FOUND = 31, /**< Entity not found */
	AXVM_ERROR_OPERATION_NOT_PERMITTED = 32, /**< Operation not permitted */
	AXVM_ERROR_OPERATION_NOT_SUPPORTED = 33, /**< Operation not supported */
	AXVM_ERROR_OUT_OF_RANGE = 34, /**< Result out of range */
	AXVM_ERROR_PERMISSION_DENIED = 35, /**< Permission denied */
	AXVM_ERROR_READ_ONLY_FILESYSTEM = 36, /**< Read-only filesystem */
	AXVM_ERROR_RESOURCE_BUSY = 37, /**< Resource busy */
	AXVM_ERROR_STORAGE_FULL = 38, /**< No storage space */
	AXVM_ERROR_TIMED_OUT = 39, /**< Timed out */
	AXVM_ERROR_TOO_MANY_OPEN_FILES = 40, /**< Too many open files */
	AXVM_ERROR_UNEXPECTED_EOF = 41, /**< Unexpected end of file */
	AXVM_ERROR_UNSUPPORTED = 42, /**< Operation not supported */
	AXVM_ERROR_WOULD_BLOCK = 43, /**< Operation would block */
	AXVM_ERROR_DEST_ADDR_REQUIRED = 44, /**< Destination address required */
	AXVM_ERROR_MESSAGE_TOO_LONG = 45, /**< Message too long */
	AXVM_ERROR_WRITE_ZERO = 46 /**< Write zero */
};

/* Linux error numbers; an axvm_error holds them negated. Model: LinuxError. */
enum axvm_linux_error_values {
	AXVM_LINUX_EPERM = 1, /**< Operation not permitted */
	AXVM_LINUX_ENOENT = 2, /**< No such file or directory */
	AXVM_LINUX_ESRCH = 3, /**< No such process */
	AXVM_LINUX_EINTR = 4, /**< Interrupted system call */
	AXVM_LINUX_EIO = 5, /**< I/O error */
	AXVM_LINUX_ENXIO = 6, /**< No such device or address */
	AXVM_LINUX_E2BIG = 7, /**< Argument list too long */
	AXVM_LINUX_ENOEXEC = 8, /**< Exec format error */
	AXVM_LINUX_EBADF = 9, /**< Bad file number */
	AXVM_LINUX_ECHILD = 10, /**< No child processes */
	AXVM_LINUX_EAGAIN = 11, /**< Try again */
	AXVM_LINUX_ENOMEM = 12, /**< Out of memory */
	AXVM_LINUX_EACCES = 13, /**< Permission denied */
	AXVM_LINUX_EFAULT = 14, /**< Bad address */
	AXVM_LINUX_ENOTBLK = 15, /**< Block device required */
	AXVM_LINUX_EBUSY = 16, /**< Device or resource busy */
	AXVM_LINUX_EEXIST = 17, /**< File exists */
	AXVM_LINUX_EXDEV = 18, /**< Cross-device link */
	AXVM_LINUX_ENODEV = 19, /**< No such device */
	AXVM_LINUX_ENOTDIR = 20, /**< Not a directory */
	AXVM_LINUX_EISDIR = 21, /**< Is a directory */
	AXVM_LINUX_EINVAL = 22, /**< Invalid argument */
	AXVM_LINUX_ENFILE = 23, /**< File table overflow */
	AXVM_LINUX_EMFILE = 24, /**< Too many open files */
	AXVM_LINUX_ENOTTY = 25, /**< Not a typewriter */
	AXVM_LINUX_ETXTBSY = 26, /**< Text file busy */
	AXVM_LINUX_EFBIG = 27, /**< File too large */
	AXVM_LINUX_ENOSPC = 28, /**< No space left on device */
	AXVM_LINUX_ESPIPE = 29, /**< Illegal seek */
	AXVM_LINUX_EROFS = 30, /**< Read-only file system */
	AXVM_LINUX_EMLINK = 31, /**< Too many links */
	AXVM_LINUX_EPIPE = 32, /**< Broken pipe */
	AXVM_LINUX_EDOM = 33, /**< Math argument out of domain of func */
	AXVM_LINUX_ERANGE = 34, /**< Math result not representable */
	AXVM_LINUX_EDEADLK = 35, /**< Resource deadlock would occur */
	AXVM_LINUX_ENAMETOOLONG = 36, /**< File name too long */
	AXVM_LINUX_ENOLCK = 37, /**< No record locks available */
	AXVM_LINUX_ENOSYS = 38, /**< Invalid system call number */
	AXVM_LINUX_ENOTEMPTY = 39, /**< Directory not empty */
	AXVM_LINUX_ELOOP = 40, /**< Too many symbolic links encountered */
	AXVM_LINUX_ENOMSG = 42, /**< No message of desired type */
	AXVM_LINUX_EIDRM = 43, /**< Identifier removed */
	AXVM_LINUX_ECHRNG = 44, /**< Channel number out of range */
	AXVM_LINUX_EL2NSYNC = 45, /**< Level 2 not synchronized */
	AXVM_LINUX_EL3HLT = 46, /**< Level 3 halted */
	AXVM_LINUX_EL3RST = 47, /**< Level 3 reset */
	AXVM_LINUX_ELNRNG = 48, /**< Link number out of range */
	AXVM_LINUX_EUNATCH = 49, /**< Protocol driver not attached */
	AXVM_LINUX_ENOCSI = 50, /**< No CSI structure available */
	AXVM_LINUX_EL2HLT = 51, /**< Level 2 halted */
	AXVM_LINUX_EBADE = 52, /**< Invalid exchange */
	AXVM_LINUX_EBADR = 53, /**< Invalid request descriptor */
	AXVM_LINUX_EXFULL = 54, /**< Exchange full */
	AXVM_LINUX_ENOANO = 55, /**< No anode */
	AXVM_LINUX_EBADRQC = 56, /**< Invalid request code */
	AXVM_LINUX_EBADSLT = 57, /**< Invalid slot */
	AXVM_LINUX_EBFONT = 59, /**< Bad font file format */
	AXVM_LINUX_ENOSTR = 60, /**< Device not a stream */
	AXVM_LINUX_ENODATA = 61, /**< No data available */
	AXVM_LINUX_ETIME = 62, /**< Timer expired */
	AXVM_LINUX_ENOSR = 63, /**< Out of streams resources */
	AXVM_LINUX_ENONET = 64, /**< Machine is not on the network */
	AXVM_LINUX_ENOPKG = 65, /**< Package not installed */
	AXVM_LINUX_EREMOTE = 66, /**< Object is remote */
	AXVM_LINUX_ENOLINK = 67, /**< Link has been severed */
	AXVM_LINUX_EADV = 68, /**< Advertise error */
	AXVM_LINUX_ESRMNT = 69, /**< Srmount error */
	AXVM_LINUX_ECOMM = 70, /**< Communication error on send */
	AXVM_LINUX_EPROTO = 71, /**< Protocol error */
	AXVM_LINUX_EMULTIHOP = 72, /**< Multihop attempted */
	AXVM_LINUX_EDOTDOT = 73, /**< RFS specific error */
	AXVM_LINUX_EBADMSG = 74, /**< Not a data message */
	AXVM_LINUX_EOVERFLOW = 75, /**< Value too large for defined data type */
	AXVM_LINUX_ENOTUNIQ = 76, /**< Name not unique on network */
	AXVM_LINUX_EBADFD = 77, /**< File descriptor in bad state */
	AXVM_LINUX_EREMCHG = 78, /**< Remote address changed */
	AXVM_LINUX_ELIBACC = 79, /**< Can not access a needed shared library */
	AXVM_LINUX_ELIBBAD = 80, /**< Accessing a corrupted shared library */
	AXVM_LINUX_ELIBSCN = 81, /**< .lib section in a.out corrupted */
	AXVM_LINUX_ELIBMAX = 82, /**< Attempting to link in too many shared libraries */
	AXVM_LINUX_ELIBEXEC = 83, /**< Cannot exec a shared library directly */
	AXVM_LINUX_EILSEQ = 84, /**< Illegal byte sequence */
	AXVM_LINUX_ERESTART = 85, /**< Interrupted system call should be restarted */
	AXVM_LINUX_ESTRPIPE = 86, /**< Streams pipe error */
	AXVM_LINUX_EUSERS = 87, /**< Too many users */
	AXVM_LINUX_ENOTSOCK = 88, /**< Socket operation on non-socket */
	AXVM_LINUX_EDESTADDRREQ = 89, /**< Destination address required */
	AXVM_LINUX_EMSGSIZE = 90, /**< Message too long */
	AXVM_LINUX_EPROTOTYPE = 91, /**< Protocol wrong type for socket */
	AXVM_LINUX_ENOPROTOOPT = 92, /**< Protocol not available */
	AXVM_LINUX_EPROTONOSUPPORT = 93, /**< Protocol not supported */
	AXVM_LINUX_ESOCKTNOSUPPORT = 94, /**< Socket type not supported */
	AXVM_LINUX_EOPNOTSUPP = 95, /**< Operation not supported on transport endpoint */
	AXVM_LINUX_EPFNOSUPPORT = 96, /**< Protocol family not supported */
	AXVM_LINUX_EAFNOSUPPORT = 97, /**< Address family not supported by protocol */
	AXVM_LINUX_EADDRINUSE = 98, /**< Address already in use */
	AXVM_LINUX_EADDRNOTAVAIL = 99, /**< Cannot assign requested address */
	AXVM_LINUX_ENETDOWN = 100, /**< Network is down */
	AXVM_LINUX_ENETUNREACH = 101, /**< Network is unreachable */
	AXVM_LINUX_ENETRESET = 102, /**< Network dropped connection because of reset */
	AXVM_LINUX_ECONNABORTED = 103, /**< Software caused connection abort */
	AXVM_LINUX_ECONNRESET = 104, /**< Connection reset by peer */
	AXVM_LINUX_ENOBUFS = 105, /**< No buffer space available */
	AXVM_LINUX_EISCONN = 106, /**< Transport endpoint is already connected */
	AXVM_LINUX_ENOTCONN = 107, /**< Transport endpoint is not connected */
	AXVM_LINUX_ESHUTDOWN = 108, /**< Cannot send after transport endpoint shutdown */
	AXVM_LINUX_ETOOMANYREFS = 109, /**< Too many references: cannot splice */
	AXVM_LINUX_ETIMEDOUT = 110, /**< Connection timed out */
	AXVM_LINUX_ECONNREFUSED = 111, /**< Connection refused */
	AXVM_LINUX_EHOSTDOWN = 112, /**< Host is down */
	AXVM_LINUX_EHOSTUNREACH = 113, /**< No route to host */
	AXVM_LINUX_EALREADY = 114, /**< Operation already in progress */
	AXVM_LINUX_EINPROGRESS = 115, /**< Operation now in progress */
	AXVM_LINUX_ESTALE = 116, /**< Stale file handle */
	AXVM_LINUX_EUCLEAN = 117, /**< Structure needs cleaning */
	AXVM_LINUX_ENOTNAM = 118, /**< Not a XENIX named type file */
	AXVM_LINUX_ENAVAIL = 119, /**< No XENIX semaphores available */
	AXVM_LINUX_EISNAM = 120, /**< Is a named type file */
	AXVM_LINUX_EREMOTEIO = 121, /**< Remote I/O error */
	AXVM_LINUX_EDQUOT = 122, /**< Quota exceeded */
	AXVM_LINUX_ENOMEDIUM = 123, /**< No medium found */
	AXVM_LINUX_EMEDIUMTYPE = 124, /**< Wrong medium type */
	AXVM_LINUX_ECANCELED = 125, /**< Operation Canceled */
	AXVM_LINUX_ENOKEY = 126, /**< Required key not available */
	AXVM_LINUX_EKEYEXPIRED = 127, /**< Key has expired */
	AXVM_LINUX_EKEYREVOKED = 128, /**< Key has been revoked */
	AXVM_LINUX_EKEYREJECTED = 129, /**< Key was rejected by service */
	AXVM_LINUX_EOWNERDEAD = 130, /**< Owner died */
	AXVM_LINUX_ENOTRECOVERABLE = 131, /**< State not recoverable */
	AXVM_LINUX_ERFKILL = 132, /**< Operation not possible due to RF-kill */
	AXVM_LINUX_EHWPOISON = 133 /**< Memory page has hardware error */
};

/**
 * @brief Check whether a code is an error that this version knows.
 * @param code Code.
 * @return true for a kind and for minus a Linux error number; false for 0.
 *
 * Model: TryFrom<i32> for AxError.
 */
bool axvm_error_is_valid(int32_t code);

/**
 * @brief The name of a code.
 * @param e Code.
 * @return A string with static lifetime: `AddrInUse` for a kind, `EPERM` for minus
 *         a Linux error number, `Ok` for 0, else `Unknown`.
 *
 * Model: the names of the variants of AxErrorKind and LinuxError.
 */
const char *axvm_error_name(axvm_error e);

/**
 * @brief What a code means, for people.
 * @param e Code.
 * @return A string with static lifetime, `Success` for 0, `Unknown error` for an
 *         invalid code.
 *
 * Model: Display of AxErrorKind and of LinuxError.
 */
const char *axvm_error_message(axvm_error e);

/**
 * @brief Turn minus a Linux error number into the kind it stands for.
 * @param e Code.
 * @return The kind; 0, kinds, Linux error numbers without a kind and invalid codes
 *         come back unchanged.
 *
 * Model: AxError::canonicalize.
 */
axvm_error axvm_error_canonicalize(axvm_error e);

/**
 * @brief The Linux error number of a code.
 * @param e Code.
 * @return The number, positive (AXVM_LINUX_*); 0 for 0, -1 for an invalid code.
 *
 * Model: From<AxErrorKind> and From<AxError> for LinuxError.
 */
int32_t axvm_error_to_linux(axvm_error e);

/**
 * @brief Turn a Linux error number into a code.
 * @param errnum Number, positive (AXVM_LINUX_*).
 * @param[out] out Receives minus the number; untouched on failure.
 * @return false when @p errnum is none of the 131 numbers.
 *
 * Model: TryFrom<i32> for LinuxError, From<LinuxError> for AxError.
 */
AXVM_MUST_CHECK bool axvm_error_from_linux(int32_t errnum, axvm_error *out);

/**
 * @brief Turn an error number of this host, as `errno` has it, into a code.
 *
 * The host's numbers differ from AXVM_LINUX_* on MIPS, SPARC, Alpha and PA-RISC, and on systems
 * other than Linux: this goes by their names. A second name that has a number of its own there
 * is the first one: EDEADLOCK is EDEADLK, EWOULDBLOCK is EAGAIN, ENOTSUP is EOPNOTSUPP.
 *
 * @param errnum Number of the host, as from `errno`.
 * @param fallback What to return for a number that has no code, 0 included.
 * @return Minus AXVM_LINUX_* of that name, or @p fallback.
 *
 * Not in axvm-types.
 */
axvm_error axvm_error_from_errno(int errnum, axvm_error fallback);

/**
 * @brief The kind of a code.
 * @param e Code.
 * @param[out] out Receives the kind, 1 to 46; untouched on failure.
 * @return false for 0, invalid codes and Linux error numbers without a kind.
 *
 * Model: TryFrom<LinuxError> and TryFrom<AxError> for AxErrorKind.
 */
AXVM_MUST_CHECK bool axvm_error_to_kind(axvm_error e, axvm_error *out);

/** Size of a buffer for every text that axvm_error_format() writes, with its NUL. */
#define AXVM_ERROR_TEXT_SIZE 35

/**
 * @brief Write a code as text.
 *
 * `AxErrorKind::AddrInUse`, `LinuxError::EPERM`, `Ok` for 0, and `Unknown(CODE)`
 * with the decimal number for an invalid code.
 *
 * @param e Code.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Model: Debug of AxError.
 */
int axvm_error_format(axvm_error e, char *buf, size_t size);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
