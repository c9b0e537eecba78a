//! How many rows a CSV file holds, counted independently of the importer that is measured.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;

/// The rows of `file`, plain or `.gz`, without the header.
pub(crate) fn count(file: &Path) -> Result<u64> {
    let reader = File::open(file).with_context(|| format!("cannot open {}", file.display()))?;
    let packed = file.extension().is_some_and(|extension| extension == "gz");
    let content: Box<dyn Read> =
        if packed { Box::new(MultiGzDecoder::new(reader)) } else { Box::new(reader) };
    rows(BufReader::with_capacity(64 * 1024, content))
        .with_context(|| format!("cannot read {}", file.display()))
}

/// Rows as RFC 4180 has them: a line break between quotes belongs to the row.
fn rows(mut content: impl BufRead) -> std::io::Result<u64> {
    let (mut rows, mut quoted, mut begun) = (0_u64, false, false);
    loop {
        let chunk = content.fill_buf()?;
        if chunk.is_empty() {
            return Ok((rows + u64::from(begun)).saturating_sub(1));
        }
        for byte in chunk {
            match byte {
                b'\n' if !quoted => {
                    rows += u64::from(begun);
                    begun = false;
                }
                b'\r' => {}
                b'"' => {
                    quoted = !quoted;
                    begun = true;
                }
                _ => begun = true,
            }
        }
        let read = chunk.len();
        content.consume(read);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_rows_and_not_lines() {
        for (csv, expected) in [
            ("", 0),
            ("id,text\n", 0),
            ("id,text\n1,a\n2,b\n", 2),
            ("id,text\r\n1,a\r\n2,b", 2),
            ("id,text\n1,\"a\nstill a, with \"\"quotes\"\"\n\"\n2,b\n\n", 2),
        ] {
            assert_eq!(rows(csv.as_bytes()).expect("readable"), expected, "{csv:?}");
        }
    }
}
