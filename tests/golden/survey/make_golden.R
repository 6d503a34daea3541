# Records what R's survey package gives, for the tests of analysis.estimation.
# Usage: Rscript make_golden.R OUTPUT_DIRECTORY [SHARED_DATA_DIRECTORY]
# Without the shared data only the random design is computed. The random design's input is written once beside
# the results (random_design.csv) and read back, so that both programs see the same numbers.
suppressPackageStartupMessages(library(survey))
arguments <- commandArgs(trailingOnly = TRUE)
out <- arguments[1]
shared <- if (length(arguments) > 1) arguments[2] else NA
options(survey.adjust.domain.lonely = FALSE, warn = -1, digits = 17)
rules <- c("remove", "adjust", "average", "certainty")

random_design <- function() {
  set.seed(20200331, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
  rows <- list()
  for (s in 1:14) {
    psus <- if (s %in% c(3, 9)) 1 else sample(2:6, 1)
    for (p in 1:psus) {
      n <- sample(4:14, 1)
      level <- rnorm(1, 0, 0.6)
      rows[[length(rows) + 1]] <- data.frame(
        stratum = s, psu = p, region = sample(c("east", "north", "west"), n, TRUE), sex = sample(1:2, n, TRUE),
        weight = round(exp(rnorm(n, 4, 0.7)), 6),
        lfs = findInterval(plogis(level + rnorm(n)), c(0.4, 0.6)) + 1,
        hours = round(pmax(0, rnorm(n, 38, 12)), 2))
    }
  }
  persons <- do.call(rbind, rows)
  persons$weight[sample(nrow(persons), 20)] <- 0
  persons$weight[persons$stratum == 5 & persons$psu == 1] <- 0
  persons$lfs[sample(nrow(persons), 25)] <- NA
  persons$hours[sample(nrow(persons), 30)] <- NA
  persons$region[persons$stratum == 9] <- "island"      # a domain within one lone PSU
  far <- sample(which(persons$stratum == 2), 3)
  persons$region[far] <- "void"                         # a domain that has no labour force
  persons$lfs[far] <- c(3, 3, NA)
  persons
}

interval <- function(estimate, se, df, proportion) {
  if (is.na(se) || df < 1) return(rep(NA_real_, 4))
  t <- qt(0.975, df)
  wald <- estimate + c(-1, 1) * t * se
  logit <- c(NA_real_, NA_real_)
  if (proportion && estimate > 0 && estimate < 1)
    logit <- plogis(qlogis(estimate) + c(-1, 1) * t * se / (estimate * (1 - estimate)))
  c(wald, logit)
}

one <- function(design, statistic, rule) {
  if (nrow(design) == 0) return(c(NA, NA, 0, 0, rep(NA, 4)))
  options(survey.lonely.psu = rule)
  if (statistic == "unemployment") fit <- svymean(~une, design)
  if (statistic == "participation") fit <- svyratio(~lf, ~wap, design)
  if (statistic == "mean_hours") fit <- svymean(~hours, design)
  if (statistic == "total_unemployed") fit <- svytotal(~une, design)
  estimate <- as.numeric(coef(fit)); se <- sqrt(as.numeric(vcov(fit))); df <- degf(design)
  if (is.nan(estimate)) se <- NA
  cases <- sum(weights(design) > 0) # as unwtd.count counts them
  c(estimate, se, df, cases, interval(estimate, se, df, statistic %in% c("unemployment", "participation")))
}

universe <- list(
  unemployment = function(v) !is.na(v$lf) & v$lf == 1,
  participation = function(v) !is.na(v$wap) & v$wap == 1,
  mean_hours = function(v) !is.na(v$hours),
  total_unemployed = function(v) rep(TRUE, nrow(v)))

domains <- function(persons, by) {
  found <- list(list(label = "_T", rows = rep(TRUE, nrow(persons))))
  for (b in by) for (level in sort(unique(persons[[b]])))
    found[[length(found) + 1]] <- list(label = paste0(b, "=", level), rows = persons[[b]] == level)
  if (length(by) > 1) for (u in sort(unique(persons[[by[1]]]))) for (v in sort(unique(persons[[by[2]]])))
    found[[length(found) + 1]] <- list(
      label = paste0(by[1], "=", u, "&", by[2], "=", v), rows = persons[[by[1]]] == u & persons[[by[2]]] == v)
  found
}

estimates <- function(persons, design, by, statistics, rules) {
  rows <- list()
  for (statistic in statistics) for (d in domains(persons, by)) {
    part <- subset(design, d$rows & universe[[statistic]](persons))
    for (rule in rules) {
      found <- one(part, statistic, rule)
      rows[[length(rows) + 1]] <- data.frame(statistic, domain = d$label, rule, estimate = found[1], se = found[2],
        df = found[3], n = found[4], wald_lower = found[5], wald_upper = found[6], logit_lower = found[7],
        logit_upper = found[8])
    }
  }
  do.call(rbind, rows)
}

# The difference of two unemployment rates: the linearized variables of both domains, subtracted.
differences <- function(persons, design, by, base, rules) {
  labour <- universe$unemployment(persons)
  linear <- function(level) {
    rows <- labour & persons[[by]] == level
    x <- sum(persons$weight[rows])
    r <- sum(persons$weight[rows] * persons$une[rows]) / x
    list(r = r, z = ifelse(rows, (ifelse(rows, persons$une, 0) - r) / x, 0))
  }
  rows <- list()
  for (level in setdiff(sort(unique(persons[[by]])), base)) {
    a <- linear(level); b <- linear(base)
    if (is.nan(a$r)) next
    both <- subset(update(design, z = a$z - b$z), labour & persons[[by]] %in% c(level, base))
    for (rule in rules) {
      options(survey.lonely.psu = rule)
      rows[[length(rows) + 1]] <- data.frame(domain = level, base = base, rule, estimate = a$r - b$r,
        se = sqrt(as.numeric(vcov(svytotal(~z, both)))), df = degf(both))
    }
  }
  do.call(rbind, rows)
}

save_as <- function(frame, name) {
  for (column in names(frame)) if (is.double(frame[[column]]))
    frame[[column]] <- ifelse(is.finite(frame[[column]]), trimws(formatC(frame[[column]], digits = 17, format = "g")), "")
  write.csv(frame, file.path(out, name), row.names = FALSE, quote = FALSE, na = "")
}

labour_columns <- function(persons) {
  persons$une <- as.numeric(persons$lfs == 2)
  persons$lf <- as.numeric(persons$lfs %in% 1:2); persons$lf[is.na(persons$lfs)] <- NA
  persons$wap <- as.numeric(persons$lfs %in% 1:3); persons$wap[is.na(persons$lfs)] <- NA
  persons
}

input <- file.path(out, "random_design.csv")
if (!file.exists(input)) save_as(random_design(), "random_design.csv")
persons <- labour_columns(read.csv(input))
persons$une[is.na(persons$une)] <- 0
design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = persons, nest = TRUE)
save_as(estimates(persons, design, c("region", "sex"), names(universe), rules), "random_estimates.csv")
save_as(differences(persons, design, "region", "east", rules), "random_differences.csv")
unstratified <- svydesign(ids = ~cluster, weights = ~weight,
  data = transform(persons, cluster = paste(stratum, psu)))
