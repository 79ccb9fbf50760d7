import type { Variant } from '../hls/playlist.ts'
import { listMultivariants } from '../model.ts'
import type { Rule } from './rule.ts'

/** What the first variant should take, bits per second. */
const WANTED_BPS = 2_000_000

/** Apple 1.32: of variants with the same sound, the one nearest to 2 Mb/s is listed first. */
const firstIsTwoMegabits: Rule = {
  id: '1.32',
  severity: 'warning',
  title: 'The first variant listed is the one nearest to 2 Mb/s',
  *find(output) {
    for (const { multivariant } of listMultivariants(output)) {
      const groups = Map.groupBy(multivariant.variants, describeGroup)
      for (const [first, ...others] of groups.values()) {
        const nearer = others.find((other) => first && distance(other) < distance(first))
        if (!first || !nearer) continue
        const message = 'is listed first, though another variant is nearer to 2 Mb/s'
        yield { where: first.where, message, expected: nearer.where }
      }
    }
  },
}

/** Variants that compete: the same sound, and the same sort of codec for the pictures. */
function describeGroup({ audioGroup, codecs, resolution }: Variant): string {
  const sorts = codecs?.map((codec) => codec.slice(0, 4)).toSorted() ?? []
  return JSON.stringify([audioGroup, resolution !== null, sorts])
}

/** Rates are compared as ratios: half of 2 Mb/s is as far as twice. */
function distance({ averageBandwidthBps, bandwidthBps }: Variant): number {
  const rate = averageBandwidthBps ?? bandwidthBps ?? 0
  return rate > 0 ? Math.abs(Math.log(rate / WANTED_BPS)) : Number.POSITIVE_INFINITY
}

/** Sides are rounded to even numbers, so a height may be this much off the exact ratio. */
const ROUNDING_PIXELS = 2

/** Apple 1.33: all variants have the same aspect ratio. */
const aspectsAreEqual: Rule = {
  id: '1.33',
  severity: 'warning',
  title: 'All variants with pictures have the same aspect ratio',
  *find(output) {
    for (const { multivariant } of listMultivariants(output)) {
      const sized = multivariant.variants.flatMap(({ resolution, where }) =>
        resolution ? [{ ...resolution, where }] : [],
      )
      const largest = sized.toSorted((a, b) => b.width * b.height - a.width * a.height)[0]
      if (!largest) continue
      for (const { width, height, where } of sized) {
        const exact = (width * largest.height) / largest.width
        if (Math.abs(exact - height) <= ROUNDING_PIXELS) continue
        const message = `has another aspect ratio than ${largest.width}x${largest.height}`
        yield {
          where,
          message,
          expected: `${width}x${Math.round(exact)}`,
          found: `${width}x${height}`,
        }
      }
    }
  },
}

export const ladderRules: readonly Rule[] = [firstIsTwoMegabits, aspectsAreEqual]
