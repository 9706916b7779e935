/**
 * Results as one HTML page that needs nothing but itself.
 *
 * <pre>
 *   ResultFile… ─┬─ UpcallCharts ─▶ Chart ─┬─ ChartJson ─▶ drawn by report.js with uPlot
 *                │                         └─ ChartTable ─▶ the same figures as a table
 *                ├─ StageTable ───▶ JMH's figures: a table with bars
 *                └─ ComparisonTable ▶ ratios of two results
 *                         all of it ─▶ HtmlReport ─▶ a file
 * </pre>
 */
package io.odp4j.bench.report;
