// Summarizes a list of figures.

/** The value below which this share of the figures lies. */
export function quantile(figures, share) {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

export const median = (figures) => quantile(figures, 0.5);

/** Median, 95th percentile and maximum, as text. */
export function spread(figures, digits = 1) {
  const [middle, most, worst] = [0.5, 0.95, 1].map((share) => quantile(figures, share).toFixed(digits));
  return `median ${middle}, p95 ${most}, worst ${worst} ms (${figures.length})`;
}

/** One frame of a screen with 60 pictures a second, in milliseconds. */
export const FRAME = 1000 / 60;

export const say = (text) => console.error(text);
