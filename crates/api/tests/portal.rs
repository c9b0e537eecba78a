//! The portal's files beside the API, and everything under a prefix.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{fs, path::Path};

use reqwest::{Client, Method};
use support::{Answer, Server, refused, report};
use tempfile::TempDir;

const PAGE: &str = r#"<!DOCTYPE html><html><head><base href="/"><title>Warga</title></head></html>"#;
const SCRIPT: &str = "app-0123456789abcdef.js";

/// What a build leaves behind, made up and small.
fn assets() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("index.html", PAGE);
    write("site.json", r#"{"tiles": {"url": "https://{s}.tile.example/{z}/{x}/{y}.png"}, "name": "Warga"}"#);
    write(SCRIPT, "// plain");
    write(&format!("{SCRIPT}.br"), "pretends to be brotli");
    write("embed.js", "// embed");
    folder
}

async fn get(server: &Server, path: &str) -> Answer {
    ask(server, Method::GET, path, "identity").await
}

async fn ask(server: &Server, method: Method, path: &str, encoding: &str) -> Answer {
    let client = Client::builder().no_proxy().build().unwrap();
    let url = format!("http://{}{path}", server.address());
    let request = client.request(method, url).header("accept-encoding", encoding);
    Answer::of(request.send().await.unwrap()).await.unwrap()
}

fn serve(data: &Path, assets: &Path, prefix: &str) -> Server {
    Server::with(data, &["--assets", assets.to_str().unwrap(), "--prefix", prefix])
}

