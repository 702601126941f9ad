//! Builds anew when the page's bundle changes, which is embedded.

fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
}
