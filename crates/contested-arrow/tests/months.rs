//! Claims at rest: a file a month, and back.
#![cfg(feature = "parquet")]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests write files")]

use std::fs::File;

use contested_arrow::{ArrowError, read_claims, write_by_month};
use contested_model::testing::{day, told};
use contested_model::{ClaimType, Kept};

fn kept(place: &str, published: &str) -> Kept {
    let claim = told("Wire", published, ClaimType::Seize).agent("Army").place(place).claim();
    Kept { known: day(published), claim }
}

#[test]
fn claims_are_parted_by_month_sorted_by_place_and_come_back() {
    let kept = [kept("Rawa", "2017-11-08"), kept("Qaim", "2017-12-01"), kept("Ana", "2017-11-20")];
    let folder = tempfile::tempdir().unwrap();
    let mut months = Vec::new();
    let rows = write_by_month(&kept, |month, bytes| {
        months.push(month.to_owned());
        std::fs::write(folder.path().join(month), bytes).map_err(|e| ArrowError::Parquet(e.to_string()))
    });
    assert_eq!(rows.unwrap(), 3);
    assert_eq!(months, ["2017-11", "2017-12"]);
    let mut back = Vec::new();
    for month in months {
        let file = File::open(folder.path().join(month)).unwrap();
        read_claims(file, |claims| -> Result<(), ArrowError> {
            back.extend(claims);
            Ok(())
        })
        .unwrap();
    }
    let names: Vec<&str> = back.iter().map(|claim| claim.places[0].name.as_str()).collect();
    assert_eq!(names, ["Ana", "Rawa", "Qaim"]);
    assert_eq!(back[1], kept[0].claim);
}

#[test]
fn what_is_no_parquet_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    std::fs::write(&path, b"PAR1 and then nothing of the sort").unwrap();
    let told = read_claims(File::open(&path).unwrap(), |_| -> Result<(), ArrowError> { Ok(()) });
    assert!(told.unwrap_err().to_string().starts_with("Parquet: "));
}
