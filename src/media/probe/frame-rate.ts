import { type Rational, reduce, toNumber } from '../rational.ts'

/** What is known about how fast the pictures follow each other. */
export interface RateEvidence {
  readonly timeBase: Rational
  /** Distances of decode times in units of the time base, with how often each occurs. */
  readonly deltas: ReadonlyMap<number, number>
  /** What the container says; null when it says nothing or 0/0. */
  readonly average: Rational | null
  readonly guessed: Rational | null
}

export interface ChosenRate {
  readonly frameRate: Rational
  readonly variable: boolean
}

const fallbackRate: Rational = [25, 1]
const variableMaximum = 60
/** Whole rates at which sources that vary are taken: enough for their usual motion. */
const variableRates = [1, 2, 5, 10, 12, 15, 20, 24, 25, 30, 50, 60]
/** Share of the pictures that must follow at the usual distance for the rate to be constant. */
const regularShare = 0.98

/**
 * The constant rate at which a source is to be shown: its own where it has one, snapped to the usual
 * rates when it lies within 0.1 % of one; where the rate varies, one that is enough for a quarter
 * of its pictures that follow each other fastest, never above 60. Never 0/0 and never absurd.
 */
export function chooseFrameRate(evidence: RateEvidence): ChosenRate {
  const deltas = [...evidence.deltas].filter(([delta]) => delta > 0).sort(([a], [b]) => a - b)
  const total = deltas.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return { frameRate: claimRate(evidence), variable: false }

  const tickSeconds = toNumber(evidence.timeBase)
  const median = pickQuantile(deltas, total * 0.5)
  const near = deltas.filter(([delta]) => isNear(delta, median))
  const nearCount = near.reduce((sum, [, count]) => sum + count, 0)
  if (nearCount < regularShare * total - 1) {
    const quick = 1 / (pickQuantile(deltas, total * 0.25) * tickSeconds)
    return { frameRate: [coverRate(quick), 1], variable: true }
  }
  const sum = near.reduce((ticks, [delta, count]) => ticks + delta * count, 0)
  const measured = nearCount / (sum * tickSeconds)
  // Two ends, each off by up to a tick of the clock, over the time measured.
  const tolerance = Math.max(0.001, 2 / sum)
  return { frameRate: snapRate(measured, tolerance, evidence), variable: false }
}

/** Within a tick, which is how clocks of milliseconds round, or 2 %. */
function isNear(delta: number, median: number): boolean {
  return Math.abs(delta - median) <= Math.max(1, median * 0.02)
}

function pickQuantile(sorted: readonly (readonly [number, number])[], rank: number): number {
  let seen = 0
  for (const [delta, count] of sorted) {
    seen += count
    if (seen >= rank) return delta
  }
  return sorted.at(-1)?.[0] ?? 1
}

function coverRate(rate: number): number {
  return variableRates.find((candidate) => candidate >= rate * 0.98) ?? variableMaximum
}

/**
 * The exact ratio that a measured rate means: the container's word when it agrees with the
 * measurement, the nearest usual rate otherwise, or the measurement in thousandths.
 */
function snapRate(measured: number, tolerance: number, evidence: RateEvidence): Rational {
  const agrees = (rate: Rational): boolean =>
    Math.abs(toNumber(rate) / measured - 1) <= tolerance && toNumber(rate) <= 1000
  const usual = usualRates(measured).filter(agrees)
  const claimed = [evidence.guessed, evidence.average].filter((rate) => rate !== null)
  const confirmed = usual.find((rate) => claimed.some((claim) => isSame(claim, rate)))
  if (confirmed) return confirmed
  usual.sort((a, b) => Math.abs(toNumber(a) - measured) - Math.abs(toNumber(b) - measured))
  const [nearest] = usual
  if (nearest) return nearest
  return claimed.find((claim) => agrees(claim) && claim[0] < 1e6) ?? toThousandths(measured)
}

/** The whole rate nearest by, and its thousand-and-first sister where broadcasting has one. */
function usualRates(measured: number): Rational[] {
  const whole = Math.max(1, Math.round(measured))
  const candidates = [whole, whole + 1]
  const sisters = candidates.filter((rate) => [12, 15, 24, 30, 48, 60, 90, 120, 240].includes(rate))
  return [
    ...candidates.map((rate): Rational => [rate, 1]),
    ...sisters.map((rate): Rational => [rate * 1000, 1001]),
    [25, 2],
    [15, 2],
  ]
}

function isSame(a: Rational, b: Rational): boolean {
  return a[0] * b[1] === b[0] * a[1]
}

function toThousandths(rate: number): Rational {
  return reduce([Math.max(1, Math.round(rate * 1000)), 1000])
}

/** Of a source with a single picture: the container's word where it is not absurd. */
function claimRate({ average, guessed }: RateEvidence): Rational {
  const sane = [average, guessed].find(
    (rate) => rate !== null && toNumber(rate) >= 1 && toNumber(rate) <= variableMaximum,
  )
  return sane ?? fallbackRate
}
