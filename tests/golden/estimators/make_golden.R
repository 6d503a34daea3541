# Records what R's survey and laeken packages give, for the estimators that need every person's own weight.
# Usage: Rscript make_golden.R OUTPUT_DIRECTORY [EUSILC_FILE]
# The data are those that come with the survey package (Academic Performance Index of California's schools; arrests and
# survival by ambulance; household crowding; 15 Swedish municipalities), and with laeken (synthetic EU-SILC).
suppressPackageStartupMessages({library(survey); library(laeken)})
arguments <- commandArgs(trailingOnly = TRUE)
out <- arguments[1]
options(survey.lonely.psu = "fail", warn = -1, digits = 17)
rows <- list()

record <- function(case, statistic, domain, estimate, se, df = NA, lower = NA, upper = NA, further = NA)
  rows[[length(rows) + 1]] <<- data.frame(case, statistic, domain, estimate = as.numeric(estimate), se = as.numeric(se),
    df = df, lower = as.numeric(lower), upper = as.numeric(upper), further = as.numeric(further))

save_as <- function(frame, name) {
  for (column in names(frame)) if (is.double(frame[[column]]))
    frame[[column]] <- ifelse(is.finite(frame[[column]]), trimws(formatC(frame[[column]], digits = 17, format = "g")), "")
  write.csv(frame, file.path(out, name), row.names = FALSE, quote = FALSE, na = "")
}

# Means, totals, ratios and quantiles of a design, of the whole and by domain.
common <- function(case, design, by = "awards", deff = FALSE, quantiles = TRUE) {
  levels <- c("_T", sort(unique(as.character(design$variables[[by]]))))
  for (level in levels) {
    part <- if (level == "_T") design else subset(design, design$variables[[by]] == level)
    df <- degf(design)
    if (!inherits(design, "svyrep.design")) df <- degf(part)
    fit <- if (deff) svymean(~api00, part, deff = TRUE) else svymean(~api00, part)
    record(case, "mean_api00", level, coef(fit), SE(fit), df, further = if (deff) deff(fit) else NA)
    fit <- svytotal(~api00, part)
    record(case, "total_api00", level, coef(fit), SE(fit), df)
    fit <- svyratio(~api00, ~api99, part)
    record(case, "ratio", level, coef(fit), SE(fit), df)
    # with replicate weights R gives the interval "mean" whatever is asked
    types <- if (inherits(design, "svyrep.design")) "mean" else c("mean", "xlogit")
    if (quantiles) for (type in types) for (p in c(0.1, 0.5, 0.75)) {
      q <- svyquantile(~api00, part, p, interval.type = type, df = df)[[1]]
      record(case, paste("quantile", type, p), level, q[1, 1], q[1, 4], df, q[1, 2], q[1, 3])
    }
  }
}

data(api); data(scd); data(crowd); data(mu284)
keep <- c("stype", "dnum", "snum", "api00", "api99", "enroll", "awards", "sch.wide", "pw")

# Strata, clusters and two stages, with finite population corrections.
strat <- apistrat[c(keep, "fpc")]; one <- apiclus1[c(keep, "fpc")]; two <- apiclus2[c(keep, "fpc1", "fpc2")]
strat$school <- seq_len(nrow(strat)); one$school <- seq_len(nrow(one))
dstrat <- svydesign(id = ~school, strata = ~stype, weights = ~pw, fpc = ~fpc, data = strat)
dclus1 <- svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = one)
dclus2 <- svydesign(id = ~dnum + snum, weights = ~pw, fpc = ~fpc1 + fpc2, data = two)
common("strata with fpc", dstrat, deff = TRUE)
common("strata", svydesign(id = ~school, strata = ~stype, weights = ~pw, data = strat), deff = TRUE)
common("clusters with fpc", dclus1, deff = TRUE)
common("two stages", dclus2, deff = TRUE)
q <- svyquantile(~api00, dstrat, 0.5, qrule = "school")[[1]]
record("strata with fpc", "median by average of ties", "_T", q[1, 1], q[1, 4], degf(dstrat), q[1, 2], q[1, 3])
dmu <- svydesign(id = ~id1 + id2, fpc = ~n1 + n2, data = mu284)
fit <- svytotal(~y1, dmu); mu284$w <- weights(dmu)
record("municipalities", "total_y1", "_T", coef(fit), SE(fit), degf(dmu))
for (rule in c("remove", "adjust", "certainty")) {
  options(survey.lonely.psu = rule)
  lone <- transform(two, region = ifelse(dnum == dnum[1], 1, 2))
  lone$fpc1 <- ifelse(lone$region == 1, 10, 700)
  d <- svydesign(id = ~dnum + snum, strata = ~region, weights = ~pw, fpc = ~fpc1 + fpc2, data = lone, nest = TRUE)
  fit <- svymean(~api00, d)
  record(paste("two stages with a lone PSU", rule), "mean_api00", "_T", coef(fit), SE(fit), degf(d))
}
options(survey.lonely.psu = "fail")

