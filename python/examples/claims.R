# Reads claims that `contested export claims --as parquet --out claims.parquet` wrote, and counts captures by place and source.
# Usage: Rscript claims.R claims.parquet      (install.packages("arrow") first)
library(arrow)

file <- commandArgs(trailingOnly = TRUE)[1]
claims <- read_parquet(file, as_data_frame = TRUE)
captures <- claims[claims$type == "seize" & claims$polarity == "positive", ]
first_name <- function(part) vapply(part, function(one) if (nrow(one) > 0) one$name[1] else NA_character_, character(1))
captures$place <- first_name(captures$places)
captures$source <- ifelse(lengths(lapply(captures$attribution, function(one) one$name)) > 0, first_name(captures$attribution), captures$report$source)
print(sort(table(paste(captures$place, captures$source, sep = ": ")), decreasing = TRUE))
