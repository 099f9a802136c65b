// SPDX-License-Identifier: Apache-2.0
// The texts of the model by Rust's own formatter, into a buffer on the stack.
use core::fmt::{self, Write};

struct Buffer<'a> {
    bytes: &'a mut [u8],
    length: usize,
}

impl Write for Buffer<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        let place = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        place.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

/// # Safety
/// `buf` has `size` bytes.
#[no_mangle]
pub unsafe extern "C" fn peer_format_address(addr: u64, buf: *mut u8, size: usize) -> usize {
    let bytes = unsafe { core::slice::from_raw_parts_mut(buf, size) };
    let mut out = Buffer { bytes, length: 0 };
    let _ = write!(out, "GPA:{:#x}", addr);
    out.length
}

/// # Safety
/// `buf` has `size` bytes.
#[no_mangle]
pub unsafe extern "C" fn peer_format_range(start: u64, end: u64, buf: *mut u8, size: usize) -> usize {
    let bytes = unsafe { core::slice::from_raw_parts_mut(buf, size) };
    let mut out = Buffer { bytes, length: 0 };
    let _ = write!(out, "GPA:{:#x}..GPA:{:#x}", start, end);
    out.length
}
