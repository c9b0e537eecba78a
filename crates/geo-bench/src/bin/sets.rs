//! Writes the points that the map is measured with: `sets indonesia REPORTS OUT` or `sets boston CSV OUT`.
//!
//! The file: how many points there are, then their columns one behind the other (x, y: 4 bytes each; category, status:
//! 1 byte each), then the columns again in the order of the curve; little-endian.

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> anyhow::Result<()> {
    native::main()
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::{collections::HashMap, env, fs, fs::File, io::Read, path::Path};

    use anyhow::{Context, Result, bail};
    use flate2::read::MultiGzDecoder;
    use geo::{CATEGORIES, WorldPoint, cell};
    use warga_geo_bench::{Report, indonesia};

    /// Any number will do, as long as it stays.
    const SEED: u64 = 514;

    pub(super) fn main() -> Result<()> {
        let arguments: Vec<String> = env::args().skip(1).collect();
        let [set, from, out] = &arguments[..] else {
            bail!("sets indonesia REPORTS OUT | sets boston CSV OUT")
        };
        let mut reports = match set.as_str() {
            "indonesia" => indonesia(from.parse().context("the number of reports is none")?, SEED),
            "boston" => boston(Path::new(from))?,
            _ => bail!("there is no set {set}"),
        };
        let mut bytes = u32::try_from(reports.len()).context("too many reports")?.to_le_bytes().to_vec();
        write(&mut bytes, &reports);
        reports.sort_by_cached_key(|report| cell(report.at));
        write(&mut bytes, &reports);
        fs::write(out, bytes).with_context(|| format!("cannot write {out}"))
    }

    fn write(bytes: &mut Vec<u8>, reports: &[Report]) {
        bytes.extend(reports.iter().flat_map(|report| report.at.x.to_le_bytes()));
        bytes.extend(reports.iter().flat_map(|report| report.at.y.to_le_bytes()));
        bytes.extend(reports.iter().map(|report| report.category));
        bytes.extend(reports.iter().map(|report| report.status));
    }

    /// Boston's requests in the order of the file (its columns: `data/import/boston311.toml`), each reason a category.
    /// Rows without a place are left out.
    fn boston(path: &Path) -> Result<Vec<Report>> {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        let packed = path.extension().is_some_and(|extension| extension == "gz");
        let content: Box<dyn Read> =
            if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
        let mut rows = csv::Reader::from_reader(content);
        let header = rows.headers().context("the file has no header")?.clone();
        let column = |name: &str| {
            header.iter().position(|column| column == name).with_context(|| format!("no column {name}"))
        };
        let (lat, lng, status, reason) =
            (column("lat")?, column("lng")?, column("status")?, column("reason")?);
        let mut categories: HashMap<String, usize> = HashMap::new();
        let mut reports = Vec::new();
        for row in rows.records() {
            let row = row.with_context(|| format!("cannot read {}", path.display()))?;
            let field = |column: usize| row.get(column).unwrap_or_default();
            let (Ok(lat), Ok(lng)) = (field(lat).parse(), field(lng).parse()) else { continue };
            let next = categories.len();
            let category = *categories.entry(field(reason).to_owned()).or_insert(next) % CATEGORIES;
            let status = if field(status) == "Closed" { 3 } else { 0 };
            reports.push(Report { at: WorldPoint::from_degrees(lat, lng), category: category as u8, status });
        }
        Ok(reports)
    }
}
