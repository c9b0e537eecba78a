//! Addresses and places, from the geocoder in `site.json`. It is not ours: it is told what was typed and nothing else.

use std::{fmt, time::Duration};

use gloo_net::http::RequestBuilder;
use leptos::prelude::set_timeout_with_handle;
use model::Degrees;
use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use web_sys::AbortController;

use super::{ClientError, Stop};
use crate::json;

/// How long a geocoder may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// A place that was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    /// What it is called, the nearer words first.
    pub(crate) name: String,
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lng: f64,
    /// `[west, south, east, north]` in degrees, of what is larger than a spot.
    pub(crate) bounds: Option<[f64; 4]>,
}

impl Place {
    /// Asks the geocoder at `template` for what was typed. `stop` breaks it off.
    ///
    /// # Errors
    /// When no answer comes, or none that can be read. Finding nothing is no error.
    pub(crate) async fn find(
        template: &str,
        typed: &str,
        language: &str,
        stop: Stop,
    ) -> Result<Vec<Self>, ClientError> {
        let query = String::from(js_sys::encode_uri_component(typed));
        let url = template.replace("{query}", &query).replace("{lang}", language);
        let request = RequestBuilder::new(&url)
            .abort_signal(stop.0.as_ref().map(AbortController::signal).as_ref())
            .build();
        let Ok(request) = request else { return Err(ClientError::Offline) };
        let late = stop.clone();
        let alarm = set_timeout_with_handle(move || late.now(), PATIENCE);
        let answer = match request.send().await {
            Ok(answer) => answer.text().await.map(|text| (answer.status(), text)),
            Err(error) => Err(error),
        };
        if let Ok(alarm) = alarm {
            alarm.clear();
        }
        match answer {
            Ok((200, text)) => {
                // Photon answers in GeoJSON, Nominatim with a list unless it is asked for GeoJSON.
                let found = json::read(&text).map(Collection::places);
                let found = found.or_else(|| json::read(&text).map(places_of_rows));
                found.ok_or(ClientError::NotOurs(200))
            }
            Ok((status, _)) => Err(ClientError::NotOurs(status)),
            Err(_) if stop.is_stopped() => Err(ClientError::TimedOut),
            Err(_) => Err(ClientError::Offline),
        }
    }
}

/// A GeoJSON FeatureCollection (RFC 7946) of Photon or Nominatim.
#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    geometry: Option<Geometry>,
    #[serde(default)]
    properties: Option<Properties>,
    /// Nominatim's; Photon has `extent` among the properties.
    #[serde(default)]
    bbox: Option<Vec<Number>>,
}

