//! Empties the functions that are exported and that nobody calls, before anything is split.
//!
//! Leptos brings a client of its servers, and that a crate with classes for streams. Rust exports what is in a class for
//! scripts that might use it; the glue hands it to nobody. The exports go with the glue (`split.rs`), but what they call
//! hangs in tables by then, where no tool can tell that it is dead: 3 KB of the map page, brotli. So the compiled file
//! says of these functions that they do nothing, and refer to nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use wasmparser::{ExternalKind, FunctionBody, KnownCustom, Parser, Payload, RelocSectionReader, TypeRef};

/// What the names of such exports begin with: the crate wasm-streams.
const CLASSES: [&str; 2] = ["intounderlying", "__wbg_intounderlying"];
const UNREACHABLE: u8 = 0x00;
const NOP: u8 = 0x01;

/// Whether a glue still knows of them. Then somebody does call them.
pub(super) fn are_named_in(glue: &str) -> bool {
    glue.contains(CLASSES[0])
}

/// The compiled file with these functions emptied.
pub(super) fn emptied(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut emptied = wasm.to_vec();
    let (mut imports, mut functions) = (0_u32, 0_u32);
    let mut unreached = BTreeSet::new();
    let mut code = 0;
    let mut bodies: Vec<Range<u64>> = Vec::new();
    let mut sections = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.context("the compiler's file is not wasm")?;
        match &payload {
            Payload::ImportSection(reader) => {
                for import in reader.clone().into_imports() {
                    imports += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::ExportSection(reader) => {
                for export in reader.clone() {
                    let export = export?;
                    if export.kind == ExternalKind::Func
                        && CLASSES.iter().any(|class| export.name.starts_with(class))
                    {
                        unreached.insert(export.index);
                    }
                }
            }
            Payload::CodeSectionStart { range, .. } => code = range.start,
            Payload::CodeSectionEntry(body) => {
                if unreached.contains(&(imports + functions)) {
                    empty(&mut emptied, body)?;
                    bodies.push(body.range());
                }
                functions += 1;
            }
            _ => {}
        }
        let relocations = match &payload {
            Payload::CustomSection(custom) if custom.name() == "reloc.CODE" => {
                let KnownCustom::Reloc(reader) = custom.as_known() else { continue };
                Some(without(wasm, custom.name(), &reader, code, &bodies)?)
            }
            _ => None,
        };
        if let Some((id, range)) = payload.as_section() {
            sections.push((id, range, relocations));
        }
    }
    ensure!(!bodies.is_empty(), "no class is exported that nobody uses: this step is not needed any more");
    let mut out = emptied.get(..8).context("the compiler's file is empty")?.to_vec();
    for (id, range, relocations) in sections {
        let content = match relocations {
            Some(relocations) => relocations,
            None => bytes(&emptied, &range)?.to_vec(),
        };
        out.push(id);
        out.extend(number(content.len() as u64));
        out.extend(content);
    }
    Ok(out)
}

/// Overwrites a body; its length stays, so that nothing else moves.
fn empty(wasm: &mut [u8], body: &FunctionBody<'_>) -> Result<()> {
    let start = usize::try_from(body.get_operators_reader()?.original_position())?;
    let end = usize::try_from(body.range().end)?;
    let operators = wasm.get_mut(start..end).context("a body that is not in the file")?;
    // The last operator ends the function.
    if let [first, rest @ .., _] = operators {
        *first = UNREACHABLE;
        rest.fill(NOP);
    }
    Ok(())
}

/// The relocations of the code without those inside of these bodies.
fn without(
    wasm: &[u8],
    name: &str,
    reader: &RelocSectionReader<'_>,
    code: u64,
    bodies: &[Range<u64>],
) -> Result<Vec<u8>> {
    let all = reader.entries();
    let end = all.range().end;
    let entries: Vec<_> = all.into_iter_with_offsets().collect::<Result<_, _>>()?;
    let ends = entries.iter().skip(1).map(|(start, _)| *start).chain([end]);
    let kept: Vec<Range<u64>> = entries
        .iter()
        .zip(ends)
        .filter(|((_, entry), _)| !bodies.iter().any(|body| body.contains(&(code + u64::from(entry.offset)))))
        .map(|((start, _), end)| *start..end)
        .collect();
    let mut section = number(name.len() as u64);
    section.extend(name.as_bytes());
    section.extend(number(u64::from(reader.section_index())));
    section.extend(number(kept.len() as u64));
    for range in kept {
        section.extend(bytes(wasm, &range)?);
    }
    Ok(section)
}

fn bytes<'a>(wasm: &'a [u8], range: &Range<u64>) -> Result<&'a [u8]> {
    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
    wasm.get(range).context("a section that is not in the file")
}

/// A number as wasm writes it (LEB128).
fn number(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_wasm_writes_them() {
        assert_eq!(number(0), [0]);
        assert_eq!(number(127), [127]);
        assert_eq!(number(624_485), [0xe5, 0x8e, 0x26]);
    }

    #[test]
    fn a_file_without_such_classes_says_that_the_step_is_not_needed() {
        assert!(emptied(b"\0asm\x01\0\0\0").is_err());
        assert!(emptied(b"no wasm").is_err());
    }

    #[test]
    fn the_function_of_a_class_does_nothing_and_refers_to_nothing() {
        // Two functions that call the first one; the second is a class's. The relocations name both calls.
        let wasm: Vec<u8> = [
            b"\0asm\x01\0\0\0".as_slice(),
            b"\x01\x04\x01\x60\0\0",
            b"\x03\x03\x02\0\0",
            b"\x07\x14\x01\x10intounderlying_a\0\x01",
            b"\x0a\x0b\x02\x04\0\x10\0\x0b\x04\0\x10\0\x0b",
            b"\0\x13\x0areloc.CODE\x03\x02\0\x04\0\0\x09\0",
        ]
        .concat();
        let wasm = emptied(&wasm).expect("emptied");
        let after: Vec<u8> = [
            b"\x0a\x0b\x02\x04\0\x10\0\x0b\x04\0\0\x01\x0b".as_slice(),
            b"\0\x10\x0areloc.CODE\x03\x01\0\x04\0",
        ]
        .concat();
        assert!(wasm.ends_with(&after), "{wasm:02x?}");
    }
}
