//! `simulate [--seed N] [--places N] [--days N] [--wrong SHARE] [--stride N]`: the assessment against a war whose truth is known.

use contested_simulation::{Scenario, measure};

use crate::option;

/// Prints the table.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let full = Scenario::FULL;
    let number = |name: &str, usual: usize| option(arguments, name).map_or(Ok(usual), str::parse::<usize>);
    let scenario = Scenario {
        places: number("--places", full.places)?,
        days: number("--days", full.days)?,
        seed: option(arguments, "--seed").map_or(Ok(full.seed), str::parse)?,
        wrong: option(arguments, "--wrong").map_or(Ok(full.wrong), str::parse)?,
    };
    let found = measure(&scenario, number("--stride", 1)?.max(1));
    println!(
        "{} places, {} days, seed {}: {} changes of hands, {} reports, {:.1} % of those that say who holds a town are wrong\n",
        scenario.places,
        scenario.days,
        scenario.seed,
        found.changes,
        found.reports,
        100.0 * found.wrong
    );
    println!("holder by day, {} days of towns        right", found.days);
    let lines = [
        ("model, known at the day, sources learnt monthly", found.model),
        ("model, known at the day, nothing learnt", found.unlearnt),
        ("model, looking back from the end", found.smoothed),
        ("the last report", found.baselines.last),
    ];
    for (what, share) in lines {
        println!("{what:<48} {:5.1} %", 100.0 * share);
    }
    let vote = format!("majority of sources, last {} days", found.baselines.window);
    println!("{vote:<48} {:5.1} %", 100.0 * found.baselines.majority);
    println!("{:<48} {:5.1} points\n", "above the better of the two", found.gain());
    println!("expected calibration error {:.3}\n  chance  right  days", found.calibration);
    for (chance, right, days) in &found.bins {
        println!("  {chance:.3}   {right:.3}  {days}");
    }
    println!("\nsource              reports  right  learnt  prior");
    for source in &found.sources {
        println!(
            "{:<20} {:>6}  {:.3}  {:.3}   {:.3}",
            source.name, source.reports, source.right, source.learnt, source.prior
        );
    }
    println!("largest error of a learnt reliability {:.3}", found.worst());
    Ok(())
}