#[derive(Deserialize)]
struct Geometry {
    /// Longitude and latitude of a point. An outline has no numbers here, and is no place to go to.
    coordinates: Vec<Number>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Properties {
    display_name: Option<String>,
    name: Option<String>,
    housenumber: Option<String>,
    street: Option<String>,
    district: Option<String>,
    city: Option<String>,
    county: Option<String>,
    state: Option<String>,
    /// West, north, east, south.
    extent: Option<Vec<Number>>,
}

/// A row of Nominatim's `jsonv2`.
#[derive(Deserialize)]
struct Row {
    display_name: String,
    lat: Number,
    lon: Number,
    /// South, north, west, east.
    #[serde(default)]
    boundingbox: Option<Vec<Number>>,
}

/// A number, written as such or, as Nominatim does, as a text; none for whatever else stands in its place.
#[derive(Clone, Copy)]
struct Number(Option<f64>);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
        Ok(Number(Some(value)))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
        Ok(Number(Some(value as f64)))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
        Ok(Number(Some(value as f64)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
        // As many digits as are read: geocoders like to pretend to nanometres.
        Ok(Number(text.get(..14).unwrap_or(text).parse().map(|Degrees(value)| value).ok()))
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Number, E> {
        Ok(Number(None))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Number, E> {
        Ok(Number(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Number, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Number(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Number, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Number(None))
    }
}

/// The numbers of a list, if all of its items are.
fn numbers(list: Option<Vec<Number>>) -> Vec<f64> {
    list.unwrap_or_default().into_iter().map_while(|Number(value)| value).collect()
}

impl Collection {
    fn places(self) -> Vec<Place> {
        self.features.into_iter().filter_map(Feature::place).collect()
    }
}

impl Feature {
    fn place(self) -> Option<Place> {
        let [Number(lng), Number(lat), ..] = self.geometry?.coordinates[..] else { return None };
        let properties = self.properties.unwrap_or_default();
        let mut bounds = numbers(self.bbox);
        if let [west, north, east, south] = numbers(properties.extent.clone())[..] {
            bounds = vec![west, south, east, north];
        }
        place(properties.words(), lat?, lng?, &bounds)
    }
}

impl Properties {
    /// What a person would call it.
    fn words(self) -> String {
        if let Some(whole) = self.display_name {
            return whole;
        }
        // An address has no name but its street and number.
        let street = match (self.street, self.housenumber) {
            (Some(street), Some(number)) => Some(format!("{street} {number}")),
            (street, _) => street,
        };
        let mut words: Vec<String> = Vec::new();
        for part in
            [self.name, street, self.district, self.city, self.county, self.state].into_iter().flatten()
        {
            if !part.is_empty() && !words.contains(&part) {
                words.push(part);
            }
        }
        words.join(", ")
    }
}

fn places_of_rows(rows: Vec<Row>) -> Vec<Place> {
    let place_of = |row: Row| {
        let bounds = match numbers(row.boundingbox)[..] {
            [south, north, west, east] => vec![west, south, east, north],
            _ => Vec::new(),
        };
        place(row.display_name, row.lat.0?, row.lon.0?, &bounds)
    };
    rows.into_iter().filter_map(place_of).collect()
}

/// A place, if it has a name and lies on the earth; bounds that do not are as good as none.
fn place(name: String, lat: f64, lng: f64, bounds: &[f64]) -> Option<Place> {
    let on_earth = |lat: f64, lng: f64| lat.abs() <= 90.0 && lng.abs() <= 180.0;
    let bounds = match *bounds {
        [west, south, east, north]
            if on_earth(south, west) && on_earth(north, east) && west < east && south < north =>
        {
            Some([west, south, east, north])
        }
        _ => None,
    };
    (!name.trim().is_empty() && on_earth(lat, lng)).then_some(Place { name, lat, lng, bounds })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_collection(text: &str) -> Vec<Place> {
        serde_json::from_str::<Collection>(text).unwrap().places()
    }

    #[test]
    fn photon_is_read() {
        let found = of_collection(
            r#"{"type":"FeatureCollection","features":[
                {"type":"Feature","geometry":{"type":"Point","coordinates":[107.6071,-6.9218]},
                 "properties":{"osm_id":1,"osm_type":"R","extent":[107.54,-6.83,107.74,-6.97],"country":"Indonesia",
                    "osm_key":"place","name":"Bandung","state":"Jawa Barat","type":"city"}},
                {"geometry":{"type":"Point","coordinates":[107.61,-6.9]},
                 "properties":{"street":"Jalan Braga","housenumber":"12","city":"Bandung","state":"Jawa Barat"}}]}"#,
        );
        let bandung = Place {
            name: "Bandung, Jawa Barat".into(),
            lat: -6.9218,
            lng: 107.6071,
            bounds: Some([107.54, -6.97, 107.74, -6.83]),
        };
        let braga = Place {
            name: "Jalan Braga 12, Bandung, Jawa Barat".into(),
            lat: -6.9,
            lng: 107.61,
            bounds: None,
        };
        assert_eq!(found, [bandung, braga]);
    }

    #[test]
    fn nominatim_is_read_as_a_list_and_as_geojson() {
        let rows = r#"[{"place_id":1,"lat":"-6.9215529","lon":"107.6110212","display_name":"Bandung, Jawa Barat",
            "boundingbox":["-6.9690000","-6.8370000","107.5460000","107.7390000"]},
            {"lat":"-6.90250001234567890","lon":107.6,"display_name":"Gedung Sate"}]"#;
        let found = places_of_rows(serde_json::from_str(rows).unwrap());
        assert_eq!(found[0].bounds, Some([107.546, -6.969, 107.739, -6.837]));
        assert!((found[0].lng - 107.61102).abs() < 1e-4);
        assert_eq!((found[1].name.as_str(), found[1].bounds), ("Gedung Sate", None));
        assert!((found[1].lat + 6.9025).abs() < 1e-4);
        let found = of_collection(
            r#"{"features":[{"bbox":[107.5,-6.9,107.7,-6.8],"properties":{"display_name":"Bandung"},
                "geometry":{"type":"Point","coordinates":[107.6,-6.9]}}]}"#,
        );
        assert_eq!((found[0].name.as_str(), found[0].bounds), ("Bandung", Some([107.5, -6.9, 107.7, -6.8])));
    }

    #[test]
    fn what_is_no_place_is_passed_over_and_the_rest_kept() {
        let found = of_collection(
            r#"{"features":[{"geometry":null,"properties":{"name":"A"}},
                {"geometry":{"coordinates":[1.0]},"properties":{"name":"B"}},
                {"geometry":{"coordinates":[[[1.0,2.0],[2.0,2.0]]]},"properties":{"name":"D"}},
                {"geometry":{"coordinates":[200.0,1.0]},"properties":{"name":"C"}},
                {"geometry":{"coordinates":[1.0,2.0]},"properties":{}},
                {"geometry":{"coordinates":[1.0,2.0]},"bbox":[5.0,5.0,1.0,1.0],"properties":{"name":"E"}}]}"#,
        );
        assert_eq!(found, [Place { name: "E".into(), lat: 2.0, lng: 1.0, bounds: None }]);
        assert_eq!(of_collection(r#"{"features":[]}"#), []);
        let rows = r#"[{"lat":"abc","lon":"1","display_name":"A"},{"lat":"1","lon":"2","display_name":" "}]"#;
        assert_eq!(places_of_rows(serde_json::from_str(rows).unwrap()), []);
        assert!(serde_json::from_str::<Collection>(r#"{"error":"busy"}"#).is_err());
    }
}
