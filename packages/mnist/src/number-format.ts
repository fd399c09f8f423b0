// Numbers as the report and the terminal print them; always with a point and commas, whatever the machine's locale.

/** 0.98123 → "98.12%"; null → "–". */
export function formatPercent(share: number | null): string {
  return share === null || !Number.isFinite(share) ? "–" : `${(100 * share).toFixed(2)}%`;
}

/** 61234.5 → "61,235". */
export function formatWhole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** Seconds: 0.834 → "0.83 s", 9.27 → "9.3 s", 75 → "1 min 15 s". */
export function formatSeconds(seconds: number): string {
  if (seconds < 1) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
