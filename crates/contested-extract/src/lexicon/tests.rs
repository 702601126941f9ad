use super::*;

#[test]
fn the_embedded_lexicon_is_valid() {
    let lexicon = Lexicon::read().unwrap_or_else(|error| panic!("{error}"));
    let rows: std::collections::BTreeSet<&str> =
        lexicon.all_senses().map(|sense| sense.id.as_str()).collect();
    assert!(
        rows.len() >= 400 && lexicon.all_senses().count() >= 600,
        "{} rows, {} senses",
        rows.len(),
        lexicon.all_senses().count()
    );
}

#[test]
fn an_id_begins_with_its_type() {
    for sense in Lexicon::embedded().all_senses() {
        assert!(
            sense.id.starts_with(&format!("{}.", sense.claim_type)),
            "{} makes {}",
            sense.id,
            sense.claim_type
        );
    }
}

#[test]
fn no_word_has_two_senses_under_the_same_conditions() {
    let lexicon = Lexicon::embedded();
    let mut seen = BTreeMap::new();
    for sense in lexicon.all_senses() {
        let key = format!("{:?} {:?} {:?}", sense.pos, sense.pattern.words(), sense.when);
        if let Some(other) = seen.insert(key, &sense.id) {
            panic!("`{}` can never be meant beside `{other}`: {:?}", sense.id, sense.pattern.words());
        }
    }
}

#[test]
fn longer_patterns_and_stricter_conditions_come_first() {
    let lexicon = Lexicon::embedded();
    let take = lexicon.senses("take", PosClass::Verb);
    assert!(take.windows(2).all(|pair| pair[0].pattern.len() >= pair[1].pattern.len()));
    assert!(take.iter().any(|sense| sense.pattern.words() == ["take", "over"] && sense.pattern.head() == 0));
    assert!(lexicon.senses("held", PosClass::Adj).iter().all(|sense| sense.claim_type.as_str() == "holds"));
    assert!(lexicon.senses("capture", PosClass::Adj).is_empty());
}

#[test]
fn errors_name_file_line_column_and_reason() {
    let text = "# x\nwords\tclass\nrifle\tgun\ntank\tbeast\n";
    let error = words::weapons("weapons.tsv", text).expect_err("`beast` is no class");
    insta::assert_snapshot!(error, @"lexicon file weapons.tsv, line 4, column `class`: `beast` is not a class of weapons");
    let error = words::weapons("weapons.tsv", "words\tclass\nrifle\n").expect_err("a cell is missing");
    insta::assert_snapshot!(error, @"lexicon file weapons.tsv, line 2, column `row`: 1 cells, expected 2: words, class");
}

#[test]
fn slots_and_conditions_read() {
    let list = SlotList::parse("from>obj+on>obj.poss").expect("well formed");
    assert_eq!(list.0.len(), 3);
    assert_eq!(list.0[1].len(), 2);
    assert_eq!(list.0[2][0].then, Some(Step::Poss));
    assert!(SlotList::parse("nowhere").is_none());
    let condition = Condition::parse("!any=weapon.air|weapon.bomb").expect("well formed");
    assert!(condition.negated);
    assert_eq!(Condition::parse("form=sideways"), Err("`sideways` is no form".to_owned()));
}

#[test]
fn a_pattern_has_one_head() {
    assert!(Pattern::parse("take over").is_err());
    assert!(Pattern::parse("Take* over").is_err());
    assert_eq!(Pattern::parse("car bomb*").map(|pattern| pattern.head()), Ok(1));
}
