# SPDX-License-Identifier: Apache-2.0
"""Strings of TOML as one pattern, for all that looks for what is outside of strings.

It matches wherever a quote is: a string without its end goes on to where a parser would give up,
at the end of the line or of the text. If it did not match there, the search would go on after the
quote, and at each further one to the end again: the square of the text's length. Nothing in a string
is tried twice, so it takes the time of its length.
"""

# The repetitions within are possessive. The groups around them are not, as Python before 3.11.5
# gets those wrong; what follows a group always matches, so that it is never left one by one.
STRING = (r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*(?:"{3,5}|\\?\Z)'
          r"|'''(?:[^']++|'{1,2}(?!'))*(?:'{3,5}|\Z)"
          r'|"(?:[^"\\\n]++|\\.)*"?' r"|'[^'\n]*+'?")