# Replicate weights.
set.seed(8, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
jk1 <- as.svrepdesign(svydesign(id = ~dnum, weights = ~pw, data = one), type = "JK1")
boot <- as.svrepdesign(svydesign(id = ~school, strata = ~stype, weights = ~pw, data = strat), type = "subbootstrap",
  replicates = 30)
take <- function(data, design, prefix) {
  w <- as.matrix(weights(design, "analysis"))
  colnames(w) <- paste0(prefix, seq_len(ncol(w)))
  cbind(data, as.data.frame(w))
}
one <- take(one, jk1, "jk"); strat <- take(strat, boot, "boot")
factors <- matrix(sample(c(1, 1.7, 0.3), nrow(strat) * 12, TRUE), nrow(strat))
colnames(factors) <- paste0("sdr", 1:12); strat <- cbind(strat, as.data.frame(factors))
for (mse in c(FALSE, TRUE)) {
  about <- if (mse) " about the estimate" else ""
  common(paste0("jk1", about), svrepdesign(data = one, weights = ~pw, repweights = "^jk", type = "JK1", scale = 14 / 15,
    combined.weights = TRUE, mse = mse))
  common(paste0("bootstrap", about), svrepdesign(data = strat, weights = ~pw, repweights = "^boot", type = "bootstrap",
    combined.weights = TRUE, mse = mse))
  common(paste0("sdr", about), svrepdesign(data = strat, weights = ~pw, repweights = "^sdr", combined.weights = FALSE,
    type = "successive-difference", mse = mse))
}
scd$w <- 1
half <- 2 * cbind(c(1, 0, 1, 0, 1, 0), c(1, 0, 0, 1, 0, 1), c(0, 1, 1, 0, 0, 1), c(0, 1, 0, 1, 1, 0))
fay <- ifelse(half == 2, 1.7, 0.3)
jkn <- weights(as.svrepdesign(svydesign(id = ~ambulance, strata = ~ESA, weights = ~w, data = scd, nest = TRUE),
  type = "JKn"), "replication")
jkn <- as.matrix(jkn)
colnames(half) <- paste0("brr", 1:4); colnames(fay) <- paste0("fay", 1:4); colnames(jkn) <- paste0("jkn", 1:6)
designs <- list(
  brr = svrepdesign(data = scd, weights = ~w, type = "BRR", repweights = half, combined.weights = FALSE),
  fay = svrepdesign(data = scd, weights = ~w, type = "Fay", rho = 0.3, repweights = fay, combined.weights = FALSE),
  jkn = svrepdesign(data = scd, weights = ~w, type = "JKn", repweights = jkn, scale = 1, rscales = rep(0.5, 6),
    combined.weights = FALSE))
for (name in names(designs)) {
  fit <- svyratio(~alive, ~arrests, designs[[name]])
  record(paste("ambulances", name), "survival", "_T", coef(fit), SE(fit), degf(designs[[name]]))
  fit <- svytotal(~alive, designs[[name]])
  record(paste("ambulances", name), "total_alive", "_T", coef(fit), SE(fit), degf(designs[[name]]))
}
scd <- cbind(scd, half, fay, jkn)
crowded <- as.svrepdesign(svydesign(id = ~cluster, weight = ~weight, strata = ~stratum, data = crowd), type = "JKn")
fit <- svyratio(~rooms, ~person, crowded)
record("crowding jkn", "rooms a person", "_T", coef(fit), SE(fit), degf(crowded))
crowd <- cbind(crowd, setNames(as.data.frame(as.matrix(weights(crowded, "replication"))), paste0("jkn", 1:6)))

# Calibration: linear, bounded, raking, logit, post-stratification; replicate weights calibrated one by one.
totals <- c(`(Intercept)` = 6194, stypeH = 755, stypeM = 1018)
wide <- c(totals, sch.wideYes = 5122)
exact <- list(epsilon = 1e-11, maxit = 200)
cal <- function(design, ...) do.call(calibrate, c(list(design, ...), exact))
common("linear", calibrate(dclus1, ~stype + api99, c(totals, api99 = 3914069)))
common("linear on two margins", calibrate(dclus1, ~stype + sch.wide, wide))
common("linear and bounded", cal(dclus1, ~stype + sch.wide, wide, bounds = c(0.8, 1.7)))
common("raking", cal(dclus1, ~stype + sch.wide, wide, calfun = "raking"))
common("logit", cal(dclus1, ~stype + sch.wide, wide, calfun = "logit", bounds = c(0.5, 2)))
common("post-stratification", postStratify(dclus1, ~stype, data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018))))
common("raking on two stages", cal(dclus2, ~stype + sch.wide, wide, calfun = "raking"))
common("jk1 raked", cal(svrepdesign(data = one, weights = ~pw, repweights = "^jk", type = "JK1", scale = 14 / 15,
  combined.weights = TRUE), ~stype + sch.wide, wide, calfun = "raking", compress = FALSE))
