//! What can be asked for on the command line.

use std::ffi::OsString;
use std::mem;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

/// What `cargo xtask` without arguments prints.
pub(crate) const USAGE: &str = "\
Usage: cargo xtask COMMAND

  run     install what is missing, build, fill an empty data folder with demo data, serve
            --port N      port on 127.0.0.1 (default 8080; 0: any free one)
            --data DIR    data folder (default var/data)
            --no-demo     leave an empty data folder empty
            --dev         debug builds; build again and restart on every change
  test    everything: format, clippy, unit, API and browser tests, byte gate
  soak    what takes long, in full (`test` runs a tenth of it)
  build   dist/ (the portal) and target/release/warga-api
            --portal      the portal alone
  bytes   what the map page weighs, file by file; fails over the limit
  bench   measurements
            import FILE [--profile NAME]    import a CSV file into a fresh database (default boston311)
            map [--boston FILE] [--rounds N] [--data DIR] [--only index|portal]
                                            a million points in wasm and in supercluster (default 10 rounds), and a
                                            million reports in the portal (default 5 rounds; kept in DIR, if given)
            tiles [--reports N] [--data DIR] [--boston FILE]
                                            the server with a million reports, made up or those of a data folder
            bytes                           as above

Tools that are missing go to $WARGA_TOOLS, else $XDG_CACHE_HOME/warga/tools, else ~/.cache/warga/tools.";

/// One call of `cargo xtask`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print [`USAGE`].
    Help,
    /// Build and serve.
    Run(RunOptions),
    /// Build what is shipped, or the portal alone.
    Build {
        /// Whether the server is left as it is.
        portal_alone: bool,
    },
    /// The whole test-suite.
    Test,
    /// The long tests in full.
    Soak,
    /// The byte gate alone.
    Bytes,
    /// A measurement.
    Bench(Bench),
}

/// How to serve.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RunOptions {
    /// Port on the loopback interface; 0 takes a free one.
    pub(crate) port: u16,
    /// Data folder, as the caller wrote it; `None` is the clone's own.
    pub(crate) data: Option<PathBuf>,
    /// Whether an empty data folder gets demo data.
    pub(crate) demo: bool,
    /// Debug builds, built again on change.
    pub(crate) dev: bool,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self { port: 8080, data: None, demo: true, dev: false }
    }
}

/// What to measure.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Bench {
    /// Nothing yet: print what there is.
    List,
    /// Import a file of reports into a fresh database.
    Import {
        /// CSV, plain or `.gz`.
        file: PathBuf,
        /// Name of the import profile.
        profile: String,
    },
    /// A million points, ours and supercluster's, and a million reports in the portal.
    Map(MapBench),
    /// The server's tiles of many reports.
    Tiles {
        /// How many demo reports.
        reports: usize,
        /// A data folder whose reports are taken instead.
        data: Option<PathBuf>,
        /// Boston's file of requests, imported meanwhile.
        boston: Option<PathBuf>,
    },
    /// What the map page weighs.
    Bytes,
}

/// How to measure the map.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct MapBench {
    /// Boston's file of requests, its points measured too.
    pub(crate) boston: Option<PathBuf>,
    /// How often each is measured; `None` is each half's own number.
    pub(crate) rounds: Option<u32>,
    /// Where the reports behind the portal are kept; `None` makes them anew.
    pub(crate) data: Option<PathBuf>,
    /// The half that is wanted; `None` is both.
    pub(crate) only: Option<MapHalf>,
}

/// The two halves of the map's bench.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MapHalf {
    /// The index of raw points beside supercluster.
    Index,
    /// The portal with a million reports behind the API.
    Portal,
}

/// Reads the arguments after the program's name.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let command = match next(&mut parser)? {
        None | Some(Argument::Help) => return Ok(Command::Help),
        Some(Argument::Word(word)) => word,
        Some(Argument::Option(name)) => {
            bail!("--{name} needs a command before it; `cargo xtask --help` lists them")
        }
    };
    match command.to_str() {
        Some("run") => run_options(&mut parser),
        Some("bench") => bench(&mut parser),
        Some("build") => build(&mut parser),
        Some("test") => alone(&mut parser, Command::Test),
        Some("soak") => alone(&mut parser, Command::Soak),
        Some("bytes") => alone(&mut parser, Command::Bytes),
        Some("help") => Ok(Command::Help),
        _ => bail!("there is no command `{}`; `cargo xtask --help` lists them", command.to_string_lossy()),
    }
}

