#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes one file about gva, hpa or hva from the file of the same name about gpa.
# usage: kin.sh SRCDIR OUTPUT, for example kin.sh .. include/axvm/hva_range.h
set -eu

srcdir=$1
output=$2

file=${output##*/}
case $file in
*gva*) kin=gva KIN=GVA prefix=GVA: model=GuestVirtAddr words='guest virtual' ;;
*hpa*) kin=hpa KIN=HPA prefix=PA: model=PhysAddr words='host physical' ;;
*hva*) kin=hva KIN=HVA prefix=VA: model=VirtAddr words='host virtual' ;;
*) echo "kin.sh: $output is not about gva, hpa or hva" >&2; exit 1 ;;
esac
source=${output%/*}/$(echo "$file" | sed "s/$kin/gpa/")
Words=$(echo "$words" | sed 's/^g/G/; s/^h/H/')

# The prefix of the texts goes first, as it does not follow the other names, and its length
# with it: AXVM_GPA_TEXT_SIZE begins with that.
{
	echo "/* Made from $source by src/kin.sh: change that, not this. */"
	sed -e "s/GPA:/$prefix/g" \
	    -e "s/\(AXVM_GPA_TEXT_SIZE (\)4 /\1${#prefix} /" \
	    -e "s/GuestPhysAddr/$model/g" \
	    -e "s/gpa/$kin/g" \
	    -e "s/GPA/$KIN/g" \
	    -e "s/guest physical/$words/g" \
	    -e "s/Guest physical/$Words/g" \
	    "$srcdir/$source"
} > "$output.tmp"
mv "$output.tmp" "$output"