ready <- one; ready$pw <- weights(cal(dclus1, ~stype + sch.wide, wide, calfun = "raking")); one$raked <- ready$pw
again <- svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = ready)
common("calibrated before", calibrate(again, ~stype + sch.wide, wide))

# Differences, with their covariance, and their tests.
contrast <- function(case, design, df) {
  fit <- svyby(~api00, ~awards, design, svymean, covmat = TRUE)
  d <- svycontrast(fit, c(No = -1, Yes = 1))
  record(case, "difference by awards", "_T", coef(d), SE(d), df, further = 2 * pt(-abs(coef(d) / SE(d)), df))
  d <- svycontrast(fit, quote(100 * (Yes / No - 1)))
  record(case, "relative difference by awards", "_T", coef(d), SE(d), df, further = 2 * pt(-abs(coef(d) / SE(d)), df))
}
contrast("strata with fpc", dstrat, degf(dstrat))
contrast("two stages", dclus2, degf(dclus2))
raked <- cal(dclus1, ~stype + sch.wide, wide, calfun = "raking")  # svyby gives no covariance here: a regression does
m <- svyglm(api00 ~ awards, raked); d <- c(coef(m)[2], SE(m)[2])
record("raking", "difference by awards", "_T", d[1], d[2], degf(dclus1), further = 2 * pt(-abs(d[1] / d[2]), degf(dclus1)))
contrast("jk1", svrepdesign(data = one, weights = ~pw, repweights = "^jk", type = "JK1", scale = 14 / 15,
  combined.weights = TRUE), degf(jk1))
fit <- svymean(~api00 + api99, dclus1)
d <- svycontrast(fit, c(1, -1))
record("clusters with fpc", "change of the same schools", "_T", coef(d), SE(d), degf(dclus1),
  further = 2 * pt(-abs(coef(d) / SE(d)), degf(dclus1)))

