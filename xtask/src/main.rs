//! Developer tasks (`cargo run -p xtask -- TASK`): compiling the gazetteer, checking layers. Never part of what ships.

fn main() -> anyhow::Result<()> {
    anyhow::bail!("no task named; see xtask/src/main.rs")
}