/// An argument, freed from the parser it borrows from.
enum Argument {
    Help,
    Option(String),
    Word(OsString),
}

fn next(parser: &mut lexopt::Parser) -> Result<Option<Argument>> {
    Ok(match parser.next()? {
        None => None,
        Some(Short('h') | Long("help")) => Some(Argument::Help),
        Some(Long(name)) => Some(Argument::Option(name.to_owned())),
        Some(Short(letter)) => Some(Argument::Option(letter.to_string())),
        Some(Value(word)) => Some(Argument::Word(word)),
    })
}

fn build(parser: &mut lexopt::Parser) -> Result<Command> {
    let mut portal_alone = false;
    while let Some(argument) = next(parser)? {
        match argument {
            Argument::Help => return Ok(Command::Help),
            Argument::Option(name) if name == "portal" => portal_alone = true,
            Argument::Option(name) => return Err(unknown(&name, "build")),
            Argument::Word(word) => return Err(unexpected(&word, "build")),
        }
    }
    Ok(Command::Build { portal_alone })
}

fn run_options(parser: &mut lexopt::Parser) -> Result<Command> {
    let mut options = RunOptions::default();
    while let Some(argument) = next(parser)? {
        match argument {
            Argument::Help => return Ok(Command::Help),
            Argument::Option(name) => match name.as_str() {
                "port" => {
                    options.port =
                        parser.value()?.parse().ok().context("--port takes a number from 0 to 65535")?;
                }
                "data" => options.data = Some(parser.value()?.into()),
                "no-demo" => options.demo = false,
                "dev" => options.dev = true,
                _ => return Err(unknown(&name, "run")),
            },
            Argument::Word(word) => return Err(unexpected(&word, "run")),
        }
    }
    Ok(Command::Run(options))
}

fn bench(parser: &mut lexopt::Parser) -> Result<Command> {
    let mut words = Vec::new();
    let (mut profile, mut map, mut reports) = (None, MapBench::default(), None);
    while let Some(argument) = next(parser)? {
        match argument {
            Argument::Help => return Ok(Command::Help),
            Argument::Option(name) if name == "profile" => profile = Some(parser.value()?.string()?),
            Argument::Option(name) if name == "boston" => map.boston = Some(parser.value()?.into()),
            Argument::Option(name) if name == "data" => map.data = Some(parser.value()?.into()),
            Argument::Option(name) if name == "only" => {
                map.only = Some(match parser.value()?.to_str() {
                    Some("index") => MapHalf::Index,
                    Some("portal") => MapHalf::Portal,
                    _ => bail!("--only takes `index` or `portal`"),
                });
            }
            Argument::Option(name) if name == "rounds" => {
                let number = parser.value()?.parse().ok().filter(|rounds| *rounds > 0);
                map.rounds = Some(number.context("--rounds takes a number from 1")?);
            }
            Argument::Option(name) if name == "reports" => {
                let number = parser.value()?.parse().ok().filter(|reports| *reports > 0);
                reports = Some(number.context("--reports takes a number from 1")?);
            }
            Argument::Option(name) => return Err(unknown(&name, "bench")),
            Argument::Word(word) => words.push(word),
        }
    }
    let mut words = words.into_iter();
    let bench = match words.next() {
        None => Bench::List,
        Some(word) if word == "bytes" => Bench::Bytes,
        Some(word) if word == "import" => Bench::Import {
            file: words.next().context("`bench import` needs the file to import")?.into(),
            profile: profile.take().unwrap_or_else(|| "boston311".to_owned()),
        },
        Some(word) if word == "map" => Bench::Map(mem::take(&mut map)),
        Some(word) if word == "tiles" => Bench::Tiles {
            reports: reports.take().unwrap_or(1_000_000),
            data: map.data.take(),
            boston: map.boston.take(),
        },
        Some(word) => return Err(unexpected(&word, "bench")),
    };
    if profile.is_some() {
        bail!("--profile belongs to `bench import`");
    }
    if let Bench::Map(MapBench { boston, data, only: Some(only), .. }) = &bench
        && match only {
            MapHalf::Index => data.is_some(),
            MapHalf::Portal => boston.is_some(),
        }
    {
        bail!("--boston belongs to the index, --data to the portal, and --only leaves that half out");
    }
    if reports.is_some() {
        bail!("--reports belongs to `bench tiles`");
    }
    if map != MapBench::default() {
        bail!("--rounds and --only belong to `bench map`, --boston and --data to it and to `bench tiles`");
    }
    match words.next() {
        Some(word) => Err(unexpected(&word, "bench")),
        None => Ok(Command::Bench(bench)),
    }
}