save_as(estimates(persons, unstratified, c("region", "sex"), names(universe), "remove"), "unstratified_estimates.csv")

if (!is.na(shared)) {
  chile <- read.csv(gzfile(file.path(shared, "chile_ene", "chile_ene_2020_q1.csv.gz")),
    colClasses = c(conglomerado = "character"))
  code <- chile$cae_especifico
  chile$lfs <- ifelse(code == 0, 0, ifelse(code <= 7, 1, ifelse(code <= 9, 2, 3)))
  chile <- transform(labour_columns(chile), sex = sexo, weight = fact_cal)
  design <- svydesign(ids = ~conglomerado, strata = ~estrato_unico, weights = ~weight, data = chile, nest = TRUE)
  statistics <- c("unemployment", "participation", "total_unemployed")
  save_as(estimates(chile, design, c("region", "sex"), statistics, rules), "chile_estimates.csv")
  save_as(differences(chile, design, "region", 1, rules), "chile_differences.csv")

  silc <- read.csv(gzfile(file.path(shared, "eusilc_synthetic", "eusilc.csv.gz")))
  silc <- transform(silc, lfs = ifelse(is.na(pl030), NA, ifelse(pl030 %in% 1:2, 1, ifelse(pl030 == 3, 2, 3))),
    hours = eqIncome, weight = rb050, sex = rb090, region = db040)
  silc <- labour_columns(silc)
  silc$une[is.na(silc$une)] <- 0
  design <- svydesign(ids = ~db030, strata = ~region, weights = ~weight, data = silc, nest = TRUE)
  save_as(estimates(silc, design, c("region", "sex"), names(universe), "remove"), "eusilc_estimates.csv")
}

save_as(data.frame(program = c("R", "survey"),
  version = c(as.character(getRversion()), as.character(packageVersion("survey")))), "versions.csv")
