// The parts of Leaflet that the portal uses, as the global `L` that the leaflet crate expects: a third less to load
// than the whole. Whoever calls something new through the crate adds it here.
import { Evented } from "leaflet/src/core/Events.js";
import { Point } from "leaflet/src/geometry/index.js";
import { LatLng, LatLngBounds } from "leaflet/src/geo/index.js";
// With its handlers: drag, keyboard, wheel, touch, double click, box.
import { Map } from "leaflet/src/map/index.js";
import { TileLayer } from "leaflet/src/layer/tile/TileLayer.js";
import { ImageOverlay } from "leaflet/src/layer/ImageOverlay.js";

window.L = { Evented, ImageOverlay, LatLng, LatLngBounds, Map, Point, TileLayer };
