//! Claims into tables and out again; the schema against the JSON Schema.
#![cfg(feature = "arrow")]

use std::sync::Arc;

use arrow_array::{Array as _, ArrayRef, RecordBatch, StringArray, StringViewArray};
use arrow_schema::{DataType, Field, Schema};
use contested_arrow::{
    assess, claims_batch, claims_of, claims_schema, control_schema, extract, reports_batch, reports_of,
    reports_schema,
};
use contested_assess::{Basis, Nothing};
use contested_extract::Extractor;
use contested_knowledge::Knowledge;
use contested_model::{Claim, Report};

const TEXT: &str = "BEIRUT (Wire) - The Syrian army captured Albu Kamal from Islamic State on Wednesday, a commander said. \
                    Twelve civilians were killed in shelling. Islamic State denied that it had left the town.";

fn claims() -> Vec<Claim> {
    let report = Report {
        text: TEXT.to_owned(),
        published: "2017-11-08".parse().ok(),
        source: Some("Wire".to_owned()),
        ..Report::default()
    };
    Extractor::new(Knowledge::embedded()).extract(&report).claims
}

#[test]
fn claims_come_back_as_they_were() {
    let claims = claims();
    assert!(claims.len() >= 3);
    let batch = claims_batch(&claims).unwrap();
    assert_eq!(claims_of(&batch).unwrap(), claims);
    assert_eq!(claims_batch(&[]).unwrap().num_rows(), 0);
}

#[test]
fn reports_come_back_as_they_were() {
    let reports = [
        Report {
            id: Some("a".to_owned()),
            text: TEXT.to_owned(),
            published: "2017-11-08".parse().ok(),
            source: Some("Wire".to_owned()),
            title: Some("Albu Kamal taken".to_owned()),
            url: Some("https://example.org/a".to_owned()),
            ..Report::default()
        },
        Report { text: "Shelling.".to_owned(), ..Report::default() },
    ];
    let batch = reports_batch(&reports).unwrap();
    assert_eq!(batch.schema(), reports_schema());
    assert_eq!(reports_of(&batch).unwrap(), reports);
}

fn nothing_is_untyped(data_type: &DataType, name: &str) {
    match data_type {
        DataType::Null => panic!("{name} has no type"),
        DataType::Struct(fields) => {
            for field in fields {
                nothing_is_untyped(field.data_type(), field.name());
            }
        }
        DataType::List(item) => nothing_is_untyped(item.data_type(), name),
        _ => {}
    }
}

#[test]
fn the_schema_has_the_keys_of_a_claim_in_their_order_and_a_version() {
    let schema = claims_schema();
    let json = serde_json::to_value(&claims()[0]).unwrap();
    let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    let columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(columns, keys);
    schema.fields().iter().for_each(|field| nothing_is_untyped(field.data_type(), field.name()));
    assert_eq!(schema.metadata().get("contested.schema.version").map(String::as_str), Some("1"));
}

fn no_null_where_none_may_be(array: &dyn arrow_array::Array, name: &str, nullable: bool) {
    use arrow_array::cast::AsArray as _;
    assert!(nullable || array.null_count() == 0, "{name} may not be null");
    if let Some(parts) = array.as_struct_opt() {
        for (field, part) in parts.fields().iter().zip(parts.columns()) {
            no_null_where_none_may_be(part.as_ref(), field.name(), field.is_nullable());
        }
    } else if let Some(list) = array.as_list_opt::<i32>() {
        no_null_where_none_may_be(list.values().as_ref(), name, true);
    }
}

/// Readers such as pyarrow count the nulls of a column without looking at the part that it stands in.
#[test]
fn under_a_part_that_is_null_stands_something() {
    let mut claims = claims();
    claims[0].time = None;
    let batch = claims_batch(&claims).unwrap();
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        no_null_where_none_may_be(column.as_ref(), field.name(), field.is_nullable());
    }
    assert_eq!(claims_of(&batch).unwrap(), claims);
}

fn reports(published: ArrayRef) -> RecordBatch {
    let schema = Schema::new(vec![
        Field::new("text", DataType::Utf8View, true),
        Field::new("source", DataType::Utf8, true),
        Field::new("published", published.data_type().clone(), true),
        Field::new("rating", DataType::Utf8, true),
    ]);
    let texts = StringViewArray::from(vec![Some(TEXT), None]);
    let sources = StringArray::from(vec![Some("Wire"), None]);
    let ratings = StringArray::from(vec![Some("x"), None]);
    RecordBatch::try_new(
        Arc::new(schema),
        vec![Arc::new(texts), Arc::new(sources), published, Arc::new(ratings)],
    )
    .expect("columns as the schema has them")
}

#[test]
fn extract_tells_what_the_extractor_tells() {
    let extractor = Extractor::new(Knowledge::embedded());
    let batch =
        extract(&reports(Arc::new(StringArray::from(vec![Some("2017-11-08"), None]))), &extractor).unwrap();
    assert_eq!(claims_of(&batch).unwrap(), claims());
    let wrong = reports(Arc::new(arrow_array::BooleanArray::from(vec![true, false])));
    let error = extract(&wrong, &extractor).unwrap_err().to_string();
    assert_eq!(error, "column `published` is Boolean; it should be a day, a moment or a text");
    let none = RecordBatch::new_empty(Arc::new(Schema::new(vec![Field::new("body", DataType::Utf8, true)])));
    assert_eq!(extract(&none, &extractor).unwrap_err().to_string(), "the table has no column `text`");
}

#[test]
fn assess_says_who_holds_the_place() {
    let captures: Vec<Claim> =
        claims().into_iter().filter(|claim| claim.claim_type == contested_model::ClaimType::Seize).collect();
    let batch = claims_batch(&captures).unwrap();
    let held = assess(&batch, None, &Basis::of(&Nothing), Knowledge::embedded()).unwrap();
    assert_eq!(held.schema(), control_schema());
    assert_eq!(held.num_rows(), 1);
    let column = |name: &str| {
        let column = held.column_by_name(name).unwrap();
        column.as_any().downcast_ref::<StringArray>().unwrap().value(0).to_owned()
    };
    assert_eq!((column("place"), column("holder")), ("Albu Kamal".to_owned(), "Syrian Army".to_owned()));
}