# Distribution: laeken's values; standard errors of linearized variables written out here, by svytotal.
gini_variable <- function(y, w) {
  N <- sum(w); Y <- sum(w * y); larger <- outer(y, y, pmax)
  G <- sum(outer(w, w) * larger) / (N * Y) - 1
  list(value = 100 * G, z = 100 * (2 * as.vector(larger %*% w) / (N * Y) - (G + 1) * (1 / N + y / Y)))
}
low_variable <- function(design, y, fraction, df) {
  w <- weights(design); N <- sum(w); t <- qt(0.975, df)
  q <- svyquantile(data.frame(y), design, 0.5, interval.type = "mean", df = df)[[1]]
  at <- svymean(cbind(as.numeric(y <= q[1, 1])), design)
  zq <- -((y <= q[1, 1]) - coef(at)) / N * q[1, 4] / SE(at)[1]
  line <- fraction * q[1, 1]
  share <- svymean(cbind(as.numeric(y < line)), design)
  low <- max(0, coef(share) - t * SE(share)); high <- min(1, coef(share) + t * SE(share))
  smallest <- function(p) { o <- order(y); y[o][which(cumsum(w[o]) >= p * sum(w) * (1 - 1e-12))[1]] }
  f <- (high - low) / (smallest(high) - smallest(low))
  list(value = 100 * coef(share), z = 100 * (((y < line) - coef(share)) / N + f * fraction * zq), line = line,
    line_se = fraction * q[1, 4])
}
distribution <- function(case, design, y) {
  df <- degf(design)
  g <- gini_variable(y, weights(design))
  stopifnot(all.equal(g$value, gini(y, weights(design))$value))
  fit <- svytotal(cbind(g$z), design)
  record(case, "gini", "_T", gini(y, weights(design))$value, SE(fit), df)
  l <- low_variable(design, y, 0.6, df)
  record(case, "share below 60 per cent of the median", "_T", l$value, SE(svytotal(cbind(l$z), design)), df)
  record(case, "60 per cent of the median", "_T", l$line, l$line_se, df)
}
distribution("strata with fpc", dstrat, strat$enroll)
distribution("clusters with fpc", dclus1, one$enroll)
if (length(arguments) > 1) {
  silc <- read.csv(gzfile(arguments[2]))
  d <- svydesign(ids = ~db030, strata = ~db040, weights = ~rb050, data = silc, nest = TRUE)
  df <- degf(d); y <- silc$eqIncome; N <- sum(silc$rb050)
  l <- low_variable(d, y, 0.6, df)
  record("eusilc", "arpr", "_T", arpr(y, weights = silc$rb050)$value, SE(svytotal(cbind(l$z), d)), df)
  record("eusilc", "arpt", "_T", arpt(y, weights = silc$rb050), l$line_se, df)
  parts <- arpr(y, weights = silc$rb050, breakdown = silc$rb090)$valueByStratum
  for (row in seq_len(nrow(parts))) record("eusilc", "arpr", as.character(parts$stratum[row]), parts$value[row], NA, df)
  o <- order(y); w <- silc$rb050
  ranks <- cumsum(w[o]); ranks[o] <- ranks
  beneath <- cumsum((w * y)[o]); beneath[o] <- beneath
  Y <- sum(w * y); G <- gini(y, weights = w)$value / 100
  z <- 100 * (2 * (y * ranks + Y - beneath) / (N * Y) - (G + 1) * (1 / N + y / Y))
  record("eusilc", "gini", "_T", 100 * G, SE(svytotal(cbind(z), d)), df)
  for (alpha in 0:2) {
    gap <- ifelse(y < 10859, (pmax(10859 - y, 0) / 10859)^alpha, 0)
    m <- sum(w * gap) / N
    record("eusilc", paste("fgt", alpha), "_T", 100 * m, 100 * SE(svytotal(cbind((gap - m) / N), d)), df)
  }
}

save_as(strat, "apistrat.csv"); save_as(one, "apiclus1.csv"); save_as(two, "apiclus2.csv")
save_as(scd, "scd.csv"); save_as(crowd, "crowd.csv"); save_as(mu284, "mu284.csv")
save_as(do.call(rbind, rows), "expected.csv")
save_as(data.frame(program = c("R", "survey", "laeken"), version = c(as.character(getRversion()),
  as.character(packageVersion("survey")), as.character(packageVersion("laeken")))), "versions.csv")
