/* SPDX-License-Identifier: Apache-2.0 */
#include "proof_text.h"
#include "writer.h"

/*
 * What every formatter writes with, which is init, any number of these, and end. They are
 * proved for a buffer of every size up to BLOCK and for every length that a text could
 * have by then. So whatever a formatter writes, buffers of every size get the same text up
 * to where they end: the formatters' own proofs need one buffer, which holds it all.
 */
#define BLOCK 20

static char block[BLOCK], before[BLOCK];

/* Text behind a text of some length, in a buffer of some size. */
static struct axvm_writer nondet_writer(void)
{
	struct axvm_writer w = { block, nondet_size(), nondet_uint64() };

	/* Only a text of half the address space could get there. */
	ASSUME(w.length <= UINT64_MAX / 2);
	ASSUME(w.size <= BLOCK);
	for (size_t i = 0; i < BLOCK; i++)
		block[i] = before[i] = nondet_char();
	return w;
}

/* These bytes were counted, those that fit stand there, and no other changed. */
static void has_written(const struct axvm_writer *w, const struct axvm_writer *was,
			const char *bytes, size_t count)
{
	size_t i = nondet_size();
	uint64_t behind = i - was->length;

	PROVE(w->buf == was->buf && w->size == was->size);
	PROVE(w->length == was->length + count);
	ASSUME(i < BLOCK);
	if (i >= was->length && behind < count && i + 1 < was->size)
		PROVE(block[i] == bytes[behind]);
	else
		PROVE(block[i] == before[i]);
	REACHED(was->size == 0);
	REACHED(was->length >= was->size);
	REACHED(was->length + count == was->size);
	REACHED(was->length + count < was->size);
}

void prove_axvm_writer_bytes(void)
{
	char bytes[BLOCK];
	size_t count = nondet_size();
	struct axvm_writer w = nondet_writer(), was = w;

	for (size_t i = 0; i < BLOCK; i++)
		bytes[i] = nondet_char();
	ASSUME(count <= BLOCK);
	axvm_writer_bytes(&w, bytes, count);
	has_written(&w, &was, bytes, count);
}

/* Up to 5 characters. */
void prove_axvm_writer_str(void)
{
	char text[6];
	size_t count = nondet_size();
	struct axvm_writer w = nondet_writer(), was = w;

	ASSUME(count < sizeof(text));
	for (size_t i = 0; i < sizeof(text); i++) {
		text[i] = nondet_char();
		ASSUME((i == count) == (text[i] == '\0') || i > count);
	}
	axvm_writer_str(&w, text);
	has_written(&w, &was, text, count);
}

/* How a character is written between quotes, and in how many bytes. */
static size_t quote(char out[4], unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char letter = c == '"' || c == '\\' ? (char)c
		      : c == 7		    ? 'a'
		      : c == 8		    ? 'b'
		      : c == 9		    ? 't'
		      : c == 10		    ? 'n'
		      : c == 11		    ? 'v'
		      : c == 12		    ? 'f'
		      : c == 13		    ? 'r'
					    : '\0';

	if (letter != '\0') {
		out[0] = '\\';
		out[1] = letter;
		return 2;
	}
	if (c >= 32 && c != 127) {
		out[0] = (char)c;
		return 1;
	}
	out[0] = '\\';
	out[1] = 'x';
	out[2] = hex[c / 16];
	out[3] = hex[c % 16];
	return 4;
}

/*
 * Characters of any kind; how many of them is constant to CBMC. It writes with axvm_writer_bytes()
 * alone, so one buffer will do, which holds it all.
 */
static void write_quoted(size_t length)
{
	char text[3], bytes[2 + 4 * 2];
	size_t count = 1, i = nondet_size();
	struct axvm_writer w;

	bytes[0] = '"';
	for (size_t k = 0; k < length; k++) {
		text[k] = nondet_char();
		ASSUME(text[k] != '\0');
		count += quote(bytes + count, (unsigned char)text[k]);
	}
	text[length] = '\0';
	bytes[count++] = '"';
	axvm_writer_init(&w, block, sizeof(block));
	axvm_writer_quoted(&w, text);
	PROVE(w.buf == block && w.size == sizeof(block) && w.length == count);
	ASSUME(i < count);
	PROVE(block[i] == bytes[i]);
	REACHED(count == 2 + 4 * length);
	REACHED(count == 2 + length);
}

void prove_axvm_writer_quoted(void)
{
	write_quoted(1);
}

void prove_axvm_writer_quoted_two(void)
{
	write_quoted(2);
}

void prove_axvm_writer_quoted_empty(void)
{
	write_quoted(0);
}

/* A digit of a hexadecimal number from the left, and how many there are. */
static char hex_digit(uint64_t n, size_t i, const char *digits)
{
	return digits[n >> 4 * i & 0xf];
}

static size_t hex_count(uint64_t n)
{
	size_t count = 1;

	while (count < 16 && n >> 4 * count != 0)
		count++;
	return count;
}

/* As has_written(), of the text of a number, whose bytes take too long to make. */
static void has_written_hex(const struct axvm_writer *w, const struct axvm_writer *was, uint64_t n,
			    const char *digits)
{
	size_t i = nondet_size(), count = hex_count(n);
	uint64_t behind = i - was->length;

	PROVE(w->buf == was->buf && w->size == was->size);
	PROVE(w->length == was->length + 2 + count);
	ASSUME(i < BLOCK);
	if (i < was->length || behind >= 2 + count || i + 1 >= was->size)
		PROVE(block[i] == before[i]);
	else if (behind < 2)
		PROVE(block[i] == "0x"[behind]);
	else
		PROVE(block[i] == hex_digit(n, count + 1 - (size_t)behind, digits));
	REACHED(was->length + 2 + count == was->size);
	REACHED(was->length + 2 + count < was->size);
}

void prove_axvm_writer_hex(void)
{
	uint64_t n = nondet_uint64();
	struct axvm_writer w = nondet_writer(), was = w;

	axvm_writer_hex(&w, n);
	has_written_hex(&w, &was, n, "0123456789abcdef");
}

void prove_axvm_writer_hex_upper(void)
{
	uint64_t n = nondet_uint64();
	struct axvm_writer w = nondet_writer(), was = w;

	axvm_writer_hex_upper(&w, n);
	has_written_hex(&w, &was, n, "0123456789ABCDEF");
}

/* Below 10000, as the solver is slow at division. */
void prove_axvm_writer_uint(void)
{
	uint64_t n = nondet_uint64();
	char text[4] = { (char)('0' + n / 1000 % 10), (char)('0' + n / 100 % 10),
			 (char)('0' + n / 10 % 10), (char)('0' + n % 10) };
	size_t count = n >= 1000 ? 4 : n >= 100 ? 3 : n >= 10 ? 2 : 1;
	struct axvm_writer w = nondet_writer(), was = w;

	ASSUME(n < 10000);
	axvm_writer_uint(&w, n);
	has_written(&w, &was, text + sizeof(text) - count, count);
}

/* A NUL behind the text, or in the last byte of what holds less. */
void prove_axvm_writer_end(void)
{
	struct axvm_writer w = nondet_writer();
	size_t i = nondet_size();
	size_t end = w.length < w.size ? (size_t)w.length : w.size - 1;

	PROVE(axvm_writer_end(&w) == (w.length > INT_MAX ? -1 : (int)w.length));
	ASSUME(i < BLOCK);
	PROVE(block[i] == (w.size != 0 && i == end ? '\0' : before[i]));
	REACHED(w.size == 0);
	REACHED(w.length > INT_MAX);
	REACHED(w.length == w.size);
	REACHED(w.length < w.size);
}
