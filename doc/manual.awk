# SPDX-License-Identifier: Apache-2.0
# A page for Doxygen out of a manual page as mandoc writes it: with a title, smaller headings, and
# links to the other pages.
#
# usage: mandoc -T html -O fragment PAGE | awk -v name=NAME -v section=N -v topics="TOPIC ..." -f manual.awk
BEGIN {
	count = split(topics, list, " ")
	for (i = 1; i <= count; i++)
		page["axvm_" list[i] "(3)"] = group(list[i])
	page["axvm-lint(1)"] = "axvm-lint-1.html"
	page["axvm-types(7)"] = "axvm-types-7.html"
	page["axvm-layout-guide(7)"] = "axvm-layout-guide-7.html"
	page["axvm-vm-guide(7)"] = "axvm-vm-guide-7.html"
	print "# " name "(" section ") {#" name "-" section "}\n\n@htmlonly[block]"
}

# The name that Doxygen gives to the page of a topic.
function group(topic) {
	gsub(/_/, "__", topic)
	return "group__" topic ".html"
}

function linked(line,    out, text, target) {
	while (match(line, /<b>[a-z_-]+<\/b>\([1-8]\)/)) {
		text = substr(line, RSTART, RLENGTH)
		target = text
		gsub(/<[^>]*>/, "", target)
		if (target in page)
			text = "<a href=\"" page[target] "\">" target "</a>"
		out = out substr(line, 1, RSTART - 1) text
		line = substr(line, RSTART + RLENGTH)
	}
	return out line
}

/^<table class="(head|foot)">/ { skipped = 1 }
!skipped {
	gsub(/<h2/, "<h3"); gsub(/<\/h2>/, "</h3>")
	gsub(/<h1/, "<h2"); gsub(/<\/h1>/, "</h2>")
	# Doxygen takes these for the ends of a comment.
	gsub(/\*/, "\\&#42;")
	print linked($0)
}
/^<\/table>/ { skipped = 0 }
END { print "@endhtmlonly" }
