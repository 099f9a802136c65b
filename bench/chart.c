/* SPDX-License-Identifier: Apache-2.0 */
/* The ratios as one SVG chart: a bar for each row, a mark where it was wanted. */
#include "bench.h"

#include <math.h>
#include <stdio.h>

#define LEFT 350 /* room for the names */
#define WIDTH 480
#define STEP 18 /* from row to row */
#define TOP 40
/* The axis is logarithmic: a fiftieth to ten times. */
#define LEAST 0.02
#define MOST 10.0

static double place(double ratio)
{
	double clipped = ratio < LEAST ? LEAST : ratio > MOST ? MOST : ratio;

	return LEFT + WIDTH * log(clipped / LEAST) / log(MOST / LEAST);
}

static void draw_axis(FILE *file, double bottom)
{
	static const double ticks[] = { 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10 };

	for (size_t i = 0; i < sizeof(ticks) / sizeof(ticks[0]); i++) {
		double x = place(ticks[i]);

		fprintf(file,
			"<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%.0f\" stroke=\"%s\"/>\n", x,
			TOP - 8, x, bottom, ticks[i] == 1 ? "#000" : "#ddd");
		fprintf(file, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%g</text>\n", x,
			TOP - 12, ticks[i]);
	}
}

static void draw_row(FILE *file, const struct bench_result *r, double y)
{
	fprintf(file, "<text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">%s%s%s / %s</text>\n",
		LEFT - 6, y + 12, r->row->work, r->row->form[0] ? ", " : "", r->row->form,
		r->row->peer);
	fprintf(file, "<rect x=\"%d\" y=\"%.0f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
		LEFT, y + 2, place(r->ratio) - LEFT, STEP - 5, bench_missed(r) ? "#c33" : "#48a");
	fprintf(file, "<text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">%.2f</text>\n",
		LEFT + WIDTH + 52, y + 12, r->ratio);
	if (r->row->wanted > 0)
		fprintf(file,
			"<line x1=\"%.1f\" y1=\"%.0f\" x2=\"%.1f\" y2=\"%.0f\" stroke=\"#000\" "
			"stroke-width=\"2\"/>\n",
			place(r->row->wanted), y, place(r->row->wanted), y + STEP - 2);
}

bool bench_chart(const char *path, const struct bench_result *results, size_t count)
{
	FILE *file = fopen(path, "w");
	double y = TOP;

	if (!file)
		return false;
	fprintf(file,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%zu\" "
		"font-family=\"sans-serif\" font-size=\"11\">\n"
		"<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n"
		"<text x=\"6\" y=\"14\">Time against the peer's (1 is the same, less is better); "
		"a black mark is what is wanted, red misses it.</text>\n",
		LEFT + WIDTH + 60, TOP + 10 + count * STEP);
	draw_axis(file, TOP + (double)count * STEP);
	for (size_t i = 0; i < count; i++) {
		if (results[i].skipped)
			continue;
		draw_row(file, &results[i], y);
		y += STEP;
	}
	fprintf(file, "</svg>\n");
	return fclose(file) == 0;
}