fn alone(parser: &mut lexopt::Parser, command: Command) -> Result<Command> {
    match next(parser)? {
        None => Ok(command),
        Some(Argument::Help) => Ok(Command::Help),
        Some(Argument::Option(name)) => {
            bail!("this command takes no --{name}; `cargo xtask --help` lists what there is")
        }
        Some(Argument::Word(word)) => {
            bail!(
                "`{}` is one argument too many; `cargo xtask --help` lists what there is",
                word.to_string_lossy()
            )
        }
    }
}

fn unknown(name: &str, command: &str) -> anyhow::Error {
    anyhow::anyhow!("`{command}` has no option `{name}`; `cargo xtask --help` lists what there is")
}

fn unexpected(word: &std::ffi::OsStr, command: &str) -> anyhow::Error {
    anyhow::anyhow!(
        "`{command}` cannot do anything with `{}`; `cargo xtask --help` lists what there is",
        word.to_string_lossy()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn nothing_and_help_print_the_usage() {
        for line in ["", "--help", "-h", "help", "run --help", "bench -h", "test --help"] {
            assert_eq!(parsed(line).expect(line), Command::Help, "{line}");
        }
    }

    #[test]
    fn run_reads_its_options() {
        assert_eq!(parsed("run").expect("run"), Command::Run(RunOptions::default()));
        assert_eq!(
            parsed("run --port=9 --data d --no-demo --dev").expect("run"),
            Command::Run(RunOptions { port: 9, data: Some("d".into()), demo: false, dev: true })
        );
    }

    #[test]
    fn bench_import_has_a_default_profile() {
        let import = |profile: &str| {
            Command::Bench(Bench::Import { file: "f.csv.gz".into(), profile: profile.to_owned() })
        };
        assert_eq!(parsed("bench import f.csv.gz").expect("import"), import("boston311"));
        assert_eq!(parsed("bench --profile x import f.csv.gz").expect("import"), import("x"));
    }

    #[test]
    fn bench_map_reads_its_options() {
        let map = |line: &str| match parsed(line).expect(line) {
            Command::Bench(Bench::Map(map)) => map,
            other => panic!("{line}: {other:?}"),
        };
        assert_eq!(map("bench map"), MapBench::default());
        assert_eq!(
            map("bench map --rounds 3 --data d --only portal"),
            MapBench { boston: None, rounds: Some(3), data: Some("d".into()), only: Some(MapHalf::Portal) }
        );
        let index = map("bench map --boston b.csv --only index");
        assert_eq!((index.boston, index.only), (Some("b.csv".into()), Some(MapHalf::Index)));
    }

    #[test]
    fn bench_tiles_has_a_million_reports() {
        let tiles = |reports, data: Option<&str>, boston: Option<&str>| {
            let (data, boston) = (data.map(PathBuf::from), boston.map(PathBuf::from));
            Command::Bench(Bench::Tiles { reports, data, boston })
        };
        assert_eq!(parsed("bench tiles").expect("tiles"), tiles(1_000_000, None, None));
        let line = "bench tiles --reports 7 --data d --boston b.csv";
        assert_eq!(parsed(line).expect("tiles"), tiles(7, Some("d"), Some("b.csv")));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for line in [
            "runn",
            "--port 9",
            "run x",
            "run --prot 9",
            "run --port nine",
            "run --port 70000",
            "run --no-demo=yes",
            "build --dev",
            "test it",
            "bench import",
            "bench import a b",
            "bench bytes --profile x",
            "bench map --profile x",
            "bench map --rounds 0",
            "bench map x",
            "bench map --only both",
            "bench map --only portal --boston b.csv",
            "bench map --only index --data d",
            "bench bytes --rounds 3",
            "bench tiles --rounds 3",
            "bench tiles --reports 0",
            "bench tiles --only index",
            "bench map --reports 7",
            "bench bytes --boston b.csv",
            "bench import f.csv --data d",
        ] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
