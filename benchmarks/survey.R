# Five indicators with standard errors by R's survey package, one country and year at a time.
# Arguments: file for the results, one CSV file a sample.
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "certainty")
asked <- commandArgs(trailingOnly = TRUE)
shares <- list(
  unemployment_rate = c("unemployed", "labour_force"),
  employment_population_ratio = c("employed", "population"),
  labour_force_participation_rate = c("labour_force", "population"),
  neet_rate = c("neet", "youth"),
  time_related_underemployment = c("underemployed", "employed")
)
margins <- list(c("sex", "age"), "sex", "age", character(0))
one_sample <- function(file) {
  persons <- read.csv(file, colClasses = "numeric")
  design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~ilo_wgt, data = persons, nest = TRUE)
  estimates <- list()
  for (name in names(shares)) {
    above <- reformulate(shares[[name]][1])
    below <- shares[[name]][2]
    there <- subset(design, persons[[below]] == 1)
    for (by in margins) {
      if (length(by) == 0) {
        ratio <- svyratio(above, reformulate(below), there)
        found <- data.frame(value = as.numeric(coef(ratio)), se = as.numeric(SE(ratio)))
      } else {
        ratio <- svyby(above, reformulate(by), there, svyratio, denominator = reformulate(below))
        found <- data.frame(ratio[by], value = as.numeric(coef(ratio)), se = as.numeric(SE(ratio)))
      }
      found$sex <- if ("sex" %in% by) found$sex else -1
      found$age <- if ("age" %in% by) found$age else -1
      estimates[[length(estimates) + 1]] <-
        data.frame(sample = basename(file), indicator = name, found[c("sex", "age", "value", "se")])
    }
  }
  do.call(rbind, estimates)
}
results <- do.call(rbind, lapply(asked[-1], one_sample))
results$value <- format(results$value, digits = 17)
results$se <- format(results$se, digits = 17)
write.csv(results, asked[1], row.names = FALSE)
