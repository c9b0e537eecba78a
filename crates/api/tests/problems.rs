//! Every way to ask wrongly gets a problem document (RFC 9457) that says what is wrong.

mod support;

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use model::FieldCode::{
    self, Blank, ControlCharacter, Future, Malformed, Missing, OutOfRange, PhotoMissing, Repeated, TooLong,
    TooMany, Unknown, UnknownField, WrongType,
};
use model::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use support::{Draft, Operation, Server, id_at, new_id, now, report, stored::Stored};

const DAY_MS: i64 = 86_400_000;

fn one(field: &str, code: FieldCode) -> Vec<(String, FieldCode)> {
    vec![(field.to_owned(), code)]
}

fn in_days(days: i64) -> Timestamp {
    Timestamp::from_millis(now().millis() + days * DAY_MS)
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_nothing_at_unknown_addresses() {
    let server = Server::start();
    let nobody = server.nobody();
    for path in ["", "/", "/nowhere", "/reports/", "/reports/1/2/3", "/devices/1", "/../v1/x", "/%00"] {
        for method in [Method::GET, Method::PUT, Method::POST, Method::DELETE] {
            nobody.send(nobody.request(method, path)).await.problem(404, "no-route");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_method_is_told_which_ones_there_are() {
    let server = Server::start();
    let device = server.device().await;
    let id = device.submit(report()).await;
    let (one, support) = (format!("/reports/{id}"), format!("/reports/{id}/support"));
    let (flag, contact) = (format!("/reports/{id}/flag"), format!("/reports/{id}/contact"));
    for (method, path, allowed) in [
        (Method::POST, "/site", "GET,HEAD"),
        (Method::GET, "/devices", "POST"),
        (Method::PUT, "/reports", "GET,HEAD"),
        (Method::DELETE, one.as_str(), "GET,HEAD,PUT"),
        (Method::PATCH, one.as_str(), "GET,HEAD,PUT"),
        (Method::GET, support.as_str(), "DELETE,PUT"),
        (Method::POST, support.as_str(), "DELETE,PUT"),
        (Method::PUT, "/reports/nearby", "GET,HEAD"),
        (Method::GET, flag.as_str(), "PUT"),
        (Method::PUT, contact.as_str(), "DELETE"),
        (Method::GET, "/declaration", "DELETE,PUT"),
    ] {
        let answer = device.send(device.request(method.clone(), path)).await;
        answer.problem(405, "method");
        let allow = answer.header("allow");
        let mut methods: Vec<_> = allow.split(',').map(str::trim).collect();
        methods.sort_unstable();
        assert_eq!(methods.join(","), allowed, "{method} {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn writing_takes_a_token_and_a_wrong_one_is_told() {
    let server = Server::start();
    let (device, nobody) = (server.device().await, server.nobody());
    let id = device.submit(report()).await;
    let (fresh, support) = (format!("/reports/{}", new_id()), format!("/reports/{id}/support"));
    for (method, path) in [(Method::PUT, &fresh), (Method::PUT, &support), (Method::DELETE, &support)] {
        let answer = nobody.send(nobody.request(method.clone(), path).json(report().body())).await;
        answer.problem(401, "no-token");
        assert_eq!(answer.header("www-authenticate"), "Bearer", "{method} {path}");
    }
    let one = format!("/reports/{id}");
    let asks =
        [(Method::PUT, &fresh), (Method::PUT, &support), (Method::DELETE, &support), (Method::GET, &one)];
    let long = "x".repeat(5000);
    let cut = &device.token()[1..];
    for value in
        ["Bearer wrong", "Bearer", "Bearer ", "", "Basic c2l0aTpz", device.token(), cut, &long, "Bearer é"]
    {
        for (method, path) in &asks {
            let request = nobody.request(method.clone(), path).header("authorization", value);
            let answer = nobody.send(request.json(report().body())).await;
            answer.problem(401, "unknown-token");
            assert_eq!(answer.header("www-authenticate"), "Bearer", "{method} {value:?}");
        }
    }
    let shouted =
        nobody.request(Method::GET, &one).header("authorization", format!("BEARER {}", device.token()));
    nobody.send(shouted).await.expect(200);
    nobody.get(&fresh).await.problem(404, "no-report");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_parameter_of_a_list_is_named() {
    let server = Server::start();
    let nobody = server.nobody();
    for (query, field, code) in [
        ("bbox=1,2,3", "bbox", Malformed),
        ("bbox=1,2,3,4,5", "bbox", Malformed),
        ("bbox=", "bbox", Malformed),
        ("bbox=a,b,c,d", "bbox", Malformed),
        ("bbox=NaN,0,1,1", "bbox", OutOfRange),
        ("bbox=-inf,0,1,1", "bbox", OutOfRange),
        ("bbox=0,0,1e999,1", "bbox", OutOfRange),
        ("bbox=0,5,1,4", "bbox", OutOfRange),
        ("bbox=0,-91,1,4", "bbox", OutOfRange),
        ("bbox=0,0,180.5,4", "bbox", OutOfRange),
        ("category=ufo", "category", Unknown),
        ("category=road,ufo", "category", Unknown),
        ("category=", "category", Unknown),
        ("status=done", "status", Unknown),
        ("status=received,", "status", Unknown),
        ("jurisdiction=99.99", "jurisdiction", Unknown),
        ("since=yesterday", "since", Malformed),
        ("since=2026-02-30T00:00:00Z", "since", Malformed),
        ("sort=oldest", "sort", Unknown),
        ("limit=0", "limit", OutOfRange),
        ("limit=501", "limit", OutOfRange),
        ("limit=1000000000", "limit", OutOfRange),
        ("limit=-1", "limit", Malformed),
        ("limit=many", "limit", Malformed),
        ("limit=1.5", "limit", Malformed),
        ("limit=5&limit=5", "limit", Repeated),
        ("category=road&category=flood", "category", Repeated),
        ("sort=newest&sort=newest&sort=updated", "sort", Repeated),
        ("colour=red", "colour", UnknownField),
        ("Sort=newest", "Sort", UnknownField),
    ] {
        let answer = nobody.get(&format!("/reports?{query}")).await;
        assert_eq!(answer.fields(400, "bad-query"), one(field, code), "{query}");
    }
    let answer = nobody.get("/reports?bbox=1,2,3&limit=0&colour=red&sort=newest").await;
    let all = [("bbox".into(), Malformed), ("limit".into(), OutOfRange), ("colour".into(), UnknownField)];
    assert_eq!(answer.fields(400, "bad-query"), all);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_json_or_too_much_of_it_is_refused() {
    let server = Server::start();
    let device = server.device().await;
    let rows = Stored::open(server.data()).rows();
    let path = format!("/reports/{}", new_id());
    let right = report().body().to_string();
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    for body in [
        String::new(),
        "{".into(),
        format!("{right},"),
        right.replace('"', "'"),
        right.replace("-6.9175", "NaN"),
        right.replace("-6.9175", "Infinity"),
        right.replace("-6.9175", "-Infinity"),
        right.replace("-6.9175", "1e400"),
        right.replace("-6.9175", "-1e999"),
        right.replace("-6.9175", "+6"),
        right.replace("-6.9175", "0x10"),
        right.replace("Lubang", "\\ud800"),
        right.replace("Lubang", "\\udc00\\ud800"),
        right.replace("Lubang", "\\ud800\\u0061"),
        // What a name means that stands twice depends on the reader.
        right.replacen('{', r#"{"category":"road","#, 1),
        right.replacen('{', r#"{"lat":91,"l\u0061t":0,"#, 1),
        right.replacen('{', r#"{"contact":{"email":"siti@contoh.id","email":""},"#, 1),
        // A mark of the byte order, and another encoding than UTF-8.
        format!("\u{feff}{right}"),
        right.chars().flat_map(|c| [c, '\0']).collect(),
        right.replace("Lubang", "a\tb"),
        right.replace("Lubang", "\\u00g0"),
        deep(1000),
        deep(10_000),
        "[".repeat(100_000),
        right.replace("-6.9175", &deep(200)),
        right.replacen(
            '{',
            &format!(r#"{{"attributes":{}1{},"#, r#"{"a":"#.repeat(10_000), "}".repeat(10_000)),
            1,
        ),
    ] {
        device.put_text(&path, body).await.problem(400, "bad-json");
    }
    let latin_1 = device.request(Method::PUT, &path).header("content-type", "application/json");
    device.send(latin_1.body(b"{\"category\":\"\xe9\"}".to_vec())).await.problem(400, "bad-json");
    for length in [128 * 1024 + 1, 1024 * 1024] {
        let body = right.replace("Lubang", &"a".repeat(length - right.len() + "Lubang".len()));
        assert_eq!(body.len(), length);
        device.put_text(&path, body).await.problem(413, "too-large");
    }
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonp",
        "application/problem+json",
        "application/json; charset=iso-8859-1",
        "application/json;charset=\"utf-16\"",
        "",
    ] {
        let request = device.request(Method::PUT, &path).header("content-type", kind);
        device.send(request.body(right.clone())).await.problem(415, "not-json");
    }
    device.send(device.request(Method::PUT, &path).body(right.clone())).await.problem(415, "not-json");
    device.get(&path).await.problem(404, "no-report");
    assert_eq!(Stored::open(server.data()).rows(), rows, "and nothing was kept of it");
    let request =
        device.request(Method::PUT, &path).header("content-type", "Application/JSON; charset=\"UTF-8\"");
    device.send(request.body(right)).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_field_of_a_report_is_named() {
    let server = Server::start();
    let device = server.device().await;
    let with = |field: &str, value: Value| report().with(field, value);
    let future = in_days(2).to_string();
    let wrong: Vec<(Draft, &str, FieldCode)> = vec![
        (with("category", json!("ufo")), "category", Unknown),
        (with("category", json!("")), "category", Blank),
        (with("category", json!(1)), "category", WrongType),
        (report().without("category"), "category", Missing),
        (with("description", json!(" \n\t ")), "description", Blank),
        (with("description", json!("\u{200b}\u{2800}")), "description", Blank),
        (with("description", json!("a".repeat(4001))), "description", TooLong),
        (with("description", json!("é".repeat(4001))), "description", TooLong),
        (with("description", json!("a\u{0}b")), "description", ControlCharacter),
        (with("description", json!("a\tb")), "description", ControlCharacter),
        (with("description", json!("a\u{9b}b")), "description", ControlCharacter),
        (with("description", json!("gpj.\u{202e}exe")), "description", ControlCharacter),
        (with("description", json!(["a"])), "description", WrongType),
        (with("description", json!(null)), "description", WrongType),
        (report().without("description"), "description", Missing),
        (with("lat", json!(90.000_001)), "lat", OutOfRange),
        (with("lat", json!(-91)), "lat", OutOfRange),
        (with("lng", json!(180.1)), "lng", OutOfRange),
        (with("lng", json!(1e300)), "lng", OutOfRange),
        (with("lat", json!("-6.9")), "lat", WrongType),
        (with("lng", json!(null)), "lng", WrongType),
        (report().without("lat"), "lat", Missing),
        (with("address", json!("a".repeat(301))), "address", TooLong),
        (with("address", json!("a\nb")), "address", ControlCharacter),
        (with("name", json!("a".repeat(101))), "name", TooLong),
        (with("name", json!({})), "name", WrongType),
        (with("attributes", json!({"colour": "red"})), "attributes.colour", Unknown),
        (with("attributes", json!([])), "attributes", WrongType),
        (with("photos", json!([new_id()])), "photos[0]", PhotoMissing),
        (with("photos", json!(["a", "b", "c"])), "photos[0]", Malformed),
        (with("photos", json!([new_id(), new_id(), new_id(), new_id()])), "photos", TooMany),
        (with("photos", json!("a")), "photos", WrongType),
        (with("visibility", json!("secret")), "visibility", Unknown),
        (with("visibility", json!(1)), "visibility", WrongType),
        (with("contact", json!({"fax": "1"})), "contact.fax", UnknownField),
        (with("contact", json!({"email": "siti"})), "contact.email", Malformed),
        (with("contact", json!({"phone": "nol"})), "contact.phone", Malformed),
        (with("contact", json!("siti@contoh.id")), "contact", WrongType),
        (with("observed_at", json!("yesterday")), "observed_at", Malformed),
        (with("observed_at", json!("1970-01-01T00:00:00Z")), "observed_at", OutOfRange),
        (with("observed_at", json!(future)), "observed_at", Future),
        (with("observed_at", json!(1_700_000_000)), "observed_at", WrongType),
        (with("jurisdiction", json!(32.73)), "jurisdiction", WrongType),
        (with("secret", json!("short")), "secret", Malformed),
        (with("colour", json!("red")), "colour", UnknownField),
        // What only the server says is no field of a submission.
        (with("status", json!("resolved")), "status", UnknownField),
        (with("supports", json!(1000)), "supports", UnknownField),
        (with("demo", json!(true)), "demo", UnknownField),
    ];
    let rows = Stored::open(server.data()).rows();
    for (draft, field, code) in wrong {
        let id = new_id();
        let answer = device.put_report(id, &draft).await;
        assert_eq!(answer.fields(422, "invalid"), one(field, code), "{:?}", draft.body());
        device.get_report(id).await.problem(404, "no-report");
    }
    assert_eq!(Stored::open(server.data()).rows(), rows, "and nothing was kept of it");
    let all = report().category("ufo").at(91.0, 107.0).description("").with("name", "a\u{7}");
    let expected = [
        ("lat".to_owned(), OutOfRange),
        ("category".into(), Unknown),
        ("description".into(), Blank),
        ("name".into(), ControlCharacter),
    ];
    assert_eq!(device.put_report(new_id(), &all).await.fields(422, "invalid"), expected);
    for body in ["[]", "null", "1", "\"Lubang\"", "true"] {
        let answer = device.put_text(&format!("/reports/{}", new_id()), body).await;
        assert_eq!(answer.fields(422, "invalid"), one("", WrongType), "{body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_are_uuids_of_version_7_from_now_or_before() {
    let server = Server::start();
    let device = server.device().await;
    let put = async |id: &str| device.put(&format!("/reports/{id}"), report().body()).await;
    for id in [
        "1",
        "not-a-uuid",
        "550e8400-e29b-41d4-a716-446655440000",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "0190163d-8694-739b-1ea5-966c26f8ad91",
        "0190163d-8694-739b-aea5-966c26f8ad9",
        "0190163d8694739baea5966c26f8ad91",
        "{0190163d-8694-739b-aea5-966c26f8ad91}",
        "urn:uuid:0190163d-8694-739b-aea5-966c26f8ad91",
        "0190163d-8694-739b-aea5-966c26f8ad91%00",
        "%200190163d-8694-739b-aea5-966c26f8ad91",
        "%20",
        "..%2f..%2fsite",
    ] {
        assert_eq!(put(id).await.fields(422, "invalid"), one("id", Malformed), "{id}");
    }
    for days in [2, 1000] {
        let id = id_at(in_days(days)).to_string();
        assert_eq!(put(&id).await.fields(422, "invalid"), one("id", Future), "{days}");
    }
    let slow_clock = id_at(Timestamp::from_millis(0)).to_string();
    let hour_ahead = id_at(Timestamp::from_millis(now().millis() + DAY_MS / 24)).to_string();
    for id in [slow_clock, hour_ahead] {
        put(&id).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_is_no_text_is_refused_and_in_capitals_it_is_the_same() {
    let server = Server::start();
    let device = server.device().await;
    for path in ["/reports/%FF", "/reports/%c3%28", "/reports/%FF/support"] {
        for method in [Method::GET, Method::PUT] {
            let answer = device.send(device.request(method.clone(), path).json(report().body())).await;
            let refused = if path.ends_with("support") && method == Method::GET { 405 } else { 400 };
            assert_eq!(answer.status, refused, "{method} {path}: {}", answer.text);
        }
    }
    let id = device.submit(report()).await;
    let shouted = device.get(&format!("/reports/{}", id.to_string().to_uppercase())).await;
    assert_eq!(shouted.expect(200).json()["id"], id.to_string());
    for form in [id.to_string().replace('-', ""), format!("{{{id}}}"), format!("urn:uuid:{id}")] {
        device.get(&format!("/reports/{form}")).await.problem(404, "no-report");
        device.put(&format!("/reports/{form}/support"), &json!({})).await.problem(404, "no-report");
    }
    assert_eq!(device.report(id).await.supports, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_takes_a_method_that_is_not_its_own() {
    let server = Server::start();
    let device = server.device().await;
    let rows = Stored::open(server.data()).rows();
    let operations = Operation::all(&device.get("/openapi.json").await.json());
    let mut refused = 0;
    for path in operations.iter().map(|operation| &operation.path) {
        let mut own: Vec<_> =
            operations.iter().filter(|o| o.path == *path).map(|o| o.method.clone()).collect();
        if own.contains(&Method::GET) {
            own.push(Method::HEAD);
        }
        let mut expected: Vec<_> = own.iter().map(Method::as_str).collect();
        expected.sort_unstable();
        let address = path.replace(['{', '}'], "");
        for method in ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "TRACE", "PROPFIND"] {
            let method: Method = method.parse().unwrap();
            if own.contains(&method) {
                continue;
            }
            let answer = device.send(device.request(method.clone(), &address)).await;
            assert_eq!(answer.status, 405, "{method} {path}: {}", answer.text);
            if method != Method::HEAD {
                answer.problem(405, "method");
            }
            let allow = answer.header("allow");
            let mut allowed: Vec<_> = allow.split(',').map(str::trim).collect();
            allowed.sort_unstable();
            assert_eq!(allowed, expected, "{method} {path}");
            refused += 1;
        }
    }
    assert!(refused > 40, "only {refused} were refused");
    assert_eq!(Stored::open(server.data()).rows(), rows);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_asks_for_the_head_gets_no_body_and_who_sends_one_to_read_is_not_minded() {
    let server = Server::start();
    let device = server.device().await;
    let id = device.submit(report()).await;
    for (path, status) in [
        ("/site", 200),
        ("/reports", 200),
        (&format!("/reports/{id}"), 200),
        (&format!("/reports/{}", new_id()), 404),
    ] {
        let (head, get) = (device.send(device.request(Method::HEAD, path)).await, device.get(path).await);
        assert_eq!((head.status, head.text.as_str()), (status, ""), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
        assert_eq!(head.header("content-length"), get.bytes.len().to_string(), "{path}");
        let with_body = device.request(Method::GET, path).header("content-type", "application/json");
        let answer = device.send(with_body.body("not JSON")).await;
        assert_eq!((answer.status, &answer.text), (get.status, &get.text), "{path}");
        let too_much = device.request(Method::GET, path).body(" ".repeat(1024 * 1024));
        device.send(too_much).await.problem(413, "too-large");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_brings_a_challenge_or_nothing() {
    let server = Server::start();
    let nobody = server.nobody();
    for body in [json!({"colour": "red"}), json!({"challenge": 1}), json!([]), json!(null)] {
        assert_eq!(nobody.post("/devices", &body).await.problem(422, "invalid").errors.len(), 1, "{body}");
    }
    nobody.send(nobody.request(Method::POST, "/devices")).await.problem(415, "not-json");
}

#[tokio::test(flavor = "multi_thread")]
async fn problems_speak_the_callers_language() {
    let server = Server::start();
    let device = server.device().await;
    let [id, en]: [Value; 2] =
        [include_str!("../../../locales/id.json"), include_str!("../../../locales/en.json")]
            .map(|text| serde_json::from_str(text).unwrap());
    for (accepted, tag, locale) in [
        (None, "id", &id),
        (Some("id-ID,id;q=0.9,en;q=0.8"), "id", &id),
        (Some("en-GB,en;q=0.9,id;q=0.8"), "en", &en),
        (Some("fr,en;q=0.5"), "en", &en),
        (Some("fr"), "id", &id),
        (Some(";;;q=,,en;q=x"), "id", &id),
    ] {
        let mut request = device.request(Method::PUT, &format!("/reports/{}", new_id()));
        if let Some(accepted) = accepted {
            request = request.header("accept-language", accepted);
        }
        let answer = device.send(request.json(report().description("").body())).await;
        let problem = answer.problem(422, "invalid");
        assert_eq!(answer.header("content-language"), tag, "{accepted:?}");
        assert!(answer.header("vary").contains("accept-language"));
        assert_eq!(locale["problem"]["invalid"], problem.title, "{accepted:?}");
        assert_eq!(locale["field"]["blank"], problem.errors[0].message, "{accepted:?}");
    }
}

/// A phone on a slow line is still sending when the server knows already that it will refuse. Were the connection
/// closed then, the phone would see a broken network, and try the same again for ever.
#[test]
fn a_refusal_reaches_who_is_still_sending() {
    let server = Server::start();
    let path = format!("/api/v1/reports/{}", new_id());
    for (target, header, length, status) in [
        (path.as_str(), "Authorization: Bearer wrong\r\nContent-Type: application/json", 20_000, 401),
        (path.as_str(), "Content-Type: application/json", 20_000, 401),
        ("/api/v1/devices", "Content-Type: text/plain", 20_000, 415),
        ("/api/v1/devices", "Content-Type: application/json", 20_000, 405),
        ("/api/v1/nowhere", "Content-Type: application/json", 20_000, 404),
        ("/api/v1/reports", "Content-Type: application/json", 1_000_000, 413),
    ] {
        let method = if status == 415 { "POST" } else { "PUT" };
        let mut line = TcpStream::connect(server.address()).unwrap();
        let head = format!(
            "{method} {target} HTTP/1.1\r\nHost: warga\r\n{header}\r\nContent-Length: {length}\r\n\r\n"
        );
        line.write_all(head.as_bytes()).unwrap();
        let half = " ".repeat(length / 2);
        line.write_all(half.as_bytes()).unwrap();
        // Long enough for a server that answers too early to have done so; one that waits does not mind.
        std::thread::sleep(Duration::from_millis(50));
        line.write_all(half.as_bytes()).unwrap();
        // The connection is still good for the next request.
        line.write_all(b"GET /api/v1/site HTTP/1.1\r\nHost: warga\r\nConnection: close\r\n\r\n").unwrap();
        let mut answers = String::new();
        line.read_to_string(&mut answers).unwrap();
        assert!(answers.starts_with(&format!("HTTP/1.1 {status} ")), "{header}: {answers}");
        assert!(answers.contains("\r\ncontent-type: application/problem+json\r\n"), "{header}: {answers}");
        assert!(answers.contains("HTTP/1.1 200 OK"), "{header}: {answers}");
    }
}
