import { greatestCommonDivisor, type Rational } from './rational.ts'

/**
 * Ticks a second of the clock on which pictures are put on a grid of that rate: every usual
 * container's clock divides it, and a frame of the grid is a whole number of its ticks.
 */
export function chooseTicksPerSecond([numerator]: Rational): number {
  const usual = 90_000
  return (numerator / greatestCommonDivisor(numerator, usual)) * usual
}
