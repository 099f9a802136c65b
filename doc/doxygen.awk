# SPDX-License-Identifier: Apache-2.0
# What Doxygen reads instead of a public header: the page of a topic says which header to include,
# and an enumeration has no tag, which is for compilers, but a text.
FNR == 1 {
	header = FILENAME
	sub(/.*include\//, "", header)
}
/^ \* @defgroup / { topic = 1 }
# The brief description ends.
topic && /^ \*(\/)?$/ {
	print " *\n * `#include <" header ">`"
	topic = 0
}
/^enum axvm_[a-z0-9_]*_values \{/ {
	type = $2
	sub(/_values$/, "", type)
	print "/** The values of " type ". */"
	$0 = "enum {"
}
{ print }
