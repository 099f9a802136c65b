/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/error.h>

#include "export.h"
#include "names.h"
#include "writer.h"

/*
 * Text is in the tables itself: pointers would need a relocation each in
 * every process that loads the library.
 */
struct kind {
	char name[24];
	char message[40];
	uint8_t linux_error;
};

struct linux_error {
	char name[16];
	char message[56];
	uint8_t kind; /* 0 for none */
};

/* clang-format off */
#define KINDS(KIND) \
	KIND(AXVM_ERROR_ADDR_IN_USE, "AddrInUse", "Address in use", AXVM_LINUX_EADDRINUSE) \
	KIND(AXVM_ERROR_ALREADY_CONNECTED, "AlreadyConnected", "Already connected", AXVM_LINUX_EISCONN) \
	KIND(AXVM_ERROR_ALREADY_EXISTS, "AlreadyExists", "Entity already exists", AXVM_LINUX_EEXIST) \
	KIND(AXVM_ERROR_ARGUMENT_LIST_TOO_LONG, "ArgumentListTooLong", "Argument list too long", AXVM_LINUX_E2BIG) \
	KIND(AXVM_ERROR_BAD_ADDRESS, "BadAddress", "Bad address", AXVM_LINUX_EFAULT) \
	KIND(AXVM_ERROR_BAD_FILE_DESCRIPTOR, "BadFileDescriptor", "Bad file descriptor", AXVM_LINUX_EBADF) \
	KIND(AXVM_ERROR_BAD_STATE, "BadState", "Bad internal state", AXVM_LINUX_EFAULT) \
	KIND(AXVM_ERROR_BROKEN_PIPE, "BrokenPipe", "Broken pipe", AXVM_LINUX_EPIPE) \
	KIND(AXVM_ERROR_CONNECTION_REFUSED, "ConnectionRefused", "Connection refused", AXVM_LINUX_ECONNREFUSED) \
	KIND(AXVM_ERROR_CONNECTION_RESET, "ConnectionReset", "Connection reset", AXVM_LINUX_ECONNRESET) \
	KIND(AXVM_ERROR_CROSSES_DEVICES, "CrossesDevices", "Cross-device link or rename", AXVM_LINUX_EXDEV) \
	KIND(AXVM_ERROR_DIRECTORY_NOT_EMPTY, "DirectoryNotEmpty", "Directory not empty", AXVM_LINUX_ENOTEMPTY) \
	KIND(AXVM_ERROR_FILESYSTEM_LOOP, "FilesystemLoop", "Filesystem loop or indirection limit", AXVM_LINUX_ELOOP) \
	KIND(AXVM_ERROR_ILLEGAL_BYTES, "IllegalBytes", "Illegal byte sequence", AXVM_LINUX_EILSEQ) \
	KIND(AXVM_ERROR_IN_PROGRESS, "InProgress", "Operation in progress", AXVM_LINUX_EINPROGRESS) \
	KIND(AXVM_ERROR_INTERRUPTED, "Interrupted", "Operation interrupted", AXVM_LINUX_EINTR) \
	KIND(AXVM_ERROR_INVALID_DATA, "InvalidData", "Invalid data", AXVM_LINUX_EINVAL) \
	KIND(AXVM_ERROR_INVALID_EXECUTABLE, "InvalidExecutable", "Invalid executable format", AXVM_LINUX_ENOEXEC) \
	KIND(AXVM_ERROR_INVALID_INPUT, "InvalidInput", "Invalid input parameter", AXVM_LINUX_EINVAL) \
	KIND(AXVM_ERROR_IO, "Io", "I/O error", AXVM_LINUX_EIO) \
	KIND(AXVM_ERROR_IS_A_DIRECTORY, "IsADirectory", "Is a directory", AXVM_LINUX_EISDIR) \
	KIND(AXVM_ERROR_NAME_TOO_LONG, "NameTooLong", "Filename too long", AXVM_LINUX_ENAMETOOLONG) \
	KIND(AXVM_ERROR_NO_MEMORY, "NoMemory", "Out of memory", AXVM_LINUX_ENOMEM) \
	KIND(AXVM_ERROR_NO_SUCH_DEVICE, "NoSuchDevice", "No such device", AXVM_LINUX_ENODEV) \
	KIND(AXVM_ERROR_NO_SUCH_DEVICE_OR_ADDRESS, "NoSuchDeviceOrAddress", "No such device or address", AXVM_LINUX_ENXIO) \
	KIND(AXVM_ERROR_NO_SUCH_PROCESS, "NoSuchProcess", "No such process", AXVM_LINUX_ESRCH) \
	KIND(AXVM_ERROR_NOT_A_DIRECTORY, "NotADirectory", "Not a directory", AXVM_LINUX_ENOTDIR) \
	KIND(AXVM_ERROR_NOT_A_SOCKET, "NotASocket", "Not a socket", AXVM_LINUX_ENOTSOCK) \
	KIND(AXVM_ERROR_NOT_A_TTY, "NotATty", "Inappropriate ioctl for device", AXVM_LINUX_ENOTTY) \
	KIND(AXVM_ERROR_NOT_CONNECTED, "NotConnected", "Not connected", AXVM_LINUX_ENOTCONN) \
	KIND(AXVM_ERROR_NOT_FOUND, "NotFound", "Entity not found", AXVM_LINUX_ENOENT) \
	KIND(AXVM_ERROR_OPERATION_NOT_PERMITTED, "OperationNotPermitted", "Operation not permitted", AXVM_LINUX_EPERM) \
	KIND(AXVM_ERROR_OPERATION_NOT_SUPPORTED, "OperationNotSupported", "Operation not supported", AXVM_LINUX_EOPNOTSUPP) \
	KIND(AXVM_ERROR_OUT_OF_RANGE, "OutOfRange", "Result out of range", AXVM_LINUX_ERANGE) \
	KIND(AXVM_ERROR_PERMISSION_DENIED, "PermissionDenied", "Permission denied", AXVM_LINUX_EACCES) \
	KIND(AXVM_ERROR_READ_ONLY_FILESYSTEM, "ReadOnlyFilesystem", "Read-only filesystem", AXVM_LINUX_EROFS) \
	KIND(AXVM_ERROR_RESOURCE_BUSY, "ResourceBusy", "Resource busy", AXVM_LINUX_EBUSY) \
	KIND(AXVM_ERROR_STORAGE_FULL, "StorageFull", "No storage space", AXVM_LINUX_ENOSPC) \
	KIND(AXVM_ERROR_TIMED_OUT, "TimedOut", "Timed out", AXVM_LINUX_ETIMEDOUT) \
	KIND(AXVM_ERROR_TOO_MANY_OPEN_FILES, "TooManyOpenFiles", "Too many open files", AXVM_LINUX_EMFILE) \
	KIND(AXVM_ERROR_UNEXPECTED_EOF, "UnexpectedEof", "Unexpected end of file", AXVM_LINUX_EIO) \
	KIND(AXVM_ERROR_UNSUPPORTED, "Unsupported", "Operation not supported", AXVM_LINUX_ENOSYS) \
	KIND(AXVM_ERROR_WOULD_BLOCK, "WouldBlock", "Operation would block", AXVM_LINUX_EAGAIN) \
	KIND(AXVM_ERROR_DEST_ADDR_REQUIRED, "DestAddrRequired", "Destination address required", AXVM_LINUX_EDESTADDRREQ) \
	KIND(AXVM_ERROR_MESSAGE_TOO_LONG, "MessageTooLong", "Message too long", AXVM_LINUX_EMSGSIZE) \
	KIND(AXVM_ERROR_WRITE_ZERO, "WriteZero", "Write zero", AXVM_LINUX_EIO)

