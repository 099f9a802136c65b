/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target over files, without a fuzzer: make check replays the seeds by it. */
#include "fuzz.h"

int main(int argc, char **argv)
{
	static uint8_t data[65536];

	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "rb");
		size_t size;
		uint8_t *exact;

		if (!file) {
			perror(argv[i]);
			return 1;
		}
		size = fread(data, 1, sizeof(data), file);
		fclose(file);
		exact = malloc(size + 1);
		CHECK(exact != NULL);
		memcpy(exact, data, size);
		LLVMFuzzerTestOneInput(exact, size);
		free(exact);
	}
	printf("%d inputs\n", argc - 1);
	return 0;
}
