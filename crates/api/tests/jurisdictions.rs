//! Governments that are imported: into the server's tables, into the reports' hints and filters; all of a table or
//! nothing.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{fs, path::Path};

use model::{FieldCode, Site};
use support::{Server, done, refused, report};

const HEADER: &str = "code,name,domain,lat,lng,west,south,east,north";
const BATU: &str = "35.79,Kota Batu,batukota.go.id,-7.8700,112.5200,112.4,-8.0,112.6,-7.7";
const BANDUNG: &str = "32.73,Kota Bandung Raya,bandungraya.go.id,-6.9222,107.6069,107.5,-7.0,107.8,-6.8";

fn import<'a>(data: &'a Path, file: &'a Path) -> [&'a str; 5] {
    ["import", "jurisdictions", "--data", data.to_str().unwrap(), file.to_str().unwrap()]
}

fn write(data: &Path, lines: &[&str]) -> std::path::PathBuf {
    let file = data.join("wilayah.csv");
    fs::write(&file, lines.join("\r\n") + "\r\n").unwrap();
    file
}

async fn codes(server: &Server) -> Vec<String> {
    let site: Site = server.nobody().get("/site").await.expect(200).read();
    site.jurisdictions.into_iter().map(|jurisdiction| jurisdiction.code).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_offered_hinted_at_and_filtered_by_once_the_server_is_started_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let server = Server::on(data);
    let before = codes(&server).await;
    let device = server.device().await;
    let early = device.submit(report().with("jurisdiction", "35.79")).await;
    let said = done(&import(data, &write(data, &[HEADER, BATU, BANDUNG])));
    assert_eq!(
        said,
        "2 jurisdictions added, 0 changed, 0 as before; a server that is running takes them up when it is \
         started again\n"
    );
    assert_eq!(codes(&server).await, before, "not before");
    drop(server);

    let server = Server::on(data);
    let device = server.nobody().with_token(device.token());
    let mut expected = before;
    expected.push("35.79".into());
    expected.sort();
    assert_eq!(codes(&server).await, expected, "one more, and one in the place of a built-in one");
    let site: Site = server.nobody().get("/site").await.read();
    let bandung = site.jurisdictions.iter().find(|one| one.code == "32.73").unwrap();
    assert_eq!((bandung.name.as_str(), bandung.domain.as_str()), ("Kota Bandung Raya", "bandungraya.go.id"));
    assert_eq!((bandung.center, bandung.bbox), ([-6.9222, 107.6069], [107.5, -7.0, 107.8, -6.8]));

    let late = device.submit(report().with("jurisdiction", "35.79")).await;
    assert_eq!(device.report(late).await.jurisdiction, "35.79");
    assert_eq!(device.report(early).await.jurisdiction, model::UNASSIGNED, "what was decided stays");
    assert_eq!(device.ids("jurisdiction=35.79").await, [late]);
    let unknown = device.get("/reports?jurisdiction=35.80").await;
    assert_eq!(unknown.fields(400, "bad-query"), [("jurisdiction".to_owned(), FieldCode::Unknown)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_table_changes_what_it_names_and_leaves_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    done(&import(data, &write(data, &[HEADER, BATU, BANDUNG])));
    assert_eq!(
        done(&import(data, &write(data, &[HEADER, BANDUNG, BATU]))),
        "0 jurisdictions added, 0 changed, 2 as before\n"
    );
    let moved = BATU.replace("batukota", "batu");
    let said = done(&import(data, &write(data, &[HEADER, &moved])));
    assert!(said.starts_with("0 jurisdictions added, 1 changed, 0 as before;"), "{said}");
    let server = Server::on(data);
    let site: Site = server.nobody().get("/site").await.read();
    let domain = |code: &str| site.jurisdictions.iter().find(|one| one.code == code).unwrap().domain.clone();
    assert_eq!((domain("35.79").as_str(), domain("32.73").as_str()), ("batu.go.id", "bandungraya.go.id"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_spreadsheet_saves_is_read() {
    let semicolons = |line: &str| line.replace(',', ";");
    for lines in [
        vec![semicolons(HEADER), semicolons(BATU)],
        vec![HEADER.replace(',', "\t"), BATU.replace(',', "\t")],
        vec![
            format!("\u{feff}{HEADER},catatan"),
            format!("{},\"\"", BATU.replace("Kota Batu", "\"Kota Batu\"")),
        ],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        done(&import(data, &write(data, &lines)));
        assert!(codes(&Server::on(data)).await.contains(&"35.79".to_owned()), "{lines:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_wrong_row_and_nothing_is_imported_and_every_wrong_row_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let before = codes(&Server::on(data)).await;
    let file = write(
        data,
        &[
            HEADER,
            BATU,
            &BANDUNG.replace("32.73", "3273"),
            "35.80,Kota",
            "",
            &BATU.replace("Kota", "Kabupaten"),
            &BANDUNG.replace("-6.9222", "\"-6,9222\""),
        ],
    );
    let output = refused(&import(data, &file));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        said,
        "warga-api: nothing was imported; these rows are wrong:\n  \
         line 3: code \"3273\" is not a Kemendagri code of a kabupaten or kota, such as 32.73\n  \
         line 4: 2 cells where the first line has 9\n  \
         line 6: code 35.79 stands in line 2 already\n  \
         line 7: lat \"-6,9222\" is not a number of degrees with a decimal point, such as -6.9222\n"
    );
    assert_eq!(codes(&Server::on(data)).await, before);
}

#[test]
fn what_is_no_table_is_told_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    // Beside the log's own lines: a new database is told there.
    let said = |file: &Path| {
        let told = String::from_utf8(refused(&import(data, file)).stderr).unwrap();
        told.lines()
            .filter(|line| !line.contains(" INFO "))
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    };
    let file = write(data, &["kode,nama,domain,lat,long"]);
    let expected =
        format!("warga-api: {} has no column code, name, lng, west, south, east, north\n", file.display());
    assert_eq!(said(&file), expected);
    let absent = said(&data.join("absent.csv"));
    assert!(absent.starts_with("warga-api: cannot read ") && absent.lines().count() == 1, "{absent}");
}