#define ROW(kind, name, message, linux_error) [kind] = { name, message, linux_error },
static const struct kind kinds[] = { KINDS(ROW) };

#define CASE(kind, ...) case kind:
AXVM_NAMES_EVERY(axvm_error, case AXVM_OK: KINDS(CASE))

static const struct linux_error linux_errors[] = {
	/* Numbers without an error have no name. */
	[0] = { "", "Success", 0 },
	[41] = { "", "Unknown error", 0 },
	[58] = { "", "Unknown error", 0 },
	[AXVM_LINUX_EPERM] = { "EPERM", "Operation not permitted", AXVM_ERROR_OPERATION_NOT_PERMITTED },
	[AXVM_LINUX_ENOENT] = { "ENOENT", "No such file or directory", AXVM_ERROR_NOT_FOUND },
	[AXVM_LINUX_ESRCH] = { "ESRCH", "No such process", AXVM_ERROR_NO_SUCH_PROCESS },
	[AXVM_LINUX_EINTR] = { "EINTR", "Interrupted system call", AXVM_ERROR_INTERRUPTED },
	[AXVM_LINUX_EIO] = { "EIO", "I/O error", AXVM_ERROR_IO },
	[AXVM_LINUX_ENXIO] = { "ENXIO", "No such device or address", AXVM_ERROR_NO_SUCH_DEVICE_OR_ADDRESS },
	[AXVM_LINUX_E2BIG] = { "E2BIG", "Argument list too long", AXVM_ERROR_ARGUMENT_LIST_TOO_LONG },
	[AXVM_LINUX_ENOEXEC] = { "ENOEXEC", "Exec format error", AXVM_ERROR_INVALID_EXECUTABLE },
	[AXVM_LINUX_EBADF] = { "EBADF", "Bad file number", AXVM_ERROR_BAD_FILE_DESCRIPTOR },
	[AXVM_LINUX_ECHILD] = { "ECHILD", "No child processes", 0 },
	[AXVM_LINUX_EAGAIN] = { "EAGAIN", "Try again", AXVM_ERROR_WOULD_BLOCK },
	[AXVM_LINUX_ENOMEM] = { "ENOMEM", "Out of memory", AXVM_ERROR_NO_MEMORY },
	[AXVM_LINUX_EACCES] = { "EACCES", "Permission denied", AXVM_ERROR_PERMISSION_DENIED },
	[AXVM_LINUX_EFAULT] = { "EFAULT", "Bad address", AXVM_ERROR_BAD_ADDRESS },
	[AXVM_LINUX_ENOTBLK] = { "ENOTBLK", "Block device required", 0 },
	[AXVM_LINUX_EBUSY] = { "EBUSY", "Device or resource busy", AXVM_ERROR_RESOURCE_BUSY },
	[AXVM_LINUX_EEXIST] = { "EEXIST", "File exists", AXVM_ERROR_ALREADY_EXISTS },
	[AXVM_LINUX_EXDEV] = { "EXDEV", "Cross-device link", AXVM_ERROR_CROSSES_DEVICES },
	[AXVM_LINUX_ENODEV] = { "ENODEV", "No such device", AXVM_ERROR_NO_SUCH_DEVICE },
	[AXVM_LINUX_ENOTDIR] = { "ENOTDIR", "Not a directory", AXVM_ERROR_NOT_A_DIRECTORY },
	[AXVM_LINUX_EISDIR] = { "EISDIR", "Is a directory", AXVM_ERROR_IS_A_DIRECTORY },
	[AXVM_LINUX_EINVAL] = { "EINVAL", "Invalid argument", AXVM_ERROR_INVALID_INPUT },
	[AXVM_LINUX_ENFILE] = { "ENFILE", "File table overflow", 0 },
	[AXVM_LINUX_EMFILE] = { "EMFILE", "Too many open files", AXVM_ERROR_TOO_MANY_OPEN_FILES },
	[AXVM_LINUX_ENOTTY] = { "ENOTTY", "Not a typewriter", AXVM_ERROR_NOT_A_TTY },
	[AXVM_LINUX_ETXTBSY] = { "ETXTBSY", "Text file busy", 0 },
	[AXVM_LINUX_EFBIG] = { "EFBIG", "File too large", 0 },
	[AXVM_LINUX_ENOSPC] = { "ENOSPC", "No space left on device", AXVM_ERROR_STORAGE_FULL },
	[AXVM_LINUX_ESPIPE] = { "ESPIPE", "Illegal seek", 0 },
	[AXVM_LINUX_EROFS] = { "EROFS", "Read-only file system", AXVM_ERROR_READ_ONLY_FILESYSTEM },
	[AXVM_LINUX_EMLINK] = { "EMLINK", "Too many links", 0 },
	[AXVM_LINUX_EPIPE] = { "EPIPE", "Broken pipe", AXVM_ERROR_BROKEN_PIPE },
	[AXVM_LINUX_EDOM] = { "EDOM", "Math argument out of domain of func", 0 },
	[AXVM_LINUX_ERANGE] = { "ERANGE", "Math result not representable", AXVM_ERROR_OUT_OF_RANGE },
	[AXVM_LINUX_EDEADLK] = { "EDEADLK", "Resource deadlock would occur", 0 },
	[AXVM_LINUX_ENAMETOOLONG] = { "ENAMETOOLONG", "File name too long", AXVM_ERROR_NAME_TOO_LONG },
	[AXVM_LINUX_ENOLCK] = { "ENOLCK", "No record locks available", 0 },
	[AXVM_LINUX_ENOSYS] = { "ENOSYS", "Invalid system call number", AXVM_ERROR_UNSUPPORTED },
	[AXVM_LINUX_ENOTEMPTY] = { "ENOTEMPTY", "Directory not empty", AXVM_ERROR_DIRECTORY_NOT_EMPTY },
	[AXVM_LINUX_ELOOP] = { "ELOOP", "Too many symbolic links encountered", AXVM_ERROR_FILESYSTEM_LOOP },
	[AXVM_LINUX_ENOMSG] = { "ENOMSG", "No message of desired type", 0 },
	[AXVM_LINUX_EIDRM] = { "EIDRM", "Identifier removed", 0 },
	[AXVM_LINUX_ECHRNG] = { "ECHRNG", "Channel number out of range", 0 },
	[AXVM_LINUX_EL2NSYNC] = { "EL2NSYNC", "Level 2 not synchronized", 0 },
	[AXVM_LINUX_EL3HLT] = { "EL3HLT", "Level 3 halted", 0 },
	[AXVM_LINUX_EL3RST] = { "EL3RST", "Level 3 reset", 0 },
	[AXVM_LINUX_ELNRNG] = { "ELNRNG", "Link number out of range", 0 },
	[AXVM_LINUX_EUNATCH] = { "EUNATCH", "Protocol driver not attached", 0 },
	[AXVM_LINUX_ENOCSI] = { "ENOCSI", "No CSI structure available", 0 },
	[AXVM_LINUX_EL2HLT] = { "EL2HLT", "Level 2 halted", 0 },
	[AXVM_LINUX_EBADE] = { "EBADE", "Invalid exchange", 0 },
	[AXVM_LINUX_EBADR] = { "EBADR", "Invalid request descriptor", 0 },
	[AXVM_LINUX_EXFULL] = { "EXFULL", "Exchange full", 0 },
	[AXVM_LINUX_ENOANO] = { "ENOANO", "No anode", 0 },
	[AXVM_LINUX_EBADRQC] = { "EBADRQC", "Invalid request code", 0 },
	[AXVM_LINUX_EBADSLT] = { "EBADSLT", "Invalid slot", 0 },
	[AXVM_LINUX_EBFONT] = { "EBFONT", "Bad font file format", 0 },
	[AXVM_LINUX_ENOSTR] = { "ENOSTR", "Device not a stream", 0 },
	[AXVM_LINUX_ENODATA] = { "ENODATA", "No data available", 0 },
	[AXVM_LINUX_ETIME] = { "ETIME", "Timer expired", 0 },
	[AXVM_LINUX_ENOSR] = { "ENOSR", "Out of streams resources", 0 },
	[AXVM_LINUX_ENONET] = { "ENONET", "Machine is not on the network", 0 },
	[AXVM_LINUX_ENOPKG] = { "ENOPKG", "Package not installed", 0 },
	[AXVM_LINUX_EREMOTE] = { "EREMOTE", "Object is remote", 0 },
	[AXVM_LINUX_ENOLINK] = { "ENOLINK", "Link has been severed", 0 },
	[AXVM_LINUX_EADV] = { "EADV", "Advertise error", 0 },
	[AXVM_LINUX_ESRMNT] = { "ESRMNT", "Srmount error", 0 },
	[AXVM_LINUX_ECOMM] = { "ECOMM", "Communication error on send", 0 },
	[AXVM_LINUX_EPROTO] = { "EPROTO", "Protocol error", 0 },
	[AXVM_LINUX_EMULTIHOP] = { "EMULTIHOP", "Multihop attempted", 0 },
	[AXVM_LINUX_EDOTDOT] = { "EDOTDOT", "RFS specific error", 0 },
	[AXVM_LINUX_EBADMSG] = { "EBADMSG", "Not a data message", 0 },
	[AXVM_LINUX_EOVERFLOW] = { "EOVERFLOW", "Value too large for defined data type", 0 },
	[AXVM_LINUX_ENOTUNIQ] = { "ENOTUNIQ", "Name not unique on network", 0 },
	[AXVM_LINUX_EBADFD] = { "EBADFD", "File descriptor in bad state", 0 },
	[AXVM_LINUX_EREMCHG] = { "EREMCHG", "Remote address changed", 0 },
	[AXVM_LINUX_ELIBACC] = { "ELIBACC", "Can not access a needed shared library", 0 },
	[AXVM_LINUX_ELIBBAD] = { "ELIBBAD", "Accessing a corrupted shared library", 0 },
	[AXVM_LINUX_ELIBSCN] = { "ELIBSCN", ".lib section in a.out corrupted", 0 },
	[AXVM_LINUX_ELIBMAX] = { "ELIBMAX", "Attempting to link in too many shared libraries", 0 },
	[AXVM_LINUX_ELIBEXEC] = { "ELIBEXEC", "Cannot exec a shared library directly", 0 },
	[AXVM_LINUX_EILSEQ] = { "EILSEQ", "Illegal byte sequence", AXVM_ERROR_ILLEGAL_BYTES },
	[AXVM_LINUX_ERESTART] = { "ERESTART", "Interrupted system call should be restarted", 0 },
	[AXVM_LINUX_ESTRPIPE] = { "ESTRPIPE", "Streams pipe error", 0 },
	[AXVM_LINUX_EUSERS] = { "EUSERS", "Too many users", 0 },
	[AXVM_LINUX_ENOTSOCK] = { "ENOTSOCK", "Socket operation on non-socket", AXVM_ERROR_NOT_A_SOCKET },
	[AXVM_LINUX_EDESTADDRREQ] = { "EDESTADDRREQ", "Destination address required", AXVM_ERROR_DEST_ADDR_REQUIRED },
	[AXVM_LINUX_EMSGSIZE] = { "EMSGSIZE", "Message too long", AXVM_ERROR_MESSAGE_TOO_LONG },
	[AXVM_LINUX_EPROTOTYPE] = { "EPROTOTYPE", "Protocol wrong type for socket", 0 },
	[AXVM_LINUX_ENOPROTOOPT] = { "ENOPROTOOPT", "Protocol not available", 0 },
	[AXVM_LINUX_EPROTONOSUPPORT] = { "EPROTONOSUPPORT", "Protocol not supported", 0 },
	[AXVM_LINUX_ESOCKTNOSUPPORT] = { "ESOCKTNOSUPPORT", "Socket type not supported", 0 },
	[AXVM_LINUX_EOPNOTSUPP] = { "EOPNOTSUPP", "Operation not supported on transport endpoint", AXVM_ERROR_OPERATION_NOT_SUPPORTED },
	[AXVM_LINUX_EPFNOSUPPORT] = { "EPFNOSUPPORT", "Protocol family not supported", 0 },
	[AXVM_LINUX_EAFNOSUPPORT] = { "EAFNOSUPPORT", "Address family not supported by protocol", 0 },
	[AXVM_LINUX_EADDRINUSE] = { "EADDRINUSE", "Address already in use", AXVM_ERROR_ADDR_IN_USE },
	[AXVM_LINUX_EADDRNOTAVAIL] = { "EADDRNOTAVAIL", "Cannot assign requested address", 0 },
	[AXVM_LINUX_ENETDOWN] = { "ENETDOWN", "Network is down", 0 },
	[AXVM_LINUX_ENETUNREACH] = { "ENETUNREACH", "Network is unreachable", 0 },
	[AXVM_LINUX_ENETRESET] = { "ENETRESET", "Network dropped connection because of reset", 0 },
	[AXVM_LINUX_ECONNABORTED] = { "ECONNABORTED", "Software caused connection abort", 0 },
	[AXVM_LINUX_ECONNRESET] = { "ECONNRESET", "Connection reset by peer", AXVM_ERROR_CONNECTION_RESET },
	[AXVM_LINUX_ENOBUFS] = { "ENOBUFS", "No buffer space available", 0 },
	[AXVM_LINUX_EISCONN] = { "EISCONN", "Transport endpoint is already connected", AXVM_ERROR_ALREADY_CONNECTED },
	[AXVM_LINUX_ENOTCONN] = { "ENOTCONN", "Transport endpoint is not connected", AXVM_ERROR_NOT_CONNECTED },
	[AXVM_LINUX_ESHUTDOWN] = { "ESHUTDOWN", "Cannot send after transport endpoint shutdown", 0 },
	[AXVM_LINUX_ETOOMANYREFS] = { "ETOOMANYREFS", "Too many references: cannot splice", 0 },
	[AXVM_LINUX_ETIMEDOUT] = { "ETIMEDOUT", "Connection timed out", AXVM_ERROR_TIMED_OUT },
	[AXVM_LINUX_ECONNREFUSED] = { "ECONNREFUSED", "Connection refused", AXVM_ERROR_CONNECTION_REFUSED },
	[AXVM_LINUX_EHOSTDOWN] = { "EHOSTDOWN", "Host is down", 0 },
	[AXVM_LINUX_EHOSTUNREACH] = { "EHOSTUNREACH", "No route to host", 0 },
	[AXVM_LINUX_EALREADY] = { "EALREADY", "Operation already in progress", 0 },
	[AXVM_LINUX_EINPROGRESS] = { "EINPROGRESS", "Operation now in progress", AXVM_ERROR_IN_PROGRESS },
	[AXVM_LINUX_ESTALE] = { "ESTALE", "Stale file handle", 0 },
	[AXVM_LINUX_EUCLEAN] = { "EUCLEAN", "Structure needs cleaning", 0 },
	[AXVM_LINUX_ENOTNAM] = { "ENOTNAM", "Not a XENIX named type file", 0 },
	[AXVM_LINUX_ENAVAIL] = { "ENAVAIL", "No XENIX semaphores available", 0 },
	[AXVM_LINUX_EISNAM] = { "EISNAM", "Is a named type file", 0 },
	[AXVM_LINUX_EREMOTEIO] = { "EREMOTEIO", "Remote I/O error", 0 },
	[AXVM_LINUX_EDQUOT] = { "EDQUOT", "Quota exceeded", 0 },
	[AXVM_LINUX_ENOMEDIUM] = { "ENOMEDIUM", "No medium found", 0 },
	[AXVM_LINUX_EMEDIUMTYPE] = { "EMEDIUMTYPE", "Wrong medium type", 0 },
	[AXVM_LINUX_ECANCELED] = { "ECANCELED", "Operation Canceled", 0 },
	[AXVM_LINUX_ENOKEY] = { "ENOKEY", "Required key not available", 0 },
	[AXVM_LINUX_EKEYEXPIRED] = { "EKEYEXPIRED", "Key has expired", 0 },
	[AXVM_LINUX_EKEYREVOKED] = { "EKEYREVOKED", "Key has been revoked", 0 },
	[AXVM_LINUX_EKEYREJECTED] = { "EKEYREJECTED", "Key was rejected by service", 0 },
	[AXVM_LINUX_EOWNERDEAD] = { "EOWNERDEAD", "Owner died", 0 },
	[AXVM_LINUX_ENOTRECOVERABLE] = { "ENOTRECOVERABLE", "State not recoverable", 0 },
	[AXVM_LINUX_ERFKILL] = { "ERFKILL", "Operation not possible due to RF-kill", 0 },
	[AXVM_LINUX_EHWPOISON] = { "EHWPOISON", "Memory page has hardware error", 0 },
};
/* clang-format on */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The row of a kind, or NULL. */
static const struct kind *find_kind(int32_t code)
{
	return code > AXVM_OK && (uint32_t)code < COUNT(kinds) ? &kinds[code] : NULL;
}

