/** An exact ratio of two integers, as frame rates and time bases are: [numerator, denominator]. */
export type Rational = readonly [numerator: number, denominator: number]

/** numerator ÷ denominator. */
export function toNumber([numerator, denominator]: Rational): number {
  return numerator / denominator
}

/** The ratio in lowest terms. */
export function reduce([numerator, denominator]: Rational): Rational {
  const divisor = greatestCommonDivisor(numerator, denominator)
  return [numerator / divisor, denominator / divisor]
}

/** "30000/1001" or "30000:1001" as ffprobe prints it; null for "0/0", "N/A" and anything else. */
export function parseRational(text: string | undefined): Rational | null {
  const match = /^(\d+)[/:](\d+)$/.exec(text ?? '')
  if (!match) return null
  const numerator = Number(match[1])
  const denominator = Number(match[2])
  if (numerator === 0 || denominator === 0) return null
  return reduce([numerator, denominator])
}

/** The largest integer that divides both; both are positive integers. */
export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
