//! Starts the portal in the browser.

fn main() {
    warga::start();
}