/* The row of a Linux error number, or NULL; the table has rows without one. */
static const struct linux_error *find_linux_error(uint32_t errnum)
{
	if (errnum >= COUNT(linux_errors) || linux_errors[errnum].name[0] == '\0')
		return NULL;
	return &linux_errors[errnum];
}

/* The row of minus a Linux error number, or NULL. */
static const struct linux_error *find_negated_linux_error(int32_t code)
{
	/* Unsigned, as INT32_MIN has no negation; codes above 0 become too great. */
	return find_linux_error(0 - (uint32_t)code);
}

AXVM_EXPORT bool axvm_error_is_valid(int32_t code)
{
	return find_kind(code) != NULL || find_negated_linux_error(code) != NULL;
}

AXVM_EXPORT const char *axvm_error_name(axvm_error e)
{
	const struct kind *kind = find_kind(e);
	const struct linux_error *linux_error;

	if (kind)
		return kind->name;
	linux_error = find_negated_linux_error(e);
	if (linux_error)
		return linux_error->name;
	return e == AXVM_OK ? "Ok" : "Unknown";
}

AXVM_EXPORT const char *axvm_error_message(axvm_error e)
{
	uint32_t errnum = 0 - (uint32_t)e;
	const struct kind *kind = find_kind(e);

	if (errnum < COUNT(linux_errors))
		return linux_errors[errnum].message;
	return kind ? kind->message : "Unknown error";
}

