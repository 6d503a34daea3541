# Medians with Woodruff's errors, or rates with replicate weights, by R's survey package.
# Arguments: file for the results, folder of persons.csv and replicates.bin, "median" or "replicates", number of replicates.
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "certainty")
asked <- commandArgs(trailingOnly = TRUE)
persons <- read.csv(file.path(asked[2], "persons.csv"), colClasses = "numeric")
number <- as.integer(asked[4])
if (asked[3] == "median") {
  design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~ilo_wgt, data = persons, nest = TRUE)
} else {
  weights <- matrix(readBin(file.path(asked[2], "replicates.bin"), "numeric", nrow(persons) * number, size = 4),
    ncol = number)
  design <- svrepdesign(data = persons, weights = ~ilo_wgt, repweights = weights, type = "bootstrap",
    combined.weights = TRUE, degf = number - 1)
}
rates <- list(unemployment_rate = c("unemployed", "labour_force"), employment_population_ratio = c("employed", "population"),
  labour_force_participation_rate = c("labour_force", "population"))
rows <- list()
for (sex in c(-1, 1, 2)) for (age in c(-1, 1, 2, 3, 4)) {
  inside <- (sex == -1 | persons$sex == sex) & (age == -1 | persons$age == age)
  if (asked[3] == "median") {
    part <- subset(design, inside & !is.na(persons$hourly_earnings))
    q <- svyquantile(~hourly_earnings, part, 0.5, interval.type = "mean")[[1]]
    rows[[length(rows) + 1]] <- data.frame(indicator = "median", sex, age, value = q[1, 1], se = q[1, 4])
  } else {
    part <- subset(design, inside)
    for (name in names(rates)) {
      fit <- svyratio(reformulate(rates[[name]][1]), reformulate(rates[[name]][2]), part)
      rows[[length(rows) + 1]] <- data.frame(indicator = name, sex, age, value = as.numeric(coef(fit)),
        se = as.numeric(SE(fit)))
    }
  }
}
results <- do.call(rbind, rows)
results$value <- format(results$value, digits = 17); results$se <- format(results$se, digits = 17)
write.csv(results, asked[1], row.names = FALSE)
