use std::io::Write;

use contested_knowledge::Knowledge;
use serde_json::{Map, Value, json};

use crate::{Content, ExportError, LeftOut, Written, flat};

/// One feature a row of the flat table, with its columns as properties. What is on no map has no geometry; GIS programs list it all the same.
pub(crate) fn write(
    content: &Content<'_>,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    let table = flat(content, knowledge);
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (at, (row, point)) in table.rows.iter().zip(&table.points).enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        let id = table.columns.iter().position(|&column| column == "id").and_then(|at| row.get(at));
        let properties: Map<String, Value> =
            table.columns.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), cell.json())).collect();
        let geometry = point.map(|(lat, lon)| json!({"type": "Point", "coordinates": [lon, lat]}));
        let mut feature = Map::new();
        feature.insert("type".to_owned(), "Feature".into());
        if let Some(id) = id {
            feature.insert("id".to_owned(), id.json());
        }
        feature.insert("geometry".to_owned(), geometry.unwrap_or(Value::Null));
        feature.insert("properties".to_owned(), properties.into());
        serde_json::to_writer(&mut *out, &feature)?;
    }
    out.write_all(b"\n]}\n")?;
    Ok(Written { rows: table.rows.len(), left_out: LeftOut::new() })
}