#[tokio::test(flavor = "multi_thread")]
async fn page_files_and_api_stand_under_the_prefix() {
    for (option, prefix) in [("", ""), ("/lapor", "/lapor"), ("/kota/lapor/", "/kota/lapor")] {
        let (data, assets) = (tempfile::tempdir().unwrap(), assets());
        let server = serve(data.path(), assets.path(), option);
        assert_eq!(
            server.base(),
            format!("http://{}{prefix}", server.address()),
            "the address that is printed"
        );

        let page = PAGE.replace(r#"<base href="/">"#, &format!(r#"<base href="{prefix}/">"#));
        for path in [
            "/",
            "/reports/x",
            "/reports/0190163d-8694-739b-aea5-966c26f8ad91",
            "/participants/kota:32.73",
            "/participants/kota%3A32.73",
            "/a/b/c",
            "/index.html",
        ] {
            let answer = get(&server, &format!("{prefix}{path}")).await.expect(200);
            assert_eq!(answer.text, page, "{prefix}{path}");
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
            assert_eq!(answer.header("cache-control"), "no-cache");
        }
        get(&server, &format!("{prefix}/embed.js")).await.expect(200);
        for missing in ["/nothing.js", "/app-ffffffffffffffff.js", "/reports/x.png", "/..%2f..%2fsecret.toml"]
        {
            let answer = get(&server, &format!("{prefix}{missing}")).await.expect(404);
            assert!(!answer.text.contains("<base"), "{missing}: a missing file is not the page");
            assert_eq!(answer.header("cache-control"), "no-cache", "{missing}: may be there tomorrow");
        }

        let device = server.device().await;
        let id = device.submit(report()).await;
        assert_eq!(device.report(id).await.id, id);
        for path in ["/api/v1", "/api/v1/", "/api/v1/nowhere"] {
            get(&server, &format!("{prefix}{path}")).await.problem(404, "no-route");
        }
        for path in ["/healthz", "/readyz"] {
            get(&server, path).await.expect(200);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_stands_beside_the_prefix() {
    let (data, assets) = (tempfile::tempdir().unwrap(), assets());
    let server = serve(data.path(), assets.path(), "/lapor");
    for path in ["/", "/api/v1/site", "/embed.js", "/laporan", "/lapor2/api/v1/site"] {
        get(&server, path).await.expect(404);
    }
    assert!(get(&server, "/lapor").await.expect(200).text.contains(r#"<base href="/lapor/">"#));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_named_by_its_content_is_kept_for_good() {
    let (data, assets) = (tempfile::tempdir().unwrap(), assets());
    let server = serve(data.path(), assets.path(), "");
    for encoding in ["identity", "br"] {
        let script = ask(&server, Method::GET, &format!("/{SCRIPT}"), encoding).await.expect(200);
        assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
        assert!(script.header("vary").contains("accept-encoding"));
        assert!(
            script.header("content-type").starts_with("text/javascript"),
            "a module is refused as anything else"
        );
        let compressed = script.header("content-encoding") == "br";
        assert_eq!(compressed, encoding == "br");
        assert_eq!(script.text, if compressed { "pretends to be brotli" } else { "// plain" });
    }
    for name in ["embed.js", "site.json"] {
        assert_eq!(get(&server, &format!("/{name}")).await.expect(200).header("cache-control"), "no-cache");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_may_load_from_itself_and_the_tile_server_only() {
    let (data, assets) = (tempfile::tempdir().unwrap(), assets());
    let server = serve(data.path(), assets.path(), "");
    let page = get(&server, "/reports/x").await;
    let policy = page.header("content-security-policy");
    let directive = |name: &str| {
        let found = policy.split(';').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix(' '));
        found.unwrap_or_else(|| panic!("no {name} in {policy}")).trim().to_owned()
    };
    assert_eq!(directive("default-src"), "'none'");
    assert_eq!(directive("script-src"), "'self' 'wasm-unsafe-eval'");
    assert_eq!(directive("style-src"), "'self'");
    assert_eq!(directive("img-src"), "'self' data: blob: https://*.tile.example");
    assert_eq!(directive("connect-src"), "'self'");
    for answer in [page, get(&server, "/embed.js").await, server.nobody().get("/site").await] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "strict-origin-when-cross-origin");
    }
    let api = server.nobody().get("/site").await;
    assert_eq!(api.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_elsewhere_is_let_in_and_named() {
    let (data, assets) = (tempfile::tempdir().unwrap(), assets());
    let settings = r#"{"api": "https://api.contoh.id/api/v1", "tiles": {"url": "/tiles/{z}/{x}/{y}.png"}}"#;
    fs::write(assets.path().join("site.json"), settings).unwrap();
    let server = serve(data.path(), assets.path(), "");
    let policy = get(&server, "/").await.header("content-security-policy");
    assert!(policy.contains("connect-src 'self' https://api.contoh.id;"), "{policy}");
    assert!(policy.contains("img-src 'self' data: blob: https://api.contoh.id;"), "{policy}");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_change_while_it_runs_are_followed() {
    let (data, assets) = (tempfile::tempdir().unwrap(), assets());
    let server = serve(data.path(), assets.path(), "");
    let policy = async || get(&server, "/").await.header("content-security-policy");
    assert!(policy().await.contains("https://*.tile.example"));
    fs::write(
        assets.path().join("site.json"),
        r#"{"tiles": {"url": "https://peta.contoh.id/{z}/{x}/{y}.png"}}"#,
    )
    .unwrap();
    assert!(policy().await.contains("img-src 'self' data: blob: https://peta.contoh.id;"));
    fs::write(assets.path().join("site.json"), "{").unwrap();
    get(&server, "/").await.expect(503);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_takes_no_writing() {
    let (data, assets) = (tempfile::tempdir().unwrap(), assets());
    let server = serve(data.path(), assets.path(), "");
    for path in ["/", "/reports/x", "/embed.js"] {
        for method in [Method::POST, Method::PUT, Method::DELETE] {
            ask(&server, method, path, "identity").await.expect(405);
        }
    }
    assert_eq!(ask(&server, Method::HEAD, "/", "identity").await.expect(200).text, "");
}

#[test]
fn a_folder_without_a_portal_is_refused_in_one_sentence() {
    let (data, empty) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (data, empty) = (data.path().to_str().unwrap(), empty.path().to_str().unwrap());
    let output = refused(&["serve", "--listen", "127.0.0.1:0", "--data", data, "--assets", empty]);
    let said = String::from_utf8(output.stderr).unwrap();
    let sentence = said.lines().find(|line| line.starts_with("warga-api: ")).unwrap();
    assert!(sentence.contains("index.html") && sentence.contains("cargo xtask build"), "{said}");
    assert!(output.stdout.is_empty(), "it did not say that it listens");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_link_says_what_the_report_says_where_no_program_runs() {
    let (data, assets) = (tempfile::tempdir().unwrap(), assets());
    let server = serve(data.path(), assets.path(), "/lapor");
    let device = server.device().await;
    let text = "Lubang \"besar\" <b>di sini</b>\n& sudah lama";
    let id = device.submit(report().description(text).with("address", "Jl. Braga 10")).await;
    let client = Client::builder().no_proxy().build().unwrap();
    let ask = async |path: &str, language: &str| {
        let request = client.get(format!("http://{}{path}", server.address()));
        let request = request.header("accept-language", language).header("x-forwarded-proto", "https");
        Answer::of(request.header("host", "lapor.contoh.id").send().await.unwrap())
            .await
            .unwrap()
            .expect(200)
            .text
    };

    let page = ask(&format!("/lapor/reports/{id}"), "id").await;
    assert!(page.contains("<title>Jalan rusak, Jl. Braga 10 · Warga</title>"), "{page}");
    let line = "Lubang &quot;besar&quot; &lt;b&gt;di sini&lt;/b&gt; &amp; sudah lama";
    assert!(page.contains(&format!(r#"<meta name="description" content="{line}">"#)), "{page}");
    assert!(page.contains(&format!(r#"<meta property="og:description" content="{line}">"#)), "{page}");
    let url = format!("https://lapor.contoh.id/lapor/reports/{id}");
    assert!(page.contains(&format!(r#"<meta property="og:url" content="{url}">"#)), "{page}");
    assert_eq!(page.matches("<title>").count(), 1, "{page}");
    assert!(ask(&format!("/lapor/reports/{id}"), "en").await.contains("<title>Damaged road, Jl. Braga 10"));

    // What is nobody's business is in no head either, nor is what is not there.
    let hidden = device.submit(report().visibility("private")).await;
    let plain = PAGE.replace(r#"<base href="/">"#, r#"<base href="/lapor/">"#);
    for id in [hidden.to_string(), "0190163d-8694-739b-aea5-966c26f8ad91".into()] {
        assert_eq!(ask(&format!("/lapor/reports/{id}"), "id").await, plain);
    }
}
