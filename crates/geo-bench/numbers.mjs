// What many measurements come to, as numbers and as cells of a table.

const sorted = (values) => [...values].sort((a, b) => a - b);

/** The middle value, or the mean of the two. */
export const median = (values) => {
  const all = sorted(values);
  const middle = all.length / 2;
  return (all[Math.ceil(middle) - 1] + all[Math.floor(middle)]) / 2;
};

/** The smallest value that `share` of all do not exceed. */
export const percentile = (values, share) => sorted(values)[Math.ceil(values.length * share) - 1];
export const p99 = (values) => percentile(values, 0.99);

export const digits = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value >= 1 ? value.toFixed(2) : value.toFixed(3));
export const range = (values) => `${digits(median(values))} (${digits(Math.min(...values))}–${digits(Math.max(...values))})`;
export const tail = (values) => `${digits(median(values))} / ${digits(p99(values))}`;

/** Nothing to tell; of some ten samples a 99th percentile is the largest, which the range tells. */
export const none = "–";

export function row(...cells) {
  return `| ${cells.join(" | ")} |`;
}