AXVM_EXPORT axvm_error axvm_error_canonicalize(axvm_error e)
{
	const struct linux_error *linux_error = find_negated_linux_error(e);

	return linux_error && linux_error->kind ? linux_error->kind : e;
}

AXVM_EXPORT int32_t axvm_error_to_linux(axvm_error e)
{
	const struct kind *kind = find_kind(e);

	if (kind)
		return kind->linux_error;
	if (e == AXVM_OK)
		return 0;
	return find_negated_linux_error(e) ? -e : -1;
}

AXVM_EXPORT bool axvm_error_from_linux(int32_t errnum, axvm_error *out)
{
	if (!find_linux_error((uint32_t)errnum))
		return false;
	*out = -errnum;
	return true;
}

AXVM_EXPORT bool axvm_error_to_kind(axvm_error e, axvm_error *out)
{
	axvm_error kind = axvm_error_canonicalize(e);

	if (!find_kind(kind))
		return false;
	*out = kind;
	return true;
}

AXVM_EXPORT int axvm_error_format(axvm_error e, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	if (e == AXVM_OK) {
		axvm_writer_str(&w, "Ok");
	} else if (!axvm_error_is_valid(e)) {
		axvm_writer_str(&w, "Unknown(");
		axvm_writer_int(&w, e);
		axvm_writer_str(&w, ")");
	} else {
		axvm_writer_str(&w, e > 0 ? "AxErrorKind::" : "LinuxError::");
		axvm_writer_str(&w, axvm_error_name(e));
	}
	return axvm_writer_end(&w);
}
