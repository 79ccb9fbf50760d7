import type { Violation } from '../finding.ts'
import type { Output } from '../model.ts'
import type { Rule } from './rule.ts'
import { listVariantRates, type VariantRates } from './variant-rates.ts'

/** What the declared figure of a playlist may be off by, as a share of it. */
const VOD_TOLERANCE = 0.1
const LIVE_TOLERANCE = 0.25
/** Rounding, and what packagers differ by in which bytes they weigh. */
const SUM_TOLERANCE = 0.01

/** Apple 1.26: measured average within 10 % of AVERAGE-BANDWIDTH. */
const averageIsDeclared: Rule = {
  id: '1.26',
  severity: 'error',
  title: 'The measured average bit rate is within 10 % of AVERAGE-BANDWIDTH',
  *find(output) {
    for (const rates of listFinished(output)) {
      const declared = rates.variant.averageBandwidthBps
      if (declared === null || isWithin(rates.averageBps, declared, VOD_TOLERANCE)) continue
      yield compare(rates, 'AVERAGE-BANDWIDTH', declared, rates.averageBps)
    }
  },
}

/** Apple 1.27: measured peak within 10 % of BANDWIDTH. */
const peakIsDeclared: Rule = {
  id: '1.27',
  severity: 'error',
  title: 'The measured peak bit rate is within 10 % of BANDWIDTH',
  *find(output) {
    for (const rates of listFinished(output)) {
      const declared = rates.variant.bandwidthBps
      if (declared === null || isWithin(rates.peakBps, declared, VOD_TOLERANCE)) continue
      yield compare(rates, 'BANDWIDTH', declared, rates.peakBps)
    }
  },
}

/** Apple 1.29: while a playlist grows, its peak stays below 125 % of BANDWIDTH. */
const growingPeakIsBounded: Rule = {
  id: '1.29',
  severity: 'error',
  title: 'The measured peak of a growing playlist is below 125 % of BANDWIDTH',
  *find(output) {
    for (const rates of listVariantRates(output).filter(({ ended }) => !ended)) {
      const declared = rates.variant.bandwidthBps
      if (declared === null || rates.peakBps < declared * (1 + LIVE_TOLERANCE)) continue
      yield compare(rates, 'BANDWIDTH', declared, rates.peakBps)
    }
  },
}

/** Apple 1.30: the peak is no more than twice the average. */
const peakIsNearAverage: Rule = {
  id: '1.30',
  severity: 'warning',
  title: 'The peak bit rate is no more than 200 % of the average',
  *find(output) {
    for (const { variant, peakBps, averageBps } of listFinished(output)) {
      if (peakBps <= averageBps * 2) continue
      yield {
        where: variant.where,
        message: 'peaks at more than twice its average bit rate',
        expected: `≤ ${Math.round(averageBps * 2)}`,
        found: String(Math.round(peakBps)),
      }
    }
  },
}

/** Apple 9.13, RFC 8216 section 4.3.4.2: BANDWIDTH covers the heaviest playable combination. */
const bandwidthIsLargestSum: Rule = {
  id: '9.13',
  severity: 'error',
  title: 'BANDWIDTH is no less than the largest sum of peak bit rates of any combination',
  *find(output) {
    for (const rates of listFinished(output)) {
      const declared = rates.variant.bandwidthBps
      if (declared === null || declared >= rates.peakBps * (1 - SUM_TOLERANCE)) continue
      yield compare(rates, 'BANDWIDTH', declared, rates.peakBps)
    }
  },
}

export const bitRateRules: readonly Rule[] = [
  averageIsDeclared,
  peakIsDeclared,
  growingPeakIsBounded,
  peakIsNearAverage,
  bandwidthIsLargestSum,
]

function listFinished(output: Output): VariantRates[] {
  return listVariantRates(output).filter(({ ended }) => ended)
}

function isWithin(measured: number, declared: number, tolerance: number): boolean {
  return Math.abs(measured - declared) <= declared * tolerance
}

function compare(
  { variant }: VariantRates,
  name: string,
  declared: number,
  measured: number,
): Violation {
  return {
    where: variant.where,
    message: `declares a ${name} that is not what was measured`,
    expected: String(Math.round(measured)),
    found: String(declared),
  }
}
