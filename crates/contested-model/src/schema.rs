//! Words as the OpenAPI document describes them. Deriving it would not see the words, which come through macros.

/// A type that is written as one of a few words.
macro_rules! of_words {
    ($name:ident { $($word:literal),+ }) => {
        impl utoipa::ToSchema for $name {}

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some([$($word),+]))
                    .into()
            }
        }
    };
}
pub(crate) use of_words;
